import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  binaryPower,
  deviationOf,
  mcnemar,
  mean,
  powerOfPairs,
  requiredBinaryPairs,
  requiredPairs,
  requiredRepeats,
  spreadOf,
  standardDeviation,
  studentQuantile,
} from "../../src/statistics/index.ts";
import { difficulty, moved } from "./landscape.ts";

describe("the power of McNemar's exact test", () => {
  // Every table summed with scipy 1.17, stats.binom.
  test.each([
    [50, 0.2, 0.05, 0.4775226969747518],
    [100, 0.15, 0.05, 0.5444412569039266],
    [200, 0.15, 0.05, 0.875300448139271],
    [120, 0.12, 0.02, 0.8283088835660154],
    [30, 0.4, 0.1, 0.5858880814984687],
  ])("with %d pairs, %d fixed and %d broken", (n, fixed, broken, power) => {
    expect(binaryPower(n, { fixed, broken })).toBeCloseTo(power, 9);
    expect(binaryPower(n, { fixed: broken, broken: fixed })).toBeCloseTo(power, 9);
  });

  // The same sums, n raised by one until 0.8 is reached.
  test.each([
    [0.15, 0.05, 168],
    [0.12, 0.02, 114],
    [0.2, 0.1, 249],
  ])("where %d are fixed and %d broken reaches 0.8 at %d pairs", (fixed, broken, pairs) => {
    expect(requiredBinaryPairs({ fixed, broken })).toBe(pairs);
  });

  test("is the sum over all tables", () => {
    const shares = fc
      .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 20 }))
      .filter(([a, b]) => a + b > 0)
      .map(([a, b]) => ({ fixed: a / 40, broken: b / 40 }));
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), shares, (n, { fixed, broken }) => {
        const ways = (total: number, k: number): number => (k === 0 ? 1 : (ways(total, k - 1) * (total - k + 1)) / k);
        const [more, fewer] = [Math.max(fixed, broken), Math.min(fixed, broken)];
        let sum = 0;
        for (let wins = 0; wins <= n; wins++) {
          for (let losses = 0; losses < wins && wins + losses <= n; losses++) {
            if (mcnemar(wins, losses).exact >= 0.05) continue;
            const rest = n - wins - losses;
            sum += ways(n, wins) * ways(n - wins, losses) * more ** wins * fewer ** losses * (1 - more - fewer) ** rest;
          }
        }
        expect(binaryPower(n, { fixed, broken })).toBeCloseTo(sum, 9);
      }),
      { numRuns: 60 },
    );
  });

  test("cannot be had for what does not exist", () => {
    expect(() => requiredBinaryPairs({ fixed: 0.1, broken: 0.1 })).toThrow(RangeError);
    expect(() => requiredBinaryPairs({ fixed: 0.10001, broken: 0.1 })).toThrow(RangeError);
    expect(() => binaryPower(10, { fixed: 0.7, broken: 0.7 })).toThrow(RangeError);
    expect(() => binaryPower(10, { fixed: 0, broken: 0 })).toThrow(RangeError);
  });
});

describe("repeats of the same tasks", () => {
  // scipy 1.17, stats.f_oneway: F = 2.0686728395 for these groups, and its mean squares.
  test("split the spread as analysis of variance does", () => {
    const spread = spreadOf([[0, 0.5, 1], [-1, 0], [0.25], [1, 1, 0, 0.5], [0, 0]]);
    expect(spread?.within).toBeCloseTo(0.24107142857, 10);
    expect(spread?.between).toBeCloseTo(0.11241883117, 10);
    expect(spreadOf([[0.1], [0.2], []])).toBeUndefined();
    expect(spreadOf([[0.1, 0.2]])).toBeUndefined();
  });

  test("are as many as bring the pairs needed below those that exist", () => {
    const variance = fc.double({ min: 0, max: 0.3, noNaN: true });
    fc.assert(
      fc.property(variance, variance, fc.integer({ min: 10, max: 500 }), (between, within, pairs) => {
        const repeats = requiredRepeats(0.05, pairs, { between, within });
        const needed = (count: number): number => {
          const deviation = deviationOf({ between, within }, count);
          return deviation === 0 ? 0 : requiredPairs(0.05, { deviation });
        };
        if (repeats === undefined) expect(needed(1e9)).toBeGreaterThanOrEqual(pairs);
        else {
          expect(needed(repeats)).toBeLessThanOrEqual(pairs);
          if (repeats > 1) expect(needed(repeats - 1)).toBeGreaterThanOrEqual(pairs);
        }
      }),
    );
  });

  // 200 tasks, a lift of about 5 points on the logit scale; the paired t test as everybody does it.
  test.each([1, 4])("%d a task give the power that a simulation shows", (repeats) => {
    const random = makeRandom("repeats");
    const lift = 0.33;
    const places = Array.from({ length: 20_000 }, () => difficulty(random));
    const gains = places.map((p) => moved(p, lift) - p);
    const noise = mean(places.map((p) => p * (1 - p) + moved(p, lift) * (1 - moved(p, lift))));
    const spread = { between: standardDeviation(gains) ** 2, within: noise };
    const formula = powerOfPairs(200, mean(gains), { deviation: deviationOf(spread, repeats) });
    const critical = studentQuantile(0.975, 199);
    const rounds = 1500;
    let found = 0;
    for (let round = 0; round < rounds; round++) {
      const differences = Array.from({ length: 200 }, () => {
        const p = difficulty(random);
        let sum = 0;
        for (let i = 0; i < repeats; i++) sum += Number(random.next() < moved(p, lift)) - Number(random.next() < p);
        return sum / repeats;
      });
      if ((mean(differences) / standardDeviation(differences)) * Math.sqrt(200) > critical) found += 1;
    }
    expect(formula).toBeGreaterThan(0.15);
    // Three standard errors of the simulation.
    expect(Math.abs(found / rounds - formula)).toBeLessThan(3 * Math.sqrt((formula * (1 - formula)) / rounds) + 0.005);
  });
});
