import { mean } from "./mean.ts";

/** Score of an arm on a block, both counted from 0; what was measured before should cost nothing. */
export type Measure = (arm: number, block: number) => number;

/** How many arms (the best so far) have all of the first `blocks` blocks at the end of a round. */
export interface HalvingRound {
  readonly arms: number;
  readonly blocks: number;
}

/**
 * Sequential halving (Karnin, Koren, Somekh 2013) on shared blocks, with a look after every block: an equal share of the budget for every
 * halving of the arms means that after t blocks A c / (c + t) of A arms are still in, and c is as large as the budget pays for. Beside rounds
 * that really halve it throws fewer arms away after their first block and loses less (docs/benchmarks/replay-slab.md). `budget` is the most
 * measurements in all. Where it cannot pay for every arm once and leave something for later blocks, only the first arms take part; their
 * order should be by chance. Throws RangeError without an arm, a block or a budget.
 */
export function halvingRounds(arms: number, blocks: number, budget: number): HalvingRound[] {
  if (!(arms >= 1 && blocks >= 1 && budget >= 1)) throw new RangeError("halving needs an arm, a block and a budget");
  const entered = Math.min(arms, Math.max(1, Math.floor(budget / LATER_SHARE)));
  const plan = (pace: number): HalvingRound[] =>
    Array.from({ length: blocks }, (_, block) => ({
      arms: Math.min(entered, Math.ceil((entered * pace) / (pace + block))),
      blocks: block + 1,
    })).filter((round) => round.arms > 1);
  const cost = (rounds: readonly HalvingRound[]): number => rounds.reduce((sum, round) => sum + round.arms, 0);
  let [low, high] = [FASTEST, SLOWEST];
  for (let step = 0; step < STEPS; step++) {
    const pace = step === 0 ? high : Math.sqrt(low * high);
    if (cost(plan(pace)) <= budget) low = pace;
    else high = pace;
  }
  const rounds = plan(low);
  return rounds.length > 0 ? rounds : [{ arms: 1, blocks: 1 }];
}

/** Of a small budget, what is spent on all arms that enter, as a divisor; the rest is for those that stay. */
const LATER_SHARE = 3;
/** Paces at which all arms but one leave after the first block, and at which none ever does. */
const FASTEST = 1e-9;
const SLOWEST = 1e9;
const STEPS = 60;

/** Plays rounds until one arm is left, or they are over: the arm with the best mean, of equals the earlier one. */
export function halving(arms: number, rounds: readonly HalvingRound[], measure: Measure): number {
  let alive: readonly number[] = Array.from({ length: arms }, (_, arm) => arm);
  const seen: number[][] = alive.map(() => []);
  for (const round of rounds) {
    alive = alive.slice(0, round.arms);
    for (const arm of alive) {
      const row = seen[arm] ?? [];
      for (let block = row.length; block < round.blocks; block++) row.push(measure(arm, block));
    }
    const means = new Map(alive.map((arm) => [arm, mean(seen[arm] ?? [])]));
    alive = alive.toSorted((a, b) => (means.get(b) ?? 0) - (means.get(a) ?? 0) || a - b);
  }
  return alive[0] ?? 0;
}
