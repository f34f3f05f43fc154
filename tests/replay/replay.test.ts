import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { replay, replayRule, type RecordedTable, type Rule } from "../../src/replay/index.ts";
import { summarizeGames, type GameResult } from "../../src/replay/summary.ts";

/** Arms that pass items with the rates given, all equally where they are equal. */
function recorded(rates: readonly number[], items: number, seed: number): RecordedTable {
  const random = makeRandom(`replay-test/${seed}`);
  return {
    name: `t${seed}`,
    arms: rates.map((_, arm) => `arm-${arm}`),
    scores: rates.map((rate) => Array.from({ length: items }, () => Number(random.next() < rate))),
  };
}

test("the same seed gives the same figures, another one others", () => {
  const table = recorded([0.4, 0.5, 0.6], 100, 1);
  const rule = replayRule("halving");
  const figures = (seed: number): unknown => replay([table], rule, { games: 30, seed });
  expect(figures(1)).toEqual(figures(1));
  expect(figures(1)).not.toEqual(figures(2));
});

test("where no challenger is better on the items held out, the gate promotes in at most 5 % of games", () => {
  const tables = Array.from({ length: 20 }, (_, seed) => recorded(Array<number>(6).fill(0.6), 300, seed));
  const { all } = replay(tables, replayRule("gate"), { games: 20, budget: 1800 });
  expect(all.promoted.value).toBeLessThanOrEqual(0.05);
  const rashly = replay(tables, replayRule("fixed-n"), { games: 20, budget: 360, heldOut: 0.5 }).all;
  expect(rashly.promoted.value).toBeGreaterThan(0.7);
  expect(rashly.falsePromotions.value).toBeGreaterThan(0.3);
});

test("a true gain is found by the gate, and its promise is kept", () => {
  const tables = Array.from({ length: 10 }, (_, seed) => recorded([0.4, 0.7], 200, seed));
  const { all } = replay(tables, replayRule("gate"), { games: 20, incumbent: "arm-0", budget: 400 });
  expect(all.promoted.value).toBeGreaterThan(0.9);
  expect(all.falsePromotions.value).toBeLessThanOrEqual(0.05);
  expect(all.calibration?.all.stated).toBeCloseTo(0.95);
});

test("a budget in items is kept whatever the block", () => {
  const table = recorded([0.3, 0.4, 0.5, 0.6], 120, 3);
  for (const block of [1, 5, 20]) {
    const { all } = replay([table], replayRule("fixed-n"), { games: 5, block, budget: 170 });
    expect(all.results).toBeLessThanOrEqual(170);
    expect(all.results).toBeGreaterThan(80);
  }
});

test("a rule of one's own states a confidence, and is held to it", () => {
  const table = recorded([0.5, 0.8], 50, 4);
  const boaster: Rule = () => ({ arm: 1, confidence: 0.99 });
  const { all } = replay([table], boaster, { games: 100 });
  expect(all).toMatchObject({ games: 100, results: 0, cost: 0, promoted: { value: 1 } });
  expect(all.calibration?.all).toMatchObject({ n: 100, stated: expect.closeTo(0.99) });
  expect(all.calibration?.all.right.value).toBeCloseTo(1 - all.falsePromotions.value);
  expect(all.calibration?.all.right.value).toBeLessThan(0.7);
});

test("games are summed up as counted by hand, and nothing promoted has no share of false ones", () => {
  const game = (gain: number, regret: number, confidence?: number): GameResult => ({
    regret,
    gain,
    promoted: gain !== 0,
    better: true,
    confidence,
    results: 10,
    share: 0.1,
    cost: 2,
  });
  const summary = summarizeGames([[game(0.1, 0, 0.9), game(-0.1, 0.2, 0.6)], [game(0, 0.1), game(0.1, 0, 0.8)]]); // prettier-ignore
  expect(summary).toMatchObject({
    games: 4,
    regret: { value: expect.closeTo(0.075), n: 4 },
    bestFound: { value: 0.5 },
    promoted: { value: 0.75 },
    falsePromotions: { value: expect.closeTo(1 / 3), n: 3 },
    missed: { value: 0.25, n: 4 },
    results: 10,
    cost: 2,
  });
  expect(summary.calibration?.bins.map(({ from, n }) => [from, n])).toEqual([
    [0.6, 1],
    [0.8, 1],
    [0.9, 1],
  ]);
  const none = summarizeGames([[game(0, 0.1)]]);
  expect(none.falsePromotions).toMatchObject({ n: 0, interval: [0, 1] });
  expect(none.calibration).toBeUndefined();
});
