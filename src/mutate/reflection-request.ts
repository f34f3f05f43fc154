import type { Gene, Genome } from "../genome/index.ts";
import type { ChatRequest } from "../providers/index.ts";
import { ask, describeFailed, suggestionSection } from "./ask.ts";
import { describeEvidence } from "./evidence-text.ts";
import { describeRest, fenced, limitsOf, valueText } from "./gene-text.ts";
import type { Evidence, FailedAttempt, ProposeRequest } from "./operator.ts";
import { reflectPrompt, type ReflectedType } from "./prompts/reflect.ts";
import { replySchema } from "./reply-form.ts";

/** A gene that a reflection model rewrites. */
export type ReflectedGene = Extract<Gene, { type: ReflectedType }>;

/** Asks a reflection model for a better value of one gene. The same inputs give the same request. */
export function reflectionRequest(inputs: {
  readonly parent: Genome;
  readonly id: string;
  readonly gene: ReflectedGene;
  readonly evidence: readonly Evidence[];
  readonly failedAttempts: readonly FailedAttempt[];
  readonly suggestion?: ProposeRequest["suggestion"];
}): Omit<ChatRequest, "model"> {
  const { headings, form, reply, system } = reflectPrompt;
  const { gene, id, parent } = inputs;
  return ask({
    system,
    sections: [
      [headings.gene, describeGene(id, gene)],
      [headings.value, fenced(valueText(gene))],
      [headings.agent, describeRest(parent, [id])],
      [headings.evidence, describeEvidence(inputs.evidence)],
      ...suggestionSection(inputs.suggestion),
      [headings.failed, describeFailed(inputs.failedAttempts)],
      [headings.reply, `${form[gene.type]}\n${reply}`],
    ],
    schema: replySchema(gene.type),
  });
}

/** What a gene is, what it is for and what bounds it, one line each. */
export function describeGene(id: string, gene: ReflectedGene): string {
  const purpose = gene.description === undefined ? [] : [`purpose: ${gene.description}`];
  const [limit, ...further] = limitsOf(gene);
  return [
    `id: ${id}`,
    `type: ${gene.type}, ${reflectPrompt.kind[gene.type]}`,
    ...purpose,
    ...(limit === undefined ? [] : [`limit: ${limit}`]),
    ...further,
  ].join("\n");
}
