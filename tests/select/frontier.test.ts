import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addToFrontier,
  dominates,
  leaderOf,
  newFrontier,
  replaceInFrontier,
  standings,
  survivorsOf,
  totalOf,
  type Frontier,
  type ScoreMatrix,
} from "../../src/select/index.ts";

const frontierOf = (matrix: ScoreMatrix, tolerance = 0): Frontier =>
  matrix.reduce((frontier, row) => addToFrontier(frontier, row), newFrontier(tolerance));
const cell = fc.constantFrom(null, 0, 0.5, 1);
const matrices = fc
  .integer({ min: 1, max: 5 })
  .chain((tasks) => fc.array(fc.array(cell, { minLength: tasks, maxLength: tasks }), { minLength: 1, maxLength: 8 }));

const leaderAmong = (matrix: ScoreMatrix): number | undefined => leaderOf(matrix.map(totalOf))?.index;

describe("dominance", () => {
  test("needs a better score somewhere and a worse one nowhere", () => {
    expect(dominates([1, 1], [1, 0])).toBe(true);
    expect(dominates([1, 0], [0, 1])).toBe(false);
    expect(dominates([1, 1], [1, 1])).toBe(false);
  });

  test("takes a missing score for no score, not for zero", () => {
    expect(dominates([1, null], [0, 0])).toBe(false);
    expect(dominates([1, 0], [0, null])).toBe(true);
    expect(dominates([1, 1], [null, null])).toBe(false);
  });

  test("is an order, so that somebody is always left", () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom(0, 0.1, 0.5, 0.7), (matrix, tolerance) => {
        for (const a of matrix) {
          expect(dominates(a, a, tolerance)).toBe(false);
          for (const b of matrix) {
            if (!dominates(a, b, tolerance)) continue;
            expect(dominates(b, a, tolerance)).toBe(false);
            for (const c of matrix) if (dominates(b, c, tolerance)) expect(dominates(a, c, tolerance)).toBe(true);
          }
        }
        expect(survivorsOf(frontierOf(matrix, tolerance)).length).toBeGreaterThan(0);
      }),
    );
  });

  test("takes a lead within the tolerance for a tie, and a loss within it still for a loss", () => {
    expect(dominates([1, 0.55], [1, 0.5], 0.1)).toBe(false);
    expect(dominates([1, 0.65], [1, 0.5], 0.1)).toBe(true);
    expect(dominates([0.95, 0.9], [1, 0.5], 0.1)).toBe(false);
    expect(dominates([1, 30], [1, 10], [0, 50])).toBe(false);
    expect(dominates([1, 30], [1, 10], [0, 5])).toBe(true);
  });

  test("keeps all of sixty candidates of which none dominates another", () => {
    // Each misses another pair of twelve tasks: a greedy cover would keep a handful.
    const pairs = Array.from({ length: 12 }, (_, a) => Array.from({ length: a }, (_unused, b) => [a, b]))
      .flat()
      .slice(0, 60);
    const matrix = pairs.map((missed) => Array.from({ length: 12 }, (_, task) => (missed.includes(task) ? 0 : 1)));
    expect(survivorsOf(frontierOf(matrix))).toHaveLength(60);
  });
});

describe("the frontier", () => {
  test("agrees with one worked out at once from the whole matrix", () => {
    fc.assert(
      fc.property(matrices, fc.constantFrom(0, 0.5), (matrix, tolerance) => {
        const frontier = frontierOf(matrix, tolerance);
        for (const task of matrix[0]?.keys() ?? []) {
          const scores = matrix.map((row) => row[task] ?? null);
          const known = scores.filter((score) => score !== null);
          const best = known.length === 0 ? null : Math.max(...known);
          expect(frontier.best[task]).toBe(best);
          const holders = scores.flatMap((score, index) =>
            score !== null && score >= (best ?? 0) - tolerance ? [index] : [],
          );
          expect(frontier.holders[task]).toEqual(holders);
        }
        expect(frontier.dominated).toEqual(
          matrix.map((row) => matrix.some((other) => dominates(other, row, tolerance))),
        );
      }),
    );
  });

  test("with a row put in another's place is the one that had it from the start", () => {
    fc.assert(
      fc.property(
        matrices,
        fc.constantFrom(0, 0.5),
        fc.nat(),
        fc.array(cell, { minLength: 5 }),
        (matrix, tolerance, at, cells) => {
          const index = at % matrix.length;
          const row = (matrix[index] ?? []).map((_, column) => cells[column] ?? null);
          const frontier = frontierOf(matrix, tolerance);
          const before = structuredClone(frontier);
          expect(replaceInFrontier(frontier, index, row)).toEqual(frontierOf(matrix.with(index, row), tolerance));
          expect(frontier).toEqual(before);
        },
      ),
    );
    expect(() => replaceInFrontier(frontierOf([[1]]), 1, [0])).toThrow(RangeError);
    expect(() => replaceInFrontier(frontierOf([[1]]), 0, [0, 1])).toThrow(RangeError);
  });

  test("a tolerance lets near misses in, and the best alone decides how near", () => {
    expect(frontierOf([[0.5], [0.58], [0.66]], 0.1).holders[0]).toEqual([1, 2]);
    expect(frontierOf([[0.5], [0.58], [0.66]]).holders[0]).toEqual([2]);
  });

  test("refuses rows over other tasks and scores that are none", () => {
    const frontier = frontierOf([[1, 0]]);
    expect(() => addToFrontier(frontier, [1])).toThrow(RangeError);
    expect(() => addToFrontier(frontier, [1, Number.NaN])).toThrow(RangeError);
    expect(() => newFrontier(-1)).toThrow(RangeError);
  });
});

describe("standing", () => {
  test("does not let three lucky tasks beat a hundred", () => {
    const proven = Array.from({ length: 100 }, (_, task) => (task < 85 ? 1 : 0));
    const lucky = Array.from({ length: 100 }, (_, task) => (task < 3 ? 1 : null));
    const poor = Array.from({ length: 100 }, (_, task) => (task < 40 ? 1 : 0));
    expect(leaderAmong([poor, lucky, proven])).toBe(2);
  });

  test("of equals names the oldest, of none nobody, of the unmeasured the mean", () => {
    expect(
      leaderAmong([
        [1, 0],
        [0, 1],
      ]),
    ).toBe(0);
    expect(leaderAmong([])).toBeUndefined();
    expect(
      standings(
        [
          [1, 0],
          [null, null],
        ].map(totalOf),
      )[1],
    ).toBeCloseTo(0.5, 12);
    expect(standings([totalOf([null])])).toEqual([0]);
  });
});
