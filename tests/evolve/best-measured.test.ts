import { expect, test } from "vitest";
import { bestMeasured } from "../../src/evolve/index.ts";

test("the best on validation is none that was lucky on a few tasks", () => {
  const seed = { n: 24, score: 0.3 };
  expect(bestMeasured([seed, { n: 8, score: 1 }, { n: 16, score: 0.4 }, { n: 30, score: 0.4 }])).toBe(2);
  expect(bestMeasured([seed, { n: 8, score: 1 }])).toBe(0);
  expect(
    bestMeasured([
      { ...seed, n: 8 },
      { n: 8, score: 1 },
    ]),
  ).toBe(1);
  expect(bestMeasured([{ n: 24, score: 0 }])).toBe(0);
  expect([bestMeasured([]), bestMeasured([{ n: 0, score: 0 }])]).toEqual([-1, -1]);
});
