import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { addToFrontier, emptyFrontier, type Row } from "../../src/evolve/frontier.ts";
import { minibatchOf } from "../../src/evolve/minibatch.ts";

const rows = (cell: fc.Arbitrary<number | null>) =>
  fc
    .integer({ min: 1, max: 6 })
    .chain((tasks) =>
      fc.array(fc.array(cell, { minLength: tasks, maxLength: tasks }), { minLength: 1, maxLength: 12 }),
    );
const score = fc.constantFrom(0, 0.5, 1);

const build = (pool: readonly Row[]) => pool.reduce(addToFrontier, emptyFrontier);

/** Pareto dominance, straight from its definition, over the tasks both were scored on. */
function dominates(a: Row, b: Row): boolean {
  const shared = a.flatMap((x, task) => {
    const y = b[task] ?? null;
    return x === null || y === null ? [] : [[x, y] as const];
  });
  return shared.every(([x, y]) => x >= y) && shared.some(([x, y]) => x > y);
}

test("holders, wins and survivors are those of the whole pool, one candidate after the other", () => {
  fc.assert(
    fc.property(rows(score), (pool) => {
      const frontier = build(pool);
      const best = (pool[0] ?? []).map((_, task) => Math.max(...pool.map((row) => row[task] ?? 0)));
      const holds = (row: Row, task: number): boolean => row[task] === best[task];
      expect(frontier.best).toEqual(best);
      expect(frontier.wins).toEqual(pool.map((row) => row.filter((_, task) => holds(row, task)).length));
      expect(frontier.holders).toEqual(
        best.map((_, task) => pool.flatMap((row, index) => (holds(row, task) ? [index] : []))),
      );
      expect(frontier.dominated).toEqual(pool.map((row) => pool.some((other) => dominates(other, row))));
    }),
  );
});

test("missing scores win nothing, and somebody always survives", () => {
  fc.assert(
    fc.property(rows(fc.option(score, { nil: null })), (pool) => {
      const frontier = build(pool);
      expect(frontier.dominated).toContain(false);
      for (const [index, row] of pool.entries())
        expect(frontier.wins[index]).toBeLessThanOrEqual(row.filter((cell) => cell !== null).length);
    }),
  );
});

test("a balanced candidate that is best nowhere survives as long as nobody is better everywhere", () => {
  const frontier = build([
    [1, 0],
    [0, 1],
    [0.5, 0.5],
  ]);
  expect(frontier.wins).toEqual([1, 1, 0]);
  expect(frontier.dominated).toEqual([false, false, false]);
});

test("an epoch shows every training task once before any again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.nat(1000), (count, size, seed) => {
      const tasks = Array.from({ length: count }, (_, i) => i);
      const batch = Math.min(size, count);
      const perEpoch = Math.ceil(count / batch);
      for (const epoch of [0, 3]) {
        const seen = Array.from({ length: perEpoch }, (_, i) =>
          minibatchOf(tasks, size, epoch * perEpoch + i, makeRandom(seed)),
        );
        expect(seen.every((minibatch) => new Set(minibatch).size === batch)).toBe(true);
        expect(new Set(seen.flat()).size).toBe(count);
        expect(new Set(seen.flat().slice(0, count)).size).toBe(count);
      }
    }),
  );
});
