import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { fromLower, fromUpper, inverse, lowerRoot } from "../../src/statistics/cholesky.ts";
import { gaussianBelief, mean, standardDeviation } from "../../src/statistics/index.ts";

type Rows = readonly (readonly (number | null)[])[];

const spreads = { task: 0.3, noise: 0.4 };

/** A symmetric positive definite matrix, as far from a diagonal one as chance makes it. */
const covariances = fc.record({ size: fc.integer({ min: 1, max: 7 }), seed: fc.nat() }).map(({ size, seed }) => {
  const random = makeRandom(seed);
  const factors = Array.from({ length: size }, () => Array.from({ length: size }, () => 0.3 * random.normal()));
  return factors.map((a, i) =>
    Float64Array.from(factors, (b, j) => a.reduce((sum, x, k) => sum + x * (b[k] ?? 0), i === j ? 0.01 : 0)),
  );
});

function product(a: Rows | readonly Float64Array[], b: readonly ArrayLike<number>[]): number[][] {
  return a.map((row) =>
    b.map((_, j) => Array.from(row).reduce<number>((sum, x, k) => sum + (x ?? 0) * (b[k]?.[j] ?? 0), 0)),
  );
}

describe("a root of a matrix", () => {
  test("gives the matrix back, solves with it and inverts it", () => {
    fc.assert(
      fc.property(covariances, (matrix) => {
        const root = lowerRoot(matrix);
        const lower = root.map((row, i) => row.map((value, j) => (j > i ? 0 : value)));
        const upper = lower.map((_, i) => Float64Array.from(lower, (row) => row[i] ?? 0));
        for (const [i, row] of product(lower, upper).entries())
          for (const [j, value] of row.entries()) expect(value).toBeCloseTo(matrix[i]?.[j] ?? Number.NaN, 9);
        for (const [i, row] of product(matrix, inverse(root)).entries())
          for (const [j, value] of row.entries()) expect(value).toBeCloseTo(i === j ? 1 : 0, 5);
        const b = matrix.map((_, i) => i - 1);
        const solved = fromUpper(root, fromLower(root, b));
        for (const [i, row] of matrix.entries())
          expect(row.reduce((sum, value, j) => sum + value * (solved[j] ?? 0), 0)).toBeCloseTo(b[i] ?? 0, 6);
      }),
    );
  });

  test("is refused where there is none", () => {
    expect(() => lowerRoot([Float64Array.of(1, 2), Float64Array.of(2, 1)])).toThrow(RangeError);
  });
});

describe("a belief in arms that resemble each other", () => {
  test("is what conditioning a normal distribution on all scores at once gives", () => {
    const scored = covariances.chain((covariance) =>
      fc.record({
        covariance: fc.constant(covariance),
        scores: fc.tuple(
          ...covariance.map(() => fc.array(fc.constantFrom(0, 0.5, 1, null), { maxLength: 4 })),
        ) as unknown as fc.Arbitrary<Rows>,
      }),
    );
    fc.assert(
      fc.property(scored, ({ covariance, scores }) => {
        const cells = scores.flatMap((row, arm) =>
          row.flatMap((score, task) => (score === null ? [] : [{ arm, task, score }])),
        );
        const between = (a: number, b: number): number => (covariance[a]?.[b] ?? 0) + 1;
        const total = cells.map((one, i) =>
          Float64Array.from(cells, (other, j) => {
            const task = one.task === other.task ? spreads.task ** 2 : 0;
            return between(one.arm, other.arm) + task + (i === j ? spreads.noise ** 2 : 0);
          }),
        );
        const root = lowerRoot(total);
        const weights = fromUpper(
          root,
          fromLower(
            root,
            cells.map(({ score }) => score),
          ),
        );
        const { expected } = gaussianBelief(covariance, scores, spreads);
        for (const [arm, value] of expected.entries())
          expect(value).toBeCloseTo(
            cells.reduce((sum, cell, i) => sum + between(arm, cell.arm) * (weights[i] ?? 0), 0),
            6,
          );
      }),
    );
  });

  test("draws worlds around what it expects, as far apart as it is unsure, and alike where arms are", () => {
    // The third was not measured: it shares all of the first's effects but a tenth.
    const covariance = [
      [0.2, 0, 0.18],
      [0, 0.2, 0],
      [0.18, 0, 0.2],
    ].map((row) => Float64Array.from(row));
    const belief = gaussianBelief(covariance, [Array.from({ length: 60 }, (_, i) => i % 2), [1]], spreads);
    const worlds = Array.from({ length: 3000 }, (_, i) => belief.draw(makeRandom(i)));
    const [first, second, third] = [0, 1, 2].map((arm) => worlds.map((world) => world[arm] ?? 0)) as [
      number[],
      number[],
      number[],
    ];
    for (const [arm, drawn] of [first, second, third].entries())
      expect(Math.abs(mean(drawn) - (belief.expected[arm] ?? 0))).toBeLessThan(0.05);
    expect(standardDeviation(first)).toBeLessThan(0.4 * standardDeviation(second));
    const apart = standardDeviation(first.map((value, i) => value - (third[i] ?? 0)));
    expect(apart).toBeGreaterThan(0.15);
    expect(apart).toBeLessThan(0.25);
  });

  test("takes a hard task for no fault of those who were measured on it", () => {
    const apart = (task: number): number => {
      const alike = [0, 1, 2].map((i) => Float64Array.from([0, 1, 2], (j) => (i === j ? 0.25 : 0)));
      const scores = [
        [1, 1, null, null],
        [null, null, 0, 0],
        [1, 1, 0, 0],
      ];
      const [easy = 0, hard = 0] = gaussianBelief(alike, scores, { ...spreads, task }).expected;
      return easy - hard;
    };
    expect(apart(1)).toBeLessThan(0.5 * apart(1e-6));
  });
});
