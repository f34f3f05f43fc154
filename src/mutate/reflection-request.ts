import { canonicalJson } from "../base/index.ts";
import type { Gene, Genome } from "../genome/index.ts";
import type { ChatRequest } from "../providers/index.ts";
import { cut, describeEvidence } from "./evidence-text.ts";
import type { Evidence, FailedAttempt } from "./operator.ts";
import { reflectionPrompts, type ReflectedType } from "./prompts.ts";
import { replySchema } from "./reply-form.ts";

/** A gene that a reflection model rewrites. */
export type ReflectedGene = Extract<Gene, { type: ReflectedType }>;

/** Most failed attempts shown: the latest ones. */
const shownAttempts = 6;
const briefLength = 240;
/** Tokens; room for a model that thinks before it answers. */
const longestReply = 4000;

/** Asks a reflection model for a better value of one gene. The same inputs give the same request. */
export function reflectionRequest(inputs: {
  readonly parent: Genome;
  readonly id: string;
  readonly gene: ReflectedGene;
  readonly evidence: readonly Evidence[];
  readonly failedAttempts: readonly FailedAttempt[];
}): Omit<ChatRequest, "model"> {
  const { headings, form, reply, system } = reflectionPrompts;
  const { gene, id, parent } = inputs;
  const failed = inputs.failedAttempts
    .slice(-shownAttempts)
    .map(({ change, reason }) => `- ${cut(change, briefLength)} (${reason})`);
  const sections = [
    [headings.gene, describeGene(id, gene)],
    [headings.value, fenced(describeValue(gene))],
    [headings.agent, describeRest(parent, id)],
    [headings.evidence, describeEvidence(inputs.evidence)],
    [headings.failed, failed.length === 0 ? "(none)" : failed.join("\n")],
    [headings.reply, `${form[gene.type]}\n${reply}`],
  ];
  return {
    messages: [
      { role: "system", content: system },
      { role: "user", content: sections.map(([heading, body]) => `# ${heading}\n${body}`).join("\n\n") },
    ],
    responseSchema: replySchema(gene.type),
    temperature: 1,
    maxOutputTokens: longestReply,
  };
}

function describeGene(id: string, gene: ReflectedGene): string {
  const lines = [`id: ${id}`, `type: ${gene.type}, ${reflectionPrompts.kind[gene.type]}`];
  if (gene.description !== undefined) lines.push(`purpose: ${gene.description}`);
  if (gene.type === "text") lines.push(`limit: at most ${gene.max_tokens} tokens`);
  if (gene.type === "rules") lines.push(`limit: at most ${gene.max_items} rules`);
  if (gene.type === "text" && gene.placeholders !== undefined && gene.placeholders.length > 0)
    lines.push(`must contain, exactly as written: ${gene.placeholders.join(" ")}`);
  return lines.join("\n");
}

function describeValue(gene: ReflectedGene): string {
  switch (gene.type) {
    case "text":
      return gene.value;
    case "rules":
      return gene.value.length === 0 ? "(no rules yet)" : gene.value.map((rule, i) => `${i + 1}. ${rule}`).join("\n");
    case "tool":
      return JSON.stringify(gene.value, null, 2);
  }
}

/** A fence longer than any inside the text. */
function fenced(text: string): string {
  const longestInside = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = "`".repeat(longestInside + 1);
  return `${fence}\n${text}\n${fence}`;
}

function describeRest(genome: Genome, id: string): string {
  const others = Object.entries(genome.genes).filter(([other]) => other !== id);
  if (others.length === 0) return "(nothing else)";
  return others.map(([other, gene]) => `- ${other} (${gene.type}): ${brief(gene)}`).join("\n");
}

function brief(gene: Gene): string {
  switch (gene.type) {
    case "rules":
      return gene.value.length === 0 ? "(none)" : cut(gene.value.join(" "), briefLength);
    case "demos":
      return `${gene.value.length} examples`;
    case "tool":
      return cut(gene.value.summary, briefLength);
    default:
      return cut(typeof gene.value === "string" ? gene.value : canonicalJson(gene.value), briefLength);
  }
}
