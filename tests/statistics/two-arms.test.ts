import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { compareArms, comparePairedArms } from "../../src/statistics/index.ts";

describe("two live arms", () => {
  test("without a difference are called better or worse in at most one case of twenty, looked at after every session", () => {
    const random = makeRandom("null arms");
    let wrong = 0;
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const draw = random.fork(String(trial));
      const arms: [number[], number[]] = [[], []];
      for (let session = 0; session < 120; session++) {
        arms[draw.int(2)]?.push(draw.next() < 0.7 ? 1 : 0);
        if (session % 4 === 3 && ["better", "worse"].includes(compareArms(...arms).verdict)) {
          wrong += 1;
          break;
        }
      }
    }
    expect(wrong / trials).toBeLessThanOrEqual(0.05);
  });

  test("with a large difference are told apart", () => {
    const draw = makeRandom("far arms");
    const scores = (rate: number): number[] => Array.from({ length: 150 }, () => (draw.next() < rate ? 1 : 0));
    expect(compareArms(scores(0.4), scores(0.9)).verdict).toBe("better");
    expect(compareArms(scores(0.9), scores(0.4)).verdict).toBe("worse");
    const pairs = scores(0.5).map((a, index) => [a, index % 3 === 0 ? a : 1] as const);
    expect(comparePairedArms(pairs).verdict).toBe("better");
  });

  test("say nothing of nothing, hold the difference they show, and turn round with the arms", () => {
    expect(compareArms([], [])).toEqual({ n: [0, 0], difference: 0, interval: [-1, 1], verdict: "cannot-tell" });
    const arm = fc.array(
      fc.integer({ min: 0, max: 4 }).map((quarter) => quarter / 4),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(arm, arm, (a, b) => {
        const { difference, interval } = compareArms(a, b);
        expect(interval[0]).toBeLessThanOrEqual(difference);
        expect(interval[1]).toBeGreaterThanOrEqual(difference);
        expect(compareArms(b, a).interval[0]).toBeCloseTo(-interval[1], 6);
      }),
    );
  });
});
