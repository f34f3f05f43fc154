import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { mean, REPORTED, shrinkScores, shrinkTowardsPool, type ShrinkageOptions } from "../../src/statistics/index.ts";
import { difficulty, moved } from "./landscape.ts";

const expectNear = (values: readonly number[], wanted: readonly number[], digits: number): void => {
  expect(values.length).toBe(wanted.length);
  for (const [index, value] of values.entries()) expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, digits);
};

describe("shrinkage towards the pool", () => {
  // statsmodels, stats.meta_analysis.combine_effects(method_re="dl"), and tau2 / (tau2 + variance) of each distance kept.
  test("agrees with a published program for the variance between", () => {
    const means = [0.62, 0.55, 0.71, 0.48, 0.66, 0.58];
    const variances = [0.0012, 0.002, 0.0009, 0.0031, 0.0012, 0.0015];
    const { values, center, between } = shrinkTowardsPool(
      means.map((value, index) => ({ mean: value, variance: variances[index] ?? Number.NaN })),
    );
    expect(between).toBeCloseTo(0.00433120682, 10);
    expect(center).toBeCloseTo(0.60788365, 8);
    expectNear(values, [0.61737135, 0.56828519, 0.69243145, 0.5333479, 0.64869331, 0.5871727], 7);
  });

  // numpy, least squares on the twenty cells, then as above.
  test("puts candidates that did different tasks on equal terms", () => {
    const { values, center, between } = shrinkScores([
      [1, 0, 1, 1, 0.5, 1],
      [0.25, 0, 0, 0.5, undefined, undefined],
      [0, 0.5, 0.25, undefined, 0, undefined],
      [1, 0, 1, 1, 1, 0.5],
    ]);
    expect(between).toBeCloseTo(0.07117094, 7);
    expect(center).toBeCloseTo(0.49461988, 7);
    expectNear(values, [0.69459739, 0.26253188, 0.32675288, 0.69459739], 7);
  });

  test("gives values between the pool's mean and the measured ones, in their order where all are equally sure", () => {
    const means = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(means, fc.double({ min: 1e-4, max: 0.1, noNaN: true }), (given, variance) => {
        const { values, center } = shrinkTowardsPool(given.map((value) => ({ mean: value, variance })));
        expect(center).toBeCloseTo(mean(given), 9);
        for (const [index, value] of values.entries()) {
          const measured = given[index] ?? Number.NaN;
          expect(Math.abs(value - center)).toBeLessThanOrEqual(Math.abs(measured - center) + 1e-12);
          expect((value - center) * (measured - center)).toBeGreaterThanOrEqual(-1e-12);
        }
      }),
    );
  });

  test("draws nearer to the mean the more certain it is to be, and to the same mean where all are equally sure", () => {
    const means = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(means, fc.double({ min: 1e-4, max: 0.1, noNaN: true }), (given, variance) => {
        const estimates = given.map((value) => ({ mean: value, variance }));
        const [half, three, nine] = [0.6, 0.75, 0.9].map(
          (certainty) => shrinkTowardsPool(estimates, { certainty }).between,
        );
        expect(three).toBeLessThanOrEqual(half ?? 0);
        expect(nine).toBeLessThanOrEqual(three ?? 0);
        expect(shrinkTowardsPool(estimates, { certainty: 0.75 }).center).toBeCloseTo(mean(given), 9);
      }),
    );
  });

  // scipy.stats.chi2.ppf(0.75, 5) = 6.62568; Q is 20 with mean 0 and variance 1: between = (20 - 6.62568) / 5.
  test("holds the spread against a quantile of chance", () => {
    const side = Math.sqrt(20 / 6);
    const estimates = [1, 1, 1, -1, -1, -1].map((sign) => ({ mean: sign * side, variance: 1 }));
    expect(shrinkTowardsPool(estimates).between).toBeCloseTo(3, 9);
    expect(shrinkTowardsPool(estimates, { certainty: 0.75 }).between).toBeCloseTo((20 - 6.62568) / 5, 2);
  });

  test("leaves what is measured without noise, and one alone, as they are", () => {
    const { values, between } = shrinkScores([
      [0.2, 0.4, 0.6],
      [0.3, 0.5, 0.7],
    ]);
    expectNear(values, [0.4, 0.5], 9);
    expect(between).toBeCloseTo(0.005, 9);
    expect(shrinkScores([[1, 0, 1]]).values[0]).toBeCloseTo(2 / 3, 12);
    expect(() => shrinkScores([[1], [undefined]])).toThrow(RangeError);
    expect(() => shrinkTowardsPool([{ mean: 1, variance: 0 }])).toThrow(RangeError);
  });
});

describe("the score reported of the best of thirty", () => {
  /** Mean of reported minus true score of the candidate with the best mean, as measured and as shrunk. */
  const excess = (
    rounds: number,
    tasks: number,
    spread: number,
    options?: ShrinkageOptions,
  ): { raw: number; shrunk: number } => {
    const found = Array.from({ length: rounds }, (_, round) => {
      const random = makeRandom(`curse-${round}`);
      const probabilities = Array.from({ length: tasks }, () => difficulty(random));
      const shifts = Array.from({ length: 30 }, () => spread * random.normal());
      const scores = shifts.map((shift) => probabilities.map((p) => Number(random.next() < moved(p, shift))));
      const means = scores.map(mean);
      const best = means.indexOf(Math.max(...means));
      const truth = mean(probabilities.map((p) => moved(p, shifts[best] ?? 0)));
      return { raw: (means[best] ?? 0) - truth, shrunk: (shrinkScores(scores, options).values[best] ?? 0) - truth };
    });
    return { raw: mean(found.map(({ raw }) => raw)), shrunk: mean(found.map(({ shrunk }) => shrunk)) };
  };

  test("is eight points too high on a hundred tasks where all are equal, and shrunk at most one", () => {
    const { raw, shrunk } = excess(200, 100, 0);
    expect(raw).toBeGreaterThan(0.07);
    expect(shrunk).toBeLessThan(0.01);
    expect(shrunk).toBeGreaterThan(-0.005);
  });

  test("as told to people is at most a point too high on fifty and on 24 tasks too, and not far too low where candidates differ", () => {
    expect(excess(300, 50, 0).shrunk).toBeGreaterThan(0.01);
    expect(excess(300, 50, 0, REPORTED).shrunk).toBeLessThan(0.01);
    expect(excess(300, 24, 0, REPORTED).shrunk).toBeLessThan(0.01);
    expect(excess(300, 50, 0.4, REPORTED).shrunk).toBeGreaterThan(-0.015);
    expect(excess(300, 100, 0.4, REPORTED).shrunk).toBeGreaterThan(-0.01);
  });

  test("is right on average, shrunk, where candidates differ", () => {
    const { raw, shrunk } = excess(200, 100, 0.4);
    expect(raw).toBeGreaterThan(0.03);
    expect(Math.abs(shrunk)).toBeLessThan(0.01);
  });
});
