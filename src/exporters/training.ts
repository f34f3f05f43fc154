import { canonicalJson, type Json } from "../base/index.ts";
import type { Conversation } from "../runtime/index.ts";
import { chatMessage, chatTool } from "./chat-message.ts";
import { jsonLine } from "./json-line.ts";

/** Forms of training data. */
export type TrainingFormat = "sft" | "dpo" | "dpo-openai";

/** What one genome did on one task once, and how good that was. */
export interface Attempt {
  readonly task: string;
  readonly split: string;
  readonly genome: string;
  readonly repeat: number;
  /** In [0, 1]. */
  readonly score: number;
  /** Whose word the score is. */
  readonly by: "checks" | "people";
  /** Of two that are equally good, the one with fewer is preferred. */
  readonly tokens: number;
  /** Read when it is needed, since traces may be long; undefined where there is none that can be learned from. */
  readonly conversation: () => Conversation | undefined;
}

export interface TrainingChoice {
  /** Supervised examples have at least this score. */
  readonly leastScore: number;
  /** By so much at least the chosen one of a pair scores higher than the rejected one; above 0. */
  readonly margin: number;
  /** At most so many examples or pairs a task. */
  readonly perTask: number;
  /** Characters; a longer line is left out. */
  readonly longest: number;
}

/** What a line was made of. The rejected one is there in pairs. */
interface LineOrigin {
  readonly task: string;
  readonly split: string;
  readonly chosen: Origin;
  readonly rejected?: Origin;
}
type Origin = Pick<Attempt, "genome" | "repeat" | "score" | "by">;

export interface TrainingSet {
  /** JSON, one example each, without line ends. */
  readonly lines: readonly string[];
  /** One for each line. */
  readonly origins: readonly LineOrigin[];
  /** Tasks that gave nothing, by why. */
  readonly without: Readonly<Record<WhyNot, number>>;
}
type WhyNot = "no-example" | "no-pair" | "too-long" | "several-turns";

/** A conversation of an attempt that is there. */
interface Told {
  readonly attempt: Attempt;
  readonly conversation: Conversation;
}

/**
 * Chooses examples among attempts, task by task in the order in which they come, and writes them.
 *
 * - `sft`: the best attempts, whole (`messages`, `tools`): OpenAI's fine-tuning and TRL's language modelling.
 * - `dpo`: best against worst (`prompt`, `chosen`, `rejected`, `tools`): TRL's preference form.
 * - `dpo-openai`: the same as `input`, `preferred_output` and `non_preferred_output`, which hold one reply each: a pair that took several turns is left out.
 *
 * The prompt is that of the chosen attempt. Attempts that say the same are one.
 */
export function trainingSet(format: TrainingFormat, attempts: readonly Attempt[], choice: TrainingChoice): TrainingSet {
  const lines: string[] = [];
  const origins: LineOrigin[] = [];
  const without: Record<WhyNot, number> = { "no-example": 0, "no-pair": 0, "too-long": 0, "several-turns": 0 };
  for (const group of Map.groupBy(attempts, ({ task }) => task).values()) {
    const found = format === "sft" ? examplesOf(group, choice) : pairsOf(group, choice);
    const reasons = new Set<WhyNot>();
    if (found.length === 0) reasons.add(format === "sft" ? "no-example" : "no-pair");
    let written = 0;
    for (const { chosen, rejected } of found) {
      if (format === "dpo-openai" && [chosen, rejected].some((told) => told?.conversation.turns.length !== 1)) {
        reasons.add("several-turns");
        continue;
      }
      const line = jsonLine(forms[format](chosen.conversation, rejected?.conversation.turns ?? []));
      if (line.length > choice.longest) {
        reasons.add("too-long");
        continue;
      }
      written += 1;
      lines.push(line);
      origins.push({
        task: chosen.attempt.task,
        split: chosen.attempt.split,
        chosen: originOf(chosen.attempt),
        ...(rejected !== undefined && { rejected: originOf(rejected.attempt) }),
      });
    }
    if (written === 0) for (const reason of reasons) without[reason] += 1;
  }
  return { lines, origins, without };
}

interface Found {
  readonly chosen: Told;
  readonly rejected?: Told;
}

function examplesOf(group: readonly Attempt[], { leastScore, perTask }: TrainingChoice): readonly Found[] {
  const good = group.filter(({ score }) => score >= leastScore);
  return distinct(best(good), perTask).map((chosen) => ({ chosen }));
}

/** The best with the worst, the second best with the second worst, as long as they are far enough apart. */
function pairsOf(group: readonly Attempt[], { margin, perTask }: TrainingChoice): readonly Found[] {
  const [top, bottom] = [Math.max(...group.map(({ score }) => score)), Math.min(...group.map(({ score }) => score))];
  if (top - bottom < margin) return [];
  const chosen = distinct(
    best(group).filter(({ score }) => score - bottom >= margin),
    perTask,
  );
  const rejected = distinct(
    best(group)
      .toReversed()
      .filter(({ score }) => top - score >= margin),
    perTask,
  );
  return chosen.flatMap((one, place): readonly Found[] => {
    const other = rejected[place];
    const isPair =
      other !== undefined && one.attempt.score - other.attempt.score >= margin && contentOf(one) !== contentOf(other);
    return isPair ? [{ chosen: one, rejected: other }] : [];
  });
}

/** Highest score first; of equals the one with fewer tokens, then the one that came first. */
function best(group: readonly Attempt[]): readonly Attempt[] {
  return group.toSorted((a, b) => b.score - a.score || a.tokens - b.tokens);
}

/** The first attempts that have a conversation and do not say the same, at most so many; no more are read than that takes. */
function distinct(attempts: readonly Attempt[], most: number): readonly Told[] {
  const found = new Map<string, Told>();
  for (const attempt of attempts) {
    if (found.size >= most) break;
    const conversation = attempt.conversation();
    if (conversation === undefined) continue;
    const told = { attempt, conversation };
    const content = contentOf(told);
    if (!found.has(content)) found.set(content, told);
  }
  return [...found.values()];
}

function contentOf({ conversation }: Told): string {
  return canonicalJson(conversation.turns.map(chatMessage));
}

function originOf({ genome, repeat, score, by }: Attempt): Origin {
  return { genome, repeat, score, by };
}

const forms: Readonly<Record<TrainingFormat, (of: Conversation, rejected: Conversation["turns"]) => Json>> = {
  sft: ({ prompt, turns, tools }) => ({ messages: [...prompt, ...turns].map(chatMessage), ...toolsOf(tools) }),
  dpo: ({ prompt, turns, tools }, rejected) => ({
    prompt: prompt.map(chatMessage),
    chosen: turns.map(chatMessage),
    rejected: rejected.map(chatMessage),
    ...toolsOf(tools),
  }),
  "dpo-openai": ({ prompt, turns, tools }, rejected) => ({
    input: { messages: prompt.map(chatMessage), ...toolsOf(tools) },
    preferred_output: turns.map(chatMessage),
    non_preferred_output: rejected.map(chatMessage),
  }),
};

function toolsOf(tools: Conversation["tools"]): { readonly tools?: readonly Json[] } {
  return tools.length === 0 ? {} : { tools: tools.map(chatTool) };
}
