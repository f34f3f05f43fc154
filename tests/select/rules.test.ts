import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  addToFrontier,
  leaderOf,
  chooseParent,
  geneRules,
  newFrontier,
  parentProbabilities,
  parentRules,
  survivorsOf,
  type Frontier,
  type GeneRecord,
  type GeneRule,
  type ParentRule,
  type ScoreMatrix,
} from "../../src/select/index.ts";

const frontierOf = (matrix: ScoreMatrix): Frontier =>
  matrix.reduce((frontier, row) => addToFrontier(frontier, row), newFrontier());
const matrices = fc.integer({ min: 1, max: 6 }).chain((tasks) =>
  fc.array(fc.array(fc.constantFrom(null, 0, 0.5, 1), { minLength: tasks, maxLength: tasks }), {
    minLength: 1,
    maxLength: 9,
  }),
);
const at = (values: readonly number[], index: number): number => values[index] ?? Number.NaN;

/** Best on no task, good on all: the candidate that a search by frontiers alone never breeds from. */
const withAllRounder: ScoreMatrix = [
  [1, 0, 0, 0],
  [0, 1, 0, 0],
  [0, 0, 1, 0],
  [0, 0, 0, 1],
  [0.9, 0.9, 0.9, 0.9],
];

describe.each(Object.entries<ParentRule>(parentRules))("the parent rule %s", (name, rule) => {
  test("bears the name it is registered under", () => {
    expect(rule.name).toBe(name);
  });

  test("gives probabilities that add up to one, none negative", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const probabilities = parentProbabilities(rule, frontierOf(matrix), makeRandom(1));
        expect(probabilities).toHaveLength(matrix.length);
        expect(Math.min(...probabilities)).toBeGreaterThanOrEqual(0);
        expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  test("leaves the best all-rounder a tenth, and everybody who is not dominated something", () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        const frontier = frontierOf(matrix);
        const probabilities = parentProbabilities(rule, frontier, makeRandom(2));
        expect(at(probabilities, leaderOf(frontier.totals)?.index ?? -1)).toBeGreaterThanOrEqual(0.1 - 1e-12);
        for (const survivor of survivorsOf(frontier)) expect(at(probabilities, survivor)).toBeGreaterThan(0);
      }),
    );
    expect(at(parentProbabilities(rule, frontierOf(withAllRounder), makeRandom(3)), 4)).toBeGreaterThan(0.1);
  });

  test("draws as often as it says, the same way from the same seed", () => {
    const frontier = frontierOf(withAllRounder);
    const draw = (): number[] => {
      const random = makeRandom(name);
      return Array.from({ length: 4000 }, () => chooseParent(rule, frontier, random));
    };
    const drawn = draw();
    expect(draw()).toEqual(drawn);
    const lotteries = makeRandom(`${name} said`);
    const said = Array.from({ length: 4000 }, () => parentProbabilities(rule, frontier, lotteries));
    for (const index of frontier.rows.keys()) {
      const probability = said.reduce((sum, one) => sum + at(one, index), 0) / said.length;
      const share = drawn.filter((choice) => choice === index).length / drawn.length;
      // Four standard errors at most, of what was said and of what was drawn.
      expect(Math.abs(share - probability)).toBeLessThan(0.045);
    }
  });

  test("has nobody to choose in an empty pool", () => {
    expect(() => parentProbabilities(rule, newFrontier(), makeRandom(1))).toThrow(RangeError);
  });
});

