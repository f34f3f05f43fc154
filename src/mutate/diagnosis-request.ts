import { activeGenes, type Gene, type Genome } from "../genome/index.ts";
import type { ChatRequest } from "../providers/index.ts";
import { ask, describeFailed, describeGained, suggestionSection } from "./ask.ts";
import type { Example } from "./brief-evidence.ts";
import { hypothesesSchema, type Hypothesis } from "./diagnosis-reply.ts";
import { fenced, limitsOf, valueText } from "./gene-text.ts";
import type { ProposeRequest } from "./operator.ts";
import { diagnosePrompt, editForms } from "./prompts/diagnose.ts";

type Asked = Pick<ProposeRequest, "parent" | "failedAttempts" | "gained" | "suggestion">;

/** Asks for the causes of the failures in a batch and one small change for each. */
export function diagnosisRequest(
  { parent, failedAttempts, gained, suggestion }: Asked,
  examples: readonly Example[],
): Omit<ChatRequest, "model"> {
  const { headings, reply, system } = diagnosePrompt;
  return ask({
    system,
    sections: [
      [headings.agent, describeAgent(parent)],
      [headings.evidence, examples.map(({ text }) => text).join("\n\n")],
      ...suggestionSection(suggestion),
      [headings.gained, describeGained(gained)],
      [headings.failed, describeFailed(failedAttempts)],
      [headings.edits, describeEdits(parent)],
      [headings.reply, reply],
    ],
    schema: hypothesesSchema(changeable(parent)),
  });
}

/** Asks to make one list of what was found in several groups. */
export function mergeRequest({ parent }: Asked, found: readonly Hypothesis[]): Omit<ChatRequest, "model"> {
  const { headings, reply, merge } = diagnosePrompt;
  return ask({
    system: merge,
    sections: [
      [headings.agent, describeAgent(parent)],
      [headings.found, fenced(found.map((hypothesis) => JSON.stringify(hypothesis)).join("\n"))],
      [headings.edits, describeEdits(parent)],
      [headings.reply, reply],
    ],
    schema: hypothesesSchema(changeable(parent)),
  });
}

/** Every gene that is in use, with its type, its limits and its whole value. */
function describeAgent(genome: Genome): string {
  return Object.entries(activeGenes(genome))
    .map(([id, gene]) => {
      const facts = [gene.type, ...limitsOf(gene), ...(gene.evolvable === false ? ["frozen"] : [])].join(", ");
      const purpose = gene.description === undefined ? "" : `\npurpose: ${gene.description}`;
      return `## ${id} (${facts})${purpose}\n${fenced(gene.type === "tool" ? JSON.stringify(gene.value) : valueText(gene))}`;
    })
    .join("\n\n");
}

function describeEdits(genome: Genome): string {
  const types = new Set(changeable(genome).map((id) => genome.genes[id]?.type));
  return Object.entries(editForms)
    .filter(([type]) => types.has(type as Gene["type"]))
    .map(([type, form]) => `- ${type}: ${form}`)
    .join("\n");
}

/** Ids of the genes a hypothesis may be about. */
export function changeable(genome: Genome): readonly string[] {
  return Object.entries(activeGenes(genome)).flatMap(([id, { evolvable, type }]) =>
    evolvable === false || type === "demos" ? [] : [id],
  );
}
