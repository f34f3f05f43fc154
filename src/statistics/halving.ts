import type { BlockScores } from "./arm-belief.ts";
import { mean } from "./mean.ts";

/** One more block of one arm that is to be measured. */
interface ArmBlock {
  readonly arm: number;
  readonly block: number;
}

/** What a race wants next: measurements, or the arm to take. */
export type RaceStep =
  | { readonly kind: "evaluate"; readonly cells: readonly ArmBlock[] }
  | { readonly kind: "pick"; readonly arm: number };

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

/**
 * What sequential halving does next, from the scores there are. It looks only at those that its rounds ask for, so scores that were there
 * before cost nothing and change nothing. Equal means go to the earlier arm.
 */
export function halvingStep(scores: BlockScores, rounds: readonly HalvingRound[]): RaceStep {
  return stepThrough(scores, rounds, (seen, alive) => {
    const means = new Map(alive.map((arm) => [arm, mean((seen[arm] ?? []).filter((score) => score !== undefined))]));
    return alive.toSorted((a, b) => (means.get(b) ?? 0) - (means.get(a) ?? 0) || a - b);
  });
}

/** The arms that stay in, best first, by the scores that were asked for so far. */
type Judge = (seen: BlockScores, alive: readonly number[]) => readonly number[];

/** Plays the rounds from the start until a score is missing, one arm is left, or the rounds are over. */
export function stepThrough(scores: BlockScores, rounds: readonly HalvingRound[], judge: Judge): RaceStep {
  let alive: readonly number[] = scores.map((_, arm) => arm);
  const seen: (number | undefined)[][] = scores.map(() => []);
  for (const { arms, blocks } of rounds) {
    alive = alive.slice(0, arms);
    const cells = alive.flatMap((arm) =>
      Array.from({ length: blocks }, (_, block) => ({ arm, block })).filter(
        ({ block }) => scores[arm]?.[block] === undefined,
      ),
    );
    if (cells.length > 0) return { kind: "evaluate", cells };
    for (const arm of alive) seen[arm] = (scores[arm] ?? []).slice(0, blocks);
    alive = judge(seen, alive);
    if (alive.length === 1) break;
  }
  return { kind: "pick", arm: alive[0] ?? 0 };
}