describe("what sets the parent rules apart", () => {
  test("frontier shares each task's vote and gives none to the dominated", () => {
    // The first task is solved by all, the second by the second alone; the third candidate is dominated by the second.
    const frontier = frontierOf([
      [1, 0, 1],
      [1, 1, 0],
      [1, 0, 0],
    ]);
    expect(parentRules.frontier.weights(frontier, makeRandom(1))).toEqual([1.5, 1.5, 0]);
    expect(at(parentProbabilities(parentRules.frontier, frontier, makeRandom(1)), 2)).toBe(0);
  });

  test("best looks at the standing alone", () => {
    expect(parentRules.best.weights(frontierOf(withAllRounder), makeRandom(1))).toEqual([0, 0, 0, 0, 1]);
  });

  test("near-best takes whom chance alone could have put behind the best, and nobody who is clearly behind", () => {
    const row = (passed: number, shift = 0): number[] =>
      Array.from({ length: 40 }, (_, task) => ((task + shift) % 40 < passed ? 1 : 0));
    const weights = parentRules["near-best"].weights(frontierOf([row(10), row(29, 8), row(30)]), makeRandom(1));
    expect(weights).toEqual([0, 1, 1]);
    expect(parentRules.best.weights(frontierOf([row(10), row(29, 8), row(30)]), makeRandom(1))).toEqual([0, 0, 1]);
  });

  test("near-best takes a lag that is the same on every task for a real one, and no lag for none", () => {
    const level = (score: number): number[] => Array.from({ length: 10 }, () => score);
    const weights = parentRules["near-best"].weights(frontierOf([level(0.7), level(0.75), level(0.75)]), makeRandom(1));
    expect(weights).toEqual([0, 1, 1]);
  });

  test("epsilon-greedy gives even the dominated a chance", () => {
    const weights = parentRules["epsilon-greedy"].weights(frontierOf([[1], [0]]), makeRandom(1));
    expect(at(weights, 0)).toBeCloseTo(0.9, 12);
    expect(at(weights, 1)).toBeCloseTo(0.1, 12);
  });

  test("top-k lets five vote among themselves, so that others' wins do not count", () => {
    const strong = [0.9, 0.9, 0.8, 0.8, 0.7].map((score, index) =>
      Array.from({ length: 10 }, (_, task) => (task === index ? 0.95 : score)),
    );
    const specialist = Array.from({ length: 10 }, (_, task) => (task === 9 ? 1 : 0));
    const weights = parentRules["top-k"].weights(frontierOf([specialist, ...strong]), makeRandom(1));
    expect(weights[0]).toBe(0);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(10, 12);
  });
});

const records = (...pairs: readonly (readonly [number, number])[]): GeneRecord[] =>
  pairs.map(([tried, gained]) => ({ tried, gained }));

describe.each(Object.entries<GeneRule>(geneRules))("the gene rule %s", (name, rule) => {
  test("chooses genes that are there, each at most once, and none where there are none", () => {
    expect(rule.name).toBe(name);
    fc.assert(
      fc.property(fc.nat(6), fc.nat(100), (count, turn) => {
        const chosen = rule.choose({
          records: records(...Array.from({ length: count }, () => [3, 1] as const)),
          turn,
          random: makeRandom(turn),
        });
        expect(new Set(chosen).size).toBe(chosen.length);
        expect(chosen.length > 0).toBe(count > 0);
        for (const gene of chosen) expect(gene >= 0 && gene < count).toBe(true);
      }),
    );
  });

  test("gives every gene its turn, also one that never gained", () => {
    const random = makeRandom(name);
    const seen = new Set(
      Array.from({ length: 400 }, (_, turn) =>
        rule.choose({ records: records([50, 0], [50, 25], [0, 0]), turn, random }),
      ).flat(),
    );
    expect(seen).toEqual(new Set([0, 1, 2]));
  });
});

describe("what sets the gene rules apart", () => {
  test("round-robin goes through them in order", () => {
    const turns = [0, 1, 2, 3].map((turn) =>
      geneRules["round-robin"].choose({ records: records([0, 0], [0, 0], [0, 0]), turn, random: makeRandom(1) }),
    );
    expect(turns).toEqual([[0], [1], [2], [0]]);
  });

  test("evidence prefers the gene whose changes gained", () => {
    const random = makeRandom(1);
    const drawn = Array.from(
      { length: 2000 },
      (_, turn) => geneRules.evidence.choose({ records: records([18, 0], [18, 9]), turn, random })[0],
    );
    // 1/20 against 10/20.
    expect(drawn.filter((gene) => gene === 1).length / 2000).toBeCloseTo(10 / 11, 1);
  });
});
