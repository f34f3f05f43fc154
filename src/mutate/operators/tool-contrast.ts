import { z } from "zod";
import type { Json } from "../../base/index.ts";
import { activeGenes, type Gene, type Genome } from "../../genome/index.ts";
import type { ChatRequest } from "../../providers/index.ts";
import { ask, describeFailed } from "../ask.ts";
import { briefExamples } from "../brief-evidence.ts";
import { confusions, type Confusion } from "../confusion.ts";
import { describeEvidence } from "../evidence-text.ts";
import { describeRest, fenced } from "../gene-text.ts";
import type { Operator, Proposal, ProposeRequest } from "../operator.ts";
import { contrastPrompt } from "../prompts/contrast.ts";
import { nothing, readReply, withoutAnswer } from "../reply-text.ts";
import { replySchemaOf } from "../reply-schema.ts";

/**
 * Finds in the traces two tools that are mixed up and lets the reflection model describe both anew, one against the other, in one
 * child: a description alone cannot say where the other begins.
 */
export const toolContrast: Operator = {
  name: "tool-contrast",
  scope: "genome",
  reflects: true,
  applies: ({ type }) => type === "tool",
  propose: async (request) => {
    const tools = describedTools(request.parent);
    const pairs = confusions(request.evidence, tools);
    if (pairs.length === 0) return nothing("no-alternative", "no two described tools seem to be mixed up");
    const pair = pairs[request.random.weighted(pairs.map(({ weight }) => weight))];
    if (pair === undefined) return nothing("no-alternative", "nothing to choose from");
    const read = readReply(await request.reflect(contrastRequest(request, pair)), "first");
    if (read.kind === "nothing") return read;
    return read.kind === "text" ? withoutAnswer(read) : proposalFrom(request, pair, read.object);
  },
};

const prefix = "tool.";

/** Names of the tools whose description may change. */
function describedTools(genome: Genome): readonly string[] {
  return Object.entries(activeGenes(genome)).flatMap(([id, gene]) =>
    gene.type === "tool" && gene.evolvable !== false && id.startsWith(prefix) ? [id.slice(prefix.length)] : [],
  );
}

const Description = z.strictObject({
  summary: z.string(),
  when: z.string(),
  when_not: z.string(),
  examples: z.array(z.string()),
});
const Reply = z.object({
  hypothesis: z.string().default(""),
  examples: z.array(z.coerce.number()).default([]),
  first: Description,
  second: Description,
});

function proposalFrom({ evidence }: ProposeRequest, { called, right }: Confusion, object: Json): Proposal {
  const reply = Reply.safeParse(object).data;
  if (reply === undefined) return nothing("wrong-form", "the two descriptions have not the form asked for");
  if ([reply.first, reply.second].some(({ summary }) => summary.trim() === ""))
    return nothing("empty-value", "a description says nothing");
  const flips = briefExamples(evidence).flatMap(({ number, task, score }) =>
    reply.examples.includes(number) && score < 1 ? [task] : [],
  );
  const hypothesis = `${called} and ${right} are told apart. ${reply.hypothesis}`.trim();
  const changes: Record<string, Gene["value"]> = {
    [`${prefix}${called}`]: reply.first,
    [`${prefix}${right}`]: reply.second,
  };
  return { kind: "child", changes, hypothesis, flips };
}

function contrastRequest(
  { parent, evidence, failedAttempts }: ProposeRequest,
  { called, right, tasks }: Confusion,
): Omit<ChatRequest, "model"> {
  const { headings, reply, system } = contrastPrompt;
  const ids = [called, right].map((name) => `${prefix}${name}`);
  const shown = ids.map((id) => `## ${id} (tool)\n${fenced(JSON.stringify(parent.genes[id]?.value, null, 2))}`);
  const numbers = briefExamples(evidence).flatMap(({ number, task }) => (tasks.includes(task) ? [number] : []));
  return ask({
    system,
    sections: [
      [headings.tools, shown.join("\n\n")],
      [headings.agent, describeRest(parent, ids)],
      [headings.mixed, `${called} was called where ${right} seems right, in examples ${numbers.join(", ")}.`],
      [headings.evidence, describeEvidence(evidence)],
      [headings.failed, describeFailed(failedAttempts)],
      [headings.reply, reply],
    ],
    schema: replySchemaOf("two_tools", contrastForm),
  });
}

function contrastForm(): z.ZodType {
  return z.strictObject({
    diagnosis: z.string(),
    hypothesis: z.string(),
    examples: z.array(z.int()),
    first: Description,
    second: Description,
  });
}
