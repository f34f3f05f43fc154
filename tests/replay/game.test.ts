import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { deal, fixedN, play, replayRules, type RecordedTable } from "../../src/replay/index.ts";

const anyTable = fc
  .record({ arms: fc.integer({ min: 2, max: 8 }), items: fc.integer({ min: 4, max: 40 }), seed: fc.integer() })
  .map(({ arms, items, seed }): RecordedTable => {
    const random = makeRandom(seed);
    const row = (): number[] => Array.from({ length: items }, () => random.int(2));
    return {
      name: "any",
      arms: Array.from({ length: arms }, (_, arm) => `arm ${arm}`),
      scores: Array.from({ length: arms }, row),
      costs: Array.from({ length: arms }, () => row().map((cost) => cost + 0.5)),
    };
  });

test("a game shows every arm the same items, and each item once", () => {
  fc.assert(
    fc.property(anyTable, fc.integer(), fc.integer({ min: 1, max: 4 }), (table, seed, block) => {
      const game = deal(table, { block }, makeRandom(seed));
      const total = (rows: readonly (readonly number[])[]): number =>
        rows.flat().reduce((sum, value) => sum + value, 0);
      const items = table.scores[0]?.length ?? 0;
      expect(game.scores.every((row) => row.length === Math.floor(items / block))).toBe(true);
      if (items % block !== 0) return;
      expect(total(game.scores) * block).toBeCloseTo(total(table.scores));
      expect(total(game.costs)).toBeCloseTo(total(table.costs ?? []));
      for (const [place, arm] of game.arms.entries()) {
        const row = table.scores[table.arms.indexOf(arm)] ?? [];
        expect(game.truth[place]).toBeCloseTo(total([row]) / items);
      }
    }),
  );
});

test("no rule spends more than its budget, pays twice, or picks what is not there", () => {
  for (const { name, make } of replayRules) {
    fc.assert(
      fc.property(anyTable, fc.integer(), fc.integer({ min: 1, max: 200 }), (table, seed, budget) => {
        const game = deal(table, {}, makeRandom(seed));
        const { pick, results, cost } = play(game, make({}), budget);
        expect(game.arms[pick], name).toBeDefined();
        expect(results).toBeLessThanOrEqual(Math.min(budget, game.scores.flat().length));
        expect(cost).toBeGreaterThanOrEqual(0.5 * results - 1e-9);
        expect(cost).toBeLessThanOrEqual(1.5 * results + 1e-9);
      }),
      { numRuns: 60 },
    );
  }
});

test("with all results and no noise every picking rule finds the best, and the gate one that is better", () => {
  const scores = [0.2, 0.9, 0.4, 0.1].map((score) => Array.from({ length: 120 }, () => score));
  const table = { name: "clear", arms: ["a", "b", "c", "d"], scores };
  for (const { name, make } of replayRules) {
    for (let seed = 0; seed < 20; seed++) {
      const game = deal(table, {}, makeRandom(seed));
      expect(game.arms[play(game, make({})).pick], name).toBe("b");
    }
  }
});

test("what is revealed again costs nothing, and what is held out is never revealed", () => {
  const table = { name: "two", arms: ["a", "b"], scores: [[1, 1, 0, 0], [0, 0, 1, 1]] }; // prettier-ignore
  const game = deal(table, { heldOut: 0.5 }, makeRandom("two"));
  const played = play(game, ({ reveal, blocks }) => {
    expect(blocks).toBe(2);
    for (let again = 0; again < 5; again++) reveal(0, 1);
    return { arm: 1, confidence: 0.7 };
  });
  expect(played).toEqual({ pick: 1, confidence: 0.7, results: 1, cost: 1 });
  for (const [place, arm] of game.arms.entries()) {
    const all = table.scores[table.arms.indexOf(arm)]?.reduce((sum, score) => sum + score, 0) ?? 0;
    const seen = game.scores[place]?.reduce((sum, score) => sum + score, 0) ?? 0;
    expect(game.truth[place]).toBe((all - seen) / 2);
  }
});

test("the incumbent that is named is arm 0 and always takes part", () => {
  const table = { name: "t", arms: ["a", "b", "c"], scores: [[1], [0], [1]] };
  for (let seed = 0; seed < 10; seed++) {
    const game = deal(table, { incumbent: "b", arms: 2 }, makeRandom(seed));
    expect(game.arms).toHaveLength(2);
    expect(game.arms[0]).toBe("b");
  }
  expect(() => deal(table, { incumbent: "B" }, makeRandom(1))).toThrow('has no arm "B"');
});

test("a rule that asks for what is not there, or for too much, is told so", () => {
  const game = deal({ name: "t", arms: ["a", "b"], scores: [[1, 0], [0, 1]] }, {}, makeRandom(1)); // prettier-ignore
  const codeOf = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };
  expect(codeOf(() => play(game, ({ reveal }) => ({ arm: reveal(0, 2) })))).toBe("not-recorded");
  expect(codeOf(() => play(game, () => ({ arm: 2 })))).toBe("not-recorded");
  expect(codeOf(() => play(game, ({ reveal }) => ({ arm: reveal(0, 0) * reveal(1, 0) * 0 }), 1))).toBe("over-budget");
  expect(codeOf(() => deal({ name: "t", arms: ["a", "b"], scores: [[1], [0]] }, { block: 2 }, makeRandom(1)))).toBe(
    "too-few-items",
  );
  expect(play(game, fixedN, 1).results).toBe(1);
});
