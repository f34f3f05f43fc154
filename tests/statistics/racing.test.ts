import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  believe,
  halving,
  halvingRounds,
  mean,
  mostPromising,
  probabilityBetter,
  type Measure,
} from "../../src/statistics/index.ts";
import { expectedGain } from "../../src/statistics/expected-gain.ts";
import { difficulty, moved } from "./landscape.ts";

type Pick = (measure: Measure) => number;

/** Measures what a race asks for until it picks. */
function play(world: readonly (readonly number[])[], pick: Pick): { pick: number; cost: number } {
  const seen = new Set<string>();
  const picked = pick((arm, block) => {
    const score = world[arm]?.[block];
    if (score === undefined) throw new Error("a block was asked for that is not there");
    if (seen.has(`${arm}/${block}`)) throw new Error("a block was asked for twice");
    seen.add(`${arm}/${block}`);
    return score;
  });
  return { pick: picked, cost: seen.size };
}

/** Sixteen arms on 64 tasks (16 blocks of 4): a gain of its own for each arm, task difficulty and noise shared by all. */
function planted(seed: number): { truth: number[]; world: number[][] } {
  const random = makeRandom(`race/${seed}`);
  const gains = Array.from({ length: 16 }, () => 0.5 * random.normal());
  const places = Array.from({ length: 2000 }, () => difficulty(random));
  const truth = gains.map((gain) => mean(places.map((place) => moved(place, gain))));
  const tasks = Array.from({ length: 64 }, () => ({ place: difficulty(random), noise: random.next() }));
  const world = gains.map((gain) =>
    Array.from({ length: 16 }, (_, block) =>
      mean(tasks.slice(4 * block, 4 * block + 4).map(({ place, noise }) => Number(noise < moved(place, gain)))),
    ),
  );
  return { truth, world };
}

const seeds = Array.from({ length: 200 }, (_, seed) => seed);
const best = (values: readonly number[]): number => values.indexOf(Math.max(...values));

function outcome(pick: Pick): { regret: number; share: number } {
  const games = seeds.map((seed) => {
    const { truth, world } = planted(seed);
    const { pick: arm, cost } = play(world, pick);
    return { regret: Math.max(...truth) - (truth[arm] ?? 0), share: cost / 256 };
  });
  return { regret: mean(games.map(({ regret }) => regret)), share: mean(games.map(({ share }) => share)) };
}

const full = mean(
  seeds.map((seed) => {
    const { truth, world } = planted(seed);
    return Math.max(...truth) - (truth[best(world.map(mean))] ?? 0);
  }),
);

test("halving costs at most 35 % of measuring everything and loses at most 1.5 points more", () => {
  const rounds = halvingRounds(16, 16, 89);
  const { regret, share } = outcome((measure) => halving(16, rounds, measure));
  expect(share).toBeLessThanOrEqual(0.35);
  expect(regret).toBeLessThanOrEqual(full + 0.015);
});

test("measuring the most promising costs less than halving and loses at most 1.5 points more than measuring everything", () => {
  const rounds = halvingRounds(16, 16, 89);
  const halved = outcome((measure) => halving(16, rounds, measure));
  const { regret, share } = outcome((measure) => mostPromising({ arms: 16, blocks: 16, budget: 256 }, measure));
  expect(share).toBeLessThan(halved.share);
  expect(regret).toBeLessThanOrEqual(full + 0.015);
});

test("halving never spends more than its budget or asks for a block that is not there", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 1, max: 2000 }),
      (arms, blocks, budget) => {
        const rounds = halvingRounds(arms, blocks, budget);
        let [cost, before] = [0, 0];
        for (const round of rounds) {
          cost += round.arms * (round.blocks - before);
          before = round.blocks;
          expect(round.arms).toBeLessThanOrEqual(arms);
          expect(round.blocks).toBeLessThanOrEqual(blocks);
        }
        expect(cost).toBeLessThanOrEqual(budget);
      },
    ),
  );
});

test("halving takes the best arm where there is no noise", () => {
  const world = seeds.slice(0, 37).map((seed) => Array<number>(10).fill(((seed * 17) % 37) / 37));
  const rounds = halvingRounds(37, 10, 370);
  expect(play(world, (measure) => halving(37, rounds, measure)).pick).toBe(best(world.map(mean)));
});

