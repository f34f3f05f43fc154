import { describe, expect, test } from "vitest";
import { makeRandom, manualClock } from "../../src/base/index.ts";
import { makeProgress } from "../../src/evaluate/progress.ts";
import { summarize } from "../../src/evaluate/summarize.ts";
import type { Rollout } from "../../src/evaluate/index.ts";
import { mean, scoreInterval } from "../../src/statistics/index.ts";
import { stockTask } from "./stock.ts";

const usage = { modelCalls: 1, inputTokens: 100, outputTokens: 10, usd: 0.5, milliseconds: 1 };

function scored(index: number, score: number, repeat = 0): Rollout {
  const trace = { steps: [], answer: "", stop: "answered", usage } as const;
  return { state: "scored", task: `task-${index}`, repeat, score, objectives: {}, feedback: [], usage, trace };
}
function failed(index: number): Rollout {
  return { state: "failed", task: `task-${index}`, repeat: 0, code: "model-timeout", reason: "late", usage };
}

describe("a summary", () => {
  const tasks = [0, 1, 2, 3].map(stockTask);

  test("takes the mean over tasks, repeats of a task together, and counts failures apart", () => {
    const rollouts = [scored(0, 1), scored(0, 0, 1), scored(1, 1), scored(1, 1, 1), scored(2, 0), failed(3)];
    const summary = summarize(rollouts, tasks);
    expect(summary).toMatchObject({ n: 3, score: 0.5, errors: 1, rollouts: 6, tokens: 660, usd: 3 });
    expect(summary.byTag).toEqual({ even: { n: 2, score: 0.25 }, odd: { n: 1, score: 1 } });
    expect(summary.interval[0]).toBeLessThan(0.5);
    expect(summary.interval[1]).toBeGreaterThan(0.5);
  });

  test("does not grow more certain by repeating the same tasks", () => {
    const once = [scored(0, 1), scored(1, 0), scored(2, 1), scored(3, 0.5)];
    const often = [0, 1, 2, 3, 4].flatMap((repeat) => once.map((rollout) => ({ ...rollout, repeat })));
    expect(summarize(often, tasks).interval).toEqual(summarize(once, tasks).interval);
  });

  test("says that it knows nothing when every rollout failed", () => {
    expect(summarize([failed(0)], tasks)).toMatchObject({ n: 0, score: 0, interval: [0, 1], errors: 1, byTag: {} });
  });
});

describe("progress", () => {
  test("tells what is done, what it cost and how long it will take", () => {
    const clock = manualClock();
    const progress = makeProgress(10, clock);
    expect(progress.now()).toMatchObject({ done: 0, score: undefined, secondsLeft: undefined });
    progress.add(scored(0, 1), true);
    progress.add(scored(1, 0), false);
    progress.add(failed(2), false);
    clock.advance(4000);
    expect(progress.now()).toMatchObject({
      done: 3,
      total: 10,
      reused: 1,
      failed: 1,
      score: 0.5,
      tokens: 220,
      usd: 1,
      perSecond: 0.5,
      secondsLeft: 14,
    });
  });

  test("gives at every step the score and the interval that all scores so far have", () => {
    const random = makeRandom("progress");
    const all = Array.from({ length: 60 }, (_, i) => (i < 5 ? 0.1 : random.next()));
    const progress = makeProgress(all.length, manualClock());
    for (const [i, score] of all.entries()) {
      progress.add(scored(i, score), false);
      const soFar = all.slice(0, i + 1);
      expect(progress.now()).toMatchObject({ score: mean(soFar), interval: scoreInterval(soFar) });
    }
  });
});
