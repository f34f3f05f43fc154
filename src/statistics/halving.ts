import { mean } from "./mean.ts";

/** Score of an arm on a block, both counted from 0; what was measured before should cost nothing. */
export type Measure = (arm: number, block: number) => number;

/** How many arms (the best so far) have all of the first `blocks` blocks at the end of a round. */
export interface HalvingRound {
  readonly arms: number;
  readonly blocks: number;
}

/**
 * Sequential halving (Karnin, Koren, Somekh 2013) on shared blocks: each round measures the arms still in on as many more blocks as an even
 * share of the budget pays for, and keeps the better half. `budget` is the most measurements in all. Where it cannot pay for every arm
 * once and leave something for the later rounds, only the first arms take part; their order should be by chance.
 */
export function halvingRounds(arms: number, blocks: number, budget: number): HalvingRound[] {
  if (!(arms >= 1 && blocks >= 1 && budget >= 1)) throw new RangeError("halving needs an arm, a block and a budget");
  const entered = Math.min(arms, Math.max(1, Math.floor(budget / LATER_SHARE)));
  const rounds: HalvingRound[] = [];
  let [left, done] = [budget, 0];
  for (let alive = entered; alive > 1 && done < blocks; alive = Math.ceil(alive / 2)) {
    const share = left / Math.ceil(Math.log2(alive));
    const more = Math.min(blocks - done, Math.floor(left / alive), Math.max(1, Math.floor(share / alive)));
    if (more === 0) break;
    done += more;
    left -= more * alive;
    rounds.push({ arms: alive, blocks: done });
  }
  return rounds.length > 0 ? rounds : [{ arms: 1, blocks: 1 }];
}

/** Of a small budget, what is spent on all arms that enter, as a divisor; the rest is for those that stay. */
const LATER_SHARE = 3;

/** Sequential halving: the arm it picks. Equal means go to the earlier arm. */
export function halving(arms: number, rounds: readonly HalvingRound[], measure: Measure): number {
  return playRounds(arms, rounds, measure, (seen, alive) => {
    const means = new Map(alive.map((arm) => [arm, mean(seen[arm] ?? [])]));
    return alive.toSorted((a, b) => (means.get(b) ?? 0) - (means.get(a) ?? 0) || a - b);
  });
}

/** The arms that stay in, best first, by the scores so far: of each arm those of its first blocks. */
type Judge = (seen: readonly (readonly number[])[], alive: readonly number[]) => readonly number[];

/** Plays rounds until one arm is left, or they are over. */
export function playRounds(arms: number, rounds: readonly HalvingRound[], measure: Measure, judge: Judge): number {
  let alive: readonly number[] = Array.from({ length: arms }, (_, arm) => arm);
  const seen: number[][] = alive.map(() => []);
  for (const { arms: kept, blocks } of rounds) {
    alive = alive.slice(0, kept);
    for (const arm of alive) {
      const row = seen[arm] ?? [];
      for (let block = row.length; block < blocks; block++) row.push(measure(arm, block));
    }
    alive = judge(seen, alive);
    if (alive.length === 1) break;
  }
  return alive[0] ?? 0;
}
