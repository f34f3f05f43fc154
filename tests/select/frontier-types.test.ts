import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  addToFrontier,
  dominates,
  frontierTypes,
  hypervolume,
  newFrontier,
  paretoFront,
  parentProbabilities,
  parentRules,
  standardObjectives,
  survivorsOf,
  type Frontier,
  type FrontierType,
  type Objective,
  type ObjectiveVector,
} from "../../src/select/index.ts";

const qualityAndCost: readonly Objective[] = [
  { name: "quality", better: "higher" },
  { name: "cost", better: "lower" },
];
const price = fc.integer({ min: 0, max: 8 });
const point = fc.tuple(price, price);
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((tasks) => fc.array(fc.array(point, { minLength: tasks, maxLength: tasks }), { minLength: 1, maxLength: 6 }));

function frontierOf(
  type: FrontierType,
  pool: readonly (readonly ObjectiveVector[])[],
  objectives: readonly Objective[],
): Frontier {
  return pool.reduce(
    (frontier, measured) =>
      addToFrontier(frontier, type.row(measured, objectives), frontierTypes.task.row(measured, objectives)),
    newFrontier(type.tolerance(pool[0]?.length ?? 0, objectives)),
  );
}

describe.each(Object.entries<FrontierType>(frontierTypes))("the frontier by %s", (name, type) => {
  test("bears its name, and every candidate whom nobody dominates may breed, under every parent rule", () => {
    expect(type.name).toBe(name);
    fc.assert(
      fc.property(table, (pool) => {
        const frontier = frontierOf(type, pool, qualityAndCost);
        for (const rule of Object.values(parentRules)) {
          const probabilities = parentProbabilities(rule, frontier, makeRandom(1));
          expect(probabilities.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 12);
          for (const survivor of survivorsOf(frontier)) expect(probabilities[survivor]).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("has one tolerance for all its columns, or one for each", () => {
    const measured = [
      [1, 5],
      [0, 3],
    ];
    const tolerance = type.tolerance(2, qualityAndCost);
    if (typeof tolerance !== "number") expect(tolerance).toHaveLength(type.row(measured, qualityAndCost).length);
  });
});

describe("what sets the frontiers apart", () => {
  const measured = [
    [1, 5],
    [0.5, null],
  ];

  test("task, objective, hybrid and cartesian have the columns that their names say, higher being better", () => {
    expect(frontierTypes.task.row(measured, qualityAndCost)).toEqual([1, 0.5]);
    expect(frontierTypes.objective.row(measured, qualityAndCost)).toEqual([0.75, -5]);
    expect(frontierTypes.hybrid.row(measured, qualityAndCost)).toEqual([1, 0.5, 0.75, -5]);
    expect(frontierTypes.cartesian.row(measured, qualityAndCost)).toEqual([1, -5, 0.5, null]);
    expect(() => frontierTypes.task.row([[1]], qualityAndCost)).toThrow(RangeError);
  });

  test("the cheapest candidate lives on by objective and not by task", () => {
    const pool = [[[1, 9] as const], [[0.9, 1] as const]];
    expect(survivorsOf(frontierOf(frontierTypes.task, pool, qualityAndCost))).toEqual([0]);
    expect(survivorsOf(frontierOf(frontierTypes.objective, pool, qualityAndCost))).toEqual([0, 1]);
    expect(survivorsOf(frontierOf(frontierTypes.hybrid, pool, qualityAndCost))).toEqual([0, 1]);
  });

  test("a price that differs by less than its tolerance is the same price", () => {
    const tolerant = [
      { name: "quality", better: "higher" },
      { name: "cost", better: "lower", tolerance: 0.5 },
    ] as const;
    const pool = [[[0.8, 1.2] as const], [[0.8, 1] as const]];
    expect(survivorsOf(frontierOf(frontierTypes.objective, pool, tolerant))).toEqual([0, 1]);
    expect(survivorsOf(frontierOf(frontierTypes.objective, pool, qualityAndCost))).toEqual([1]);
  });

  test("the best all-rounder is told by its scores, whatever unit the columns have", () => {
    const pool = [[[0.2, 1] as const], [[0.9, 900] as const]];
    const frontier = frontierOf(frontierTypes.objective, pool, qualityAndCost);
    expect(parentRules.best.weights(frontier, makeRandom(1))).toEqual([0, 1]);
  });
});

describe("true Pareto dominance over objectives", () => {
  test("knows that less money, time and tokens is better", () => {
    const fast = [0.8, 1, 0.01, 900, 1200];
    const slow = [0.8, 1, 0.01, 1500, 1200];
    const better = [0.9, 1, 0.02, 900, 1200];
    expect(paretoFront([slow, fast, better], standardObjectives)).toEqual([1, 2]);
  });

  test("the front is who is left when everybody is compared with everybody", () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 12 }), (vectors) => {
        const beats = ([a, b]: readonly number[], [c, d]: readonly number[]): boolean =>
          (a ?? 0) >= (c ?? 0) && (b ?? 0) <= (d ?? 0) && ((a ?? 0) > (c ?? 0) || (b ?? 0) < (d ?? 0));
        const expected = vectors.flatMap((one, index) => (vectors.some((other) => beats(other, one)) ? [] : [index]));
        expect(paretoFront(vectors, qualityAndCost)).toEqual(expected);
        if (vectors.length > 0) expect(expected.length).toBeGreaterThan(0);
      }),
    );
  });

  test("a vector with a value that was not measured dominates none that has it", () => {
    expect(dominates([1, null], [0, -1])).toBe(false);
    expect(
      paretoFront(
        [
          [1, null],
          [0, 3],
        ],
        qualityAndCost,
      ),
    ).toEqual([0, 1]);
  });
});

describe("the hypervolume of two objectives", () => {
  test("is the area counted square by square", () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 10 }), (vectors) => {
        let squares = 0;
        for (let quality = 0; quality < 8; quality++)
          for (let cost = 1; cost <= 8; cost++)
            if (vectors.some(([q, c]) => q >= quality + 1 && c <= cost - 1)) squares += 1;
        expect(hypervolume(vectors, [0, 8], qualityAndCost)).toBe(squares);
      }),
    );
  });

  test("counts nothing for what is no better than the reference or was not measured", () => {
    expect(
      hypervolume(
        [
          [0.5, 9],
          [null, 1],
        ],
        [0, 8],
        qualityAndCost,
      ),
    ).toBe(0);
    expect(() => hypervolume([], [0, null], qualityAndCost)).toThrow(RangeError);
    expect(() => hypervolume([], [0, 1, 2, 3, 4], standardObjectives)).toThrow(RangeError);
  });
});
