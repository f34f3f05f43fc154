import { makeRandom } from "../../src/base/index.ts";
import type { Task } from "../../src/dataset/index.ts";
import type { Scored } from "../../src/evaluate/index.ts";
import { Gene, type Genome } from "../../src/genome/index.ts";
import type { Evidence, ProposeRequest } from "../../src/mutate/index.ts";
import type { ChatReply } from "../../src/providers/index.ts";

/** One gene of every type. */
export const everyGene: Genome = {
  name: "every",
  parents: [],
  genes: Object.fromEntries(
    Object.entries({
      system: { type: "text", value: "You help customers of {shop}.", placeholders: ["{shop}"], max_tokens: 100 },
      rules: { type: "rules", value: ["Be brief.", "Be kind."], max_items: 4 },
      demos: { type: "demos", value: [], max: 2 },
      "tool.search": { type: "tool", value: { summary: "Searches orders." } },
      tone: { type: "enum", options: ["plain", "formal", "warm"], value: "plain" },
      temperature: { type: "number", min: 0, max: 1, step: 0.1, value: 0.3 },
      verify: { type: "boolean", value: false },
      tools: { type: "set", universe: ["search", "refund"], value: ["search"] },
      plan: { type: "strategy", value: { kind: "react", max_steps: 12 } },
      model: { type: "model", options: ["small", "large"], value: "small" },
    }).map(([id, gene]) => [id, Gene.parse(gene)]),
  ),
};

export function task(id: string, input = `What is ${id}?`): Task {
  return { id, input, checks: [], tags: [], split: "train" };
}

export function scored(id: string, score: number, answer = `It is ${id}.`): Scored {
  const usage = { modelCalls: 1, inputTokens: 90, outputTokens: 10, usd: 0.001, milliseconds: 1 };
  return {
    state: "scored",
    task: id,
    repeat: 0,
    score,
    objectives: {},
    feedback: [score === 1 ? "All right." : `The answer to ${id} is wrong.`],
    usage,
    trace: {
      steps: [
        { kind: "model", content: "Let me look.", calls: 1 },
        { kind: "tool", name: "search", arguments: { text: id }, result: "one order", ok: true },
      ],
      answer,
      stop: "answered",
      usage,
    },
  };
}

export function evidence(scores: Readonly<Record<string, number>>): Evidence[] {
  return Object.entries(scores).map(([id, score]) => ({ task: task(id), rollout: scored(id, score) }));
}

export function reply(content: string, finish: ChatReply["finish"] = "stop"): ChatReply {
  return { content, toolCalls: [], usage: { inputTokens: 500, outputTokens: 50 }, finish };
}

/** A request for a proposal; `answer` is what the reflection model says, an error when it must not be asked. */
export function request(gene: string, answer?: ChatReply, more: Partial<ProposeRequest> = {}): ProposeRequest {
  return {
    parent: everyGene,
    gene,
    evidence: evidence({ a: 1, b: 0.5 }),
    failedAttempts: [],
    random: makeRandom(1),
    reflect: async () => {
      if (answer === undefined) throw new Error("the reflection model must not be asked");
      return answer;
    },
    ...more,
  };
}
