import { z } from "zod";
import { AlleleError, type Json } from "../base/index.ts";
import { Gene, type Genome } from "../genome/index.ts";
import type { ChatReply, ChatRequest } from "../providers/index.ts";
import { ask } from "./ask.ts";
import { copiedTextCheck } from "./copied-text.ts";
import { cut } from "./evidence-text.ts";
import { seedPrompt } from "./prompts/seed.ts";
import { looksLikeRefusal, readReply } from "./reply-text.ts";
import { findUnsafe } from "./unsafe-text.ts";

/** What is known of an agent that nobody has written yet. */
export interface AgentDescription {
  /** Kebab-case name of the genome to be. */
  readonly name: string;
  /** What the agent is for, in its author's words; may be empty where nothing is asked of a model. */
  readonly goal: string;
  /** Inputs as they come in; training tasks only. */
  readonly samples: readonly string[];
  readonly tools: readonly { readonly name: string; readonly description: string }[];
}

/** A first genome, and what of the reply was not taken into it, one sentence each. */
export interface SeededGenome {
  readonly genome: Genome;
  readonly leftOut: readonly string[];
}

/** The texts of an agent. */
interface SeedTexts {
  readonly system: string;
  readonly rules: readonly string[];
  readonly answer_format: string;
}

/** Longest sample shown and longest rule taken, in characters; most rules. */
const longest = { sample: 1500, tool: 300, rule: 600, rules: 20 };
/** Tokens, counted as four characters each. */
const mostTokens = { system: 1500, answer_format: 300 };

/**
 * Asks the reflection model once for the texts of an agent and puts typed genes around them. What it wrote is checked as a mutant's
 * text is: what is unsafe, copied from a sample or too long is left out and told; without a system text the goal itself is one. Throws
 * AlleleError `seed-unusable` for a reply without the parts asked for, and what `reflect` and the checks of a genome throw.
 */
export async function seedGenome(
  description: AgentDescription,
  reflect: (request: Omit<ChatRequest, "model">) => Promise<ChatReply>,
): Promise<SeededGenome> {
  const texts = readTexts(await reflect(seedRequest(description)));
  const { kept, leftOut } = checkTexts(texts, description);
  return { genome: bareGenome(description, kept), leftOut };
}

/** The genes around the texts: strategy, tools and their descriptions as they come along, room for examples. Pure; nothing is asked. */
export function bareGenome(
  { name, goal, tools }: AgentDescription,
  texts: SeedTexts = { system: goal, rules: [], answer_format: "" },
): Genome {
  const names = tools.map((tool) => tool.name);
  const genes: Record<string, unknown> = {
    system: { type: "text", max_tokens: roomFor(texts.system), value: texts.system },
    rules: { type: "rules", value: texts.rules },
    answer_format: { type: "text", max_tokens: mostTokens.answer_format, value: texts.answer_format },
    demos: { type: "demos", value: [] },
    plan:
      tools.length === 0
        ? { type: "strategy", value: { kind: "direct" }, evolvable: false }
        : { type: "strategy", value: { kind: "react", max_steps: 12 } },
    ...(tools.length === 0 ? {} : { tools: { type: "set", universe: names, value: names } }),
    ...Object.fromEntries(
      tools.map((tool) => [`tool.${tool.name}`, { type: "tool", value: { summary: tool.description } }]),
    ),
    temperature: { type: "number", min: 0, max: 1, step: 0.1, value: 0, evolvable: false },
  };
  const typed = Object.entries(genes).map(([id, gene]) => [id, Gene.parse(gene)] as const);
  return { name, ...(goal === "" ? {} : { description: goal }), genes: Object.fromEntries(typed), parents: [] };
}

/** The usual limit of a system text, or as much as lets it grow by half. */
function roomFor(text: string): number {
  return Math.max(mostTokens.system, Math.ceil((1.5 * text.length) / 4));
}

function seedRequest({ goal, samples, tools }: AgentDescription): Omit<ChatRequest, "model"> {
  const { headings, reply, system } = seedPrompt;
  const shown = samples.map((sample, i) => `## Sample ${i + 1}\n### Task\n${cut(sample, longest.sample)}`);
  const listed = tools.map((tool) => `- ${tool.name}: ${cut(tool.description, longest.tool)}`);
  return ask({
    system,
    sections: [
      [headings.goal, goal.trim()],
      [headings.samples, shown.length === 0 ? "(none)" : shown.join("\n\n")],
      [headings.tools, listed.length === 0 ? "(none: the agent answers by itself)" : listed.join("\n")],
      [headings.reply, reply],
    ],
    schema: seedSchema,
  });
}

const Texts = z.object({
  system: z.string().refine((text) => text.trim() !== ""),
  rules: z.array(z.string()).default([]),
  answer_format: z.string().default(""),
});
const seedSchema = { name: "first_version", schema: strictSchema() };

/** Every member required and no others, which is what strict providers ask for. */
function strictSchema(): Json {
  const strict = z.strictObject({ system: z.string(), rules: z.array(z.string()), answer_format: z.string() });
  const { $schema: _, ...schema } = z.toJSONSchema(strict) as Record<string, Json>;
  return schema;
}

function readTexts(reply: ChatReply): SeedTexts {
  const read = readReply(reply, "system");
  if (read.kind === "nothing") throw unusable(read.detail);
  if (read.kind === "text") {
    // Models that do not keep to JSON answer with the prompt in a fence.
    const block = read.blocks.at(-1);
    if (block === undefined) throw unusable("it is neither JSON nor a fenced block");
    return { system: block, rules: [], answer_format: "" };
  }
  const texts = Texts.safeParse(read.object).data;
  if (texts === undefined) throw unusable("it has not the parts that were asked for");
  return texts;
}

function checkTexts(
  texts: SeedTexts,
  { goal, samples }: AgentDescription,
): { readonly kept: SeedTexts; readonly leftOut: readonly string[] } {
  const findCopied = copiedTextCheck(samples);
  const leftOut: string[] = [];
  const isGood = (what: string, text: string, most: number): boolean => {
    const flaw = flawOf(text, most);
    if (flaw !== undefined) leftOut.push(`${what} was left out: ${flaw}`);
    return flaw === undefined;
  };
  const flawOf = (text: string, most: number): string | undefined => {
    if (text.length > most) return `it has more than ${most} characters`;
    if (looksLikeRefusal(text)) return "it is a refusal";
    const copied = findCopied(goal, text);
    return copied === undefined ? findUnsafe(goal, text) : `it copies a sample: "${copied}"`;
  };
  const [system, format] = [texts.system.trim(), texts.answer_format.trim()];
  const rules = texts.rules.map((rule) => rule.trim()).filter((rule) => rule !== "");
  const kept = {
    system: isGood("the system text", system, 4 * mostTokens.system) ? system : goal,
    rules: rules.filter((rule, i) => isGood(`rule ${i + 1}`, rule, longest.rule)).slice(0, longest.rules),
    answer_format: isGood("the answer format", format, 4 * mostTokens.answer_format) ? format : "",
  };
  return { kept, leftOut };
}

function unusable(why: string): AlleleError {
  return new AlleleError({
    code: "seed-unusable",
    kind: "outside",
    message: `the reflection model's reply is no first version of an agent: ${why}`,
    hint: "Try again, describe the work in other words, or choose another reflection model.",
  });
}
