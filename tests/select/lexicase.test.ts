import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  addToFrontier,
  newFrontier,
  parentProbabilities,
  parentRules,
  survivorsOf,
  type ScoreMatrix,
} from "../../src/select/index.ts";

const frontierOf = (matrix: ScoreMatrix, tolerance = 0) =>
  matrix.reduce((frontier, row) => addToFrontier(frontier, row), newFrontier(tolerance));
const full = fc.integer({ min: 1, max: 4 }).chain((tasks) =>
  fc.array(fc.array(fc.constantFrom(0, 0.5, 1), { minLength: tasks, maxLength: tasks }), {
    minLength: 1,
    maxLength: 6,
  }),
);

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((first) => permutations(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

/** How often each candidate is left, over all orders of the tasks; ties share. */
function bruteForce(matrix: ScoreMatrix): readonly number[] {
  const orders = permutations([...(matrix[0] ?? []).keys()]);
  const won = matrix.map(() => 0);
  for (const order of orders) {
    let left = [...matrix.keys()];
    for (const task of order) {
      const best = Math.max(...left.map((index) => matrix[index]?.[task] ?? -1));
      left = left.filter((index) => (matrix[index]?.[task] ?? -1) === best);
    }
    for (const index of left) won[index] = (won[index] ?? 0) + 1 / left.length / orders.length;
  }
  return won;
}

describe("lexicase", () => {
  test("leaves whom every order of the tasks, tried one by one, would leave", () => {
    fc.assert(
      fc.property(full, (matrix) => {
        const frontier = frontierOf(matrix);
        const random = makeRandom("lotteries");
        const won = matrix.map(() => 0);
        for (let lottery = 0; lottery < 600; lottery++) {
          const weights = parentRules.lexicase.weights(frontier, random);
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          for (const [index, weight] of weights.entries()) won[index] = (won[index] ?? 0) + weight / total / 600;
        }
        // Five standard errors of 600 lotteries.
        for (const [index, share] of bruteForce(matrix).entries())
          expect(Math.abs(share - (won[index] ?? 0))).toBeLessThan(0.11);
      }),
      { numRuns: 40 },
    );
  });

  test("breeds from who is second best everywhere where a tolerance calls that a tie", () => {
    const matrix = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
      [0.95, 0.95, 0.95],
    ];
    const kept = (tolerance: number): number =>
      parentRules.lexicase.weights(frontierOf(matrix, tolerance), makeRandom(1))[3] ?? 0;
    expect(kept(0)).toBe(0);
    expect(kept(0.1)).toBe(1);
  });

  test("passes over a task on which nobody left was measured", () => {
    const weights = parentRules.lexicase.weights(
      frontierOf([
        [1, null],
        [0, null],
        [1, null],
      ]),
      makeRandom(1),
    );
    expect(weights).toEqual([1, 0, 1]);
  });

  test("in batches decides by means, so that one lucky task of five does not", () => {
    const steady = [0.9, 0.9, 0.9, 0.9, 0.9];
    const lucky = [1, 0, 0, 0, 0];
    const frontier = frontierOf([lucky, steady]);
    expect(parentRules["batch-lexicase"].weights(frontier, makeRandom(1))).toEqual([0, 1]);
    const lotteries = makeRandom(2);
    const singles = Array.from({ length: 200 }, () => parentRules.lexicase.weights(frontier, lotteries)[0] ?? 0);
    expect(singles).toContain(1);
  });

  test.each(["lexicase", "batch-lexicase"] as const)("%s gives one lottery for one seed", (name) => {
    const frontier = frontierOf([
      [1, 0, 0.5],
      [0, 1, 0.5],
    ]);
    const draw = (): unknown => Array.from({ length: 5 }, (_, i) => parentRules[name].weights(frontier, makeRandom(i)));
    expect(draw()).toEqual(draw());
  });
});

describe("pareto-unpruned", () => {
  test("counts columns held, and lets those breed whom another dominates", () => {
    const frontier = frontierOf([
      [1, 0, 1],
      [1, 1, 0],
      [1, 0, 0],
    ]);
    expect(parentRules["pareto-unpruned"].weights(frontier, makeRandom(1))).toEqual([2, 2, 1]);
    expect(survivorsOf(frontier)).toEqual([0, 1]);
    expect(parentProbabilities(parentRules["pareto-unpruned"], frontier, makeRandom(1))[2]).toBeCloseTo(0.16, 12);
  });
});
