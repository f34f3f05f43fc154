import fc from "fast-check";
import { expect, test } from "vitest";
import {
  liveEvaluationLines,
  liveRunLine,
  liveRunLines,
  sparkline,
  textWidth,
  type LiveRun,
} from "../../src/report/index.ts";

const view: LiveRun = {
  run: "shop-1",
  dataset: "desk",
  simulated: true,
  phase: "search",
  since: 1_000,
  budget: { rollouts: 2000, usd: 2 },
  spent: { rollouts: 500, tokens: 1_234_567, usd: 0.5 },
  paid: 400,
  failed: 1,
  iterations: 12,
  batches: [{ iteration: 13, purpose: "validation", done: 3, total: 8 }],
  incumbent: { index: 0, origin: "", n: 24, score: 0.355, interval: [0.22, 0.491] },
  best: { index: 4, origin: "diagnose rules", n: 24, score: 0.63, interval: [0.472, 0.789] },
  history: [0.355, 0.4, 0.63],
  operators: [{ operator: "diagnose", tried: 7, kept: 3, gain: 0.41 }],
};

test("a run under way says how far it is, what is left, who leads and what the operators bring", () => {
  expect(liveRunLines(view, 80, 41_000)).toEqual([
    "shop-1 on desk (simulated model)                                            40 s",
    "search     ██████░░░░░░░░░░░░░░░░░░ 25 % at most 2 min 30 s left",
    "pace       iteration 12, 10.0 rollouts/s, 1 failed",
    "left       1500 rollouts, 1.2M tokens used, $1.50",
    "incumbent  #0 0.355 [0.220, 0.491] n=24",
    "best       #4 0.630 [0.472, 0.789] n=24 diagnose rules",
    "score      ▁▂█ 0.630",
    "under way  13: validation 3/8",
    "operators  diagnose 3/7 +0.41",
  ]);
  expect(liveRunLine(view, 41_000)).toBe(
    "500/2000 rollouts  iteration 12, 10.0 rollouts/s, 1 failed  incumbent #0 0.355  best #4 0.630  under way: 13: validation 3/8",
  );
});

test("a run of which nothing is known yet says only that", () => {
  const empty = {
    ...view,
    budget: { minutes: 5 },
    spent: { rollouts: 0, tokens: 0, usd: 0 },
    paid: 0,
    failed: 0,
    iterations: 0,
  };
  const lines = liveRunLines(
    { ...empty, batches: [], incumbent: undefined, best: undefined, history: [], operators: [], phase: "seed" },
    40,
    1_000,
  );
  expect(lines.map((line) => line.trimEnd())).toEqual([
    "shop-1 on desk (simulated model)     0 s",
    "seed       ░░░░░░░░░░░░░░░░ 0 %",
    "pace       iteration 0",
    "left       0 rollouts used, 0 tokens us…",
  ]);
});

test("no line is wider than it may be, whatever is in the run", () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constant("\u001B[31m\u202Etxt\u0007"),
    fc.constant("長い文字列".repeat(300)),
  );
  fc.assert(
    fc.property(fc.integer({ min: 40, max: 200 }), text, fc.nat(1e9), fc.nat(30), (width, hostile, count, batches) => {
      const candidate = { index: count, origin: hostile, n: count, score: 0.5, interval: [0, 1] as const };
      const lines = liveRunLines(
        {
          ...view,
          run: hostile,
          dataset: hostile,
          paid: count,
          incumbent: candidate,
          best: { ...candidate, index: count + 1 },
          batches: Array.from({ length: batches }, () => ({
            iteration: count,
            purpose: hostile,
            done: 1,
            total: count,
          })),
          operators: [{ operator: hostile, tried: count, kept: 1, gain: 1 }],
        },
        width,
        count,
      );
      for (const line of lines) {
        expect(textWidth(line)).toBeLessThanOrEqual(width);
        // oxlint-disable-next-line no-control-regex -- none may be left
        expect(line).not.toMatch(/[\u0000-\u001F\u202A-\u202E]/);
      }
    }),
  );
});

test("a batch shows its score so far with interval and n, and marks are put on only where asked for", () => {
  const batch = {
    title: "evaluate clerk on desk/train",
    since: 0,
    done: 40,
    total: 160,
    failed: 2,
    score: 0.4,
    interval: [0.3, 0.5] as const,
    tokens: 20_000,
    usd: 0,
    perSecond: 4,
    secondsLeft: 30,
    history: [0.2, 0.4],
  };
  expect(liveEvaluationLines(batch, 60, 10_000)).toEqual([
    "evaluate clerk on desk/train                            10 s",
    "rollouts   ██████░░░░░░░░░░░░░░░░░░ 25 % 40/160",
    "pace       4.0/s, 30 s left, 2 failed",
    "score      0.400 [0.300, 0.500] n=38",
    "so far     ▁█",
    "spent      20k tokens",
  ]);
  const painted = liveEvaluationLines(batch, 60, 10_000, (style, text) => `<${style}>${text}</${style}>`);
  expect(painted[1]).toBe("<faint>rollouts   </faint>██████░░░░░░░░░░░░░░░░░░ 25 % 40/160");
});

test("a sparkline reaches from the lowest to the highest value, keeps both ends and never is longer than asked for", () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline([0.5, 0.5])).toBe("▄▄");
  expect(sparkline([])).toBe("");
  expect(sparkline([0, Number.NaN, 1])).toBe("▁█");
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })),
      fc.integer({ min: 1, max: 60 }),
      (values, most) => {
        expect(sparkline(values, most)).toHaveLength(Math.min(values.length, most));
      },
    ),
  );
});
