import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { trainingSet, type Attempt, type TrainingChoice } from "../../src/exporters/index.ts";
import { jsonLine } from "../../src/exporters/json-line.ts";

const choice: TrainingChoice = { leastScore: 1, margin: 0.5, perTask: 1, longest: 10_000 };

function attempt(change: Partial<Attempt> & { readonly says?: string } = {}): Attempt {
  const { says = `answer of ${change.genome ?? "a"}`, ...rest } = change;
  return {
    task: "t",
    split: "train",
    genome: "a",
    repeat: 0,
    score: 1,
    by: "checks",
    tokens: 10,
    conversation: () => ({
      prompt: [
        { role: "system", content: `prompt of ${change.genome ?? "a"}` },
        { role: "user", content: "?" },
      ],
      turns: [{ role: "assistant", content: says }],
      tools: [],
    }),
    ...rest,
  };
}
const read = (lines: readonly string[]): unknown[] => lines.map((line) => parseJson(line));

describe("training data", () => {
  test("takes the best answer of a task, the shorter of two, and says each once", () => {
    const attempts = [
      attempt({ genome: "a", tokens: 30 }),
      attempt({ genome: "b", tokens: 20 }),
      attempt({ genome: "c", tokens: 25, says: "answer of b" }),
      attempt({ genome: "d", score: 0.9, tokens: 1 }),
      attempt({ task: "u", score: 0.9 }),
    ];
    const one = trainingSet("sft", attempts, choice);
    expect(one.origins.map(({ chosen }) => chosen.genome)).toEqual(["b"]);
    expect(one.without).toMatchObject({ "no-example": 1 });
    const all = trainingSet("sft", attempts, { ...choice, perTask: 9 });
    expect(all.origins.map(({ chosen }) => chosen.genome)).toEqual(["b", "a"]);
    expect(read(one.lines)).toEqual([
      {
        messages: [
          { role: "system", content: "prompt of b" },
          { role: "user", content: "?" },
          { role: "assistant", content: "answer of b" },
        ],
      },
    ]);
  });

  test("pairs the best with the worst under the prompt of the best, and only where they are far enough apart", () => {
    const attempts = [
      attempt({ genome: "a", score: 0.2 }),
      attempt({ genome: "b", score: 0.9 }),
      attempt({ genome: "c", score: 0.5 }),
      attempt({ task: "u", genome: "a", score: 0.4 }),
      attempt({ task: "u", genome: "b", score: 0.8 }),
      attempt({ task: "v", genome: "a", score: 0, says: "same" }),
      attempt({ task: "v", genome: "b", score: 1, says: "same" }),
    ];
    const { lines, without } = trainingSet("dpo", attempts, choice);
    expect(read(lines)).toEqual([
      {
        prompt: [
          { role: "system", content: "prompt of b" },
          { role: "user", content: "?" },
        ],
        chosen: [{ role: "assistant", content: "answer of b" }],
        rejected: [{ role: "assistant", content: "answer of a" }],
      },
    ]);
    expect(without).toMatchObject({ "no-pair": 2 });
  });

  test("leaves out of OpenAI's form what took several turns, and too long lines of any form", () => {
    const several = attempt({
      task: "u",
      conversation: () => ({
        prompt: [],
        turns: [
          { role: "assistant", content: "", toolCalls: [{ id: "call_0", name: "look", arguments: "{}" }] },
          { role: "tool", toolCallId: "call_0", content: "3" },
          { role: "assistant", content: "3" },
        ],
        tools: [{ name: "look", description: "Looks.", parameters: {} }],
      }),
    });
    const attempts = [several, attempt({ task: "u", score: 0 }), attempt(), attempt({ genome: "b", score: 0 })];
    const made = trainingSet("dpo-openai", attempts, choice);
    expect(read(made.lines)).toEqual([
      {
        input: { messages: [expect.anything(), expect.anything()] },
        preferred_output: [{ role: "assistant", content: "answer of a" }],
        non_preferred_output: [{ role: "assistant", content: "answer of b" }],
      },
    ]);
    expect(made.without).toMatchObject({ "several-turns": 1 });
    const long = attempt({ says: "x".repeat(20_000) });
    expect(trainingSet("sft", [long], choice)).toMatchObject({ lines: [], without: { "too-long": 1 } });
  });

  test("no more traces are read than are written", () => {
    let reads = 0;
    const counted = Array.from({ length: 100 }, (_, index) => {
      const one = attempt({ genome: `g${index}` });
      return { ...one, conversation: () => (reads++, one.conversation()) };
    });
    trainingSet("sft", counted, { ...choice, perTask: 3 });
    expect(reads).toBe(3);
  });

  test("a chosen answer never scores less than the margin above its rejected one, whatever the scores", () => {
    const scores = fc.array(
      fc.record({ task: fc.integer({ min: 0, max: 3 }), score: fc.integer({ min: 0, max: 10 }) }),
    );
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 5 }), (rows, tenths, perTask) => {
        const attempts = rows.map(({ task, score }, index) =>
          attempt({ task: `t${task}`, genome: `g${index}`, score: score / 10 }),
        );
        const { origins } = trainingSet("dpo", attempts, { ...choice, margin: tenths / 10, perTask });
        for (const { chosen, rejected } of origins) {
          expect(chosen.score - (rejected?.score ?? 1)).toBeGreaterThanOrEqual(tenths / 10);
        }
        for (const group of Map.groupBy(origins, ({ task }) => task).values()) {
          expect(group.length).toBeLessThanOrEqual(perTask);
        }
        for (const [task, group] of Map.groupBy(attempts, (one) => one.task)) {
          const spread = Math.max(...group.map((one) => one.score)) - Math.min(...group.map((one) => one.score));
          expect(origins.some((origin) => origin.task === task)).toBe(spread >= tenths / 10);
        }
      }),
    );
  });
});

test("a line of JSON is one line everywhere, shows nothing unseen, and reads back as it was", () => {
  const nasty = fc.string({
    unit: fc.constantFrom("\n", "\r", "\u2028", "\u0085", "\u001b[31m", "\u202e", "\ud800", '"', "é"),
  });
  fc.assert(
    fc.property(nasty, (text) => {
      const line = jsonLine({ text });
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e]/u);
      expect(parseJson(line)).toEqual({ text });
    }),
  );
});