test("rounds look after every block, and a larger budget leaves no fewer arms in", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 300 }),
      fc.integer({ min: 1, max: 100 }),
      fc.integer({ min: 6, max: 3000 }),
      (arms, blocks, budget) => {
        const rounds = halvingRounds(arms, blocks, budget);
        const more = halvingRounds(arms, blocks, 2 * budget);
        for (const [index, round] of rounds.entries()) {
          expect(round.blocks).toBe(index + 1);
          expect(round.arms).toBeLessThanOrEqual(rounds[index - 1]?.arms ?? arms);
          expect(round.arms).toBeLessThanOrEqual(more[index]?.arms ?? 1);
        }
      },
    ),
  );
  expect(halvingRounds(20, 10, 200)).toHaveLength(10);
  expect(halvingRounds(20, 10, 200).every((round) => round.arms === 20)).toBe(true);
});

test("the most promising are measured within the budget, each block once, and a clear leader ends it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 256 }), fc.integer({ min: 0, max: 199 }), (budget, seed) => {
      const { world } = planted(seed);
      const { pick, cost } = play(world, (measure) =>
        mostPromising({ arms: 16, blocks: 16, budget, least: 0 }, measure),
      );
      expect(cost).toBeLessThanOrEqual(budget);
      expect(world[pick]).toBeDefined();
    }),
    { numRuns: 30 },
  );
  const clear = Array.from({ length: 6 }, (_, arm) =>
    Array.from({ length: 16 }, (_, block) => (arm === 4 ? 0.9 : 0.2) + 0.01 * ((arm * 7 + block * 3) % 5)),
  );
  const { pick, cost } = play(clear, (measure) => mostPromising({ arms: 6, blocks: 16, budget: 96 }, measure));
  expect(pick).toBe(4);
  expect(cost).toBeLessThan(48);
});

test("the expected gain is what many draws come to", () => {
  const random = makeRandom("expected-gain");
  const draws = Array.from({ length: 40_000 }, () => random.normal());
  for (const [center, deviation] of [
    [-0.5, 1],
    [0.2, 0.3],
    [-2, 1],
  ] as const) {
    // prettier-ignore
    const drawn = mean(draws.map((draw) => Math.max(0, center + deviation * draw)));
    expect(expectedGain(center, deviation)).toBeCloseTo(drawn, 2);
  }
  expect([expectedGain(0.3, 0), expectedGain(-0.3, 0)]).toEqual([0.3, 0]);
});

test("arms that did different blocks are compared on equal terms", () => {
  const hard = [0, 0.4, -0.4, 0.3, -0.3, 0.2, -0.2, 0.1];
  const gains = [0.1, 0, -0.1, 0.05, -0.05];
  const random = makeRandom("crossed");
  const scores = gains.map((gain, arm) =>
    hard.map((block, index) =>
      arm === 0 && index % 2 === 1 ? undefined : 0.5 + gain + block + 0.005 * random.normal(),
    ),
  );
  const { means } = believe(scores);
  for (const [arm, gain] of gains.entries()) expect((means[arm] ?? 0) - mean(means)).toBeCloseTo(gain, 1);
  expect(best(means)).toBe(0);
});

test("the stated probability of being better is near its frequency where the model holds", () => {
  const random = makeRandom("calibration");
  const tallies = Array.from({ length: 10 }, () => ({ stated: 0, better: 0, n: 0 }));
  for (let world = 0; world < 300; world++) {
    const truth = Array.from({ length: 12 }, () => 0.05 * random.normal());
    const blocks = Array.from({ length: 4 }, () => 0.1 * random.normal());
    const belief = believe(truth.map((arm) => blocks.map((block) => 0.6 + arm + block + 0.08 * random.normal())));
    for (let a = 0; a < 12; a += 2) {
      const stated = probabilityBetter(belief, a, a + 1);
      const tally = tallies[Math.min(9, Math.floor(stated * 10))];
      if (tally === undefined) continue;
      tally.n++;
      tally.stated += stated;
      tally.better += Number((truth[a] ?? 0) > (truth[a + 1] ?? 0));
    }
  }
  const gaps = tallies.map(({ stated, better }) => Math.abs(stated - better));
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / 1800).toBeLessThan(0.05);
});

test("after one block, what is known of the noise decides how far a lead is believed", () => {
  const scores = [[0.5], [0.6], [0.7], [0.8]];
  const sure = probabilityBetter(believe(scores, 0.0005), 3, 0);
  const unsure = probabilityBetter(believe(scores, 0.012), 3, 0);
  expect(sure).toBeGreaterThan(0.99);
  expect(unsure).toBeLessThan(0.8);
});

test("nothing measured is an error", () => {
  expect(() => believe([[], []])).toThrow("nothing was measured");
});
