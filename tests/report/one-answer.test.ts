import { describe, expect, test } from "vitest";
import type { Rollout } from "../../src/evaluate/index.ts";
import { compareRollouts, comparisonSummaryBlocks, oneAnswer, renderText } from "../../src/report/index.ts";

const said = (answer: string): { answer: string; steps: never[] } => ({ answer, steps: [] });
const tool = { kind: "tool", name: "pay", arguments: {}, result: "paid", ok: true } as const;

describe("one answer to everything", () => {
  test("is found when ten tasks or more got it, whatever space is around it", () => {
    const all = Array.from({ length: 10 }, (_, i) => said(i === 3 ? " ham\n" : "ham"));
    expect(oneAnswer(all)).toBe("ham");
    expect(oneAnswer(all.slice(1))).toBeUndefined();
    expect(oneAnswer(all.with(9, said("spam")))).toBeUndefined();
    expect(oneAnswer([...all, undefined])).toBeUndefined();
    expect(oneAnswer(all.map(() => said("")))).toBe("");
  });

  test("is no sign where tools do the work", () => {
    const done = { answer: "Done.", steps: [tool] };
    expect(oneAnswer(Array.from({ length: 20 }, () => done))).toBeUndefined();
  });

  test("is not looked for beyond the first that differs", () => {
    let read = 0;
    function* traces(): Generator<ReturnType<typeof said>> {
      for (const answer of ["a", "b", "c", "d"]) {
        read++;
        yield said(answer);
      }
    }
    expect(oneAnswer(traces())).toBeUndefined();
    expect(read).toBe(2);
  });

  test("is told with a comparison, also where it wins", () => {
    const rollouts = (answers: readonly string[]): readonly Rollout[] =>
      answers.map((answer, i) => ({
        state: "scored",
        task: `t${i}`,
        genome: "s256:0",
        repeat: 0,
        score: answer === "ham" ? 1 : 0,
        objectives: {},
        feedback: [],
        usage: { modelCalls: 1, inputTokens: 1, outputTokens: 1, usd: 0, milliseconds: 1 },
        trace: { ...said(answer), stop: "answered" },
      })) as unknown as readonly Rollout[];
    const b = rollouts(Array.from({ length: 12 }, () => "ham"));
    const a = rollouts(Array.from({ length: 12 }, (_, i) => `text ${i}`));
    const text = (left: readonly Rollout[], right: readonly Rollout[]): string =>
      renderText("A and B", comparisonSummaryBlocks(compareRollouts(left, right, new Map()), "A", "B", false));
    expect(text(a, b)).toContain('Warning: to all 12 tasks B gave the same answer, "ham".');
    expect(text(b, a)).not.toContain("Warning");
  });
});
