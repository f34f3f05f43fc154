import { believe, type ArmBelief } from "./arm-belief.ts";
import { normalCdf } from "./distributions.ts";
import { playRounds, type HalvingRound, type Measure } from "./halving.ts";

export interface RaceOptions {
  /** A gain up to this does not matter, in points of score. */
  readonly tolerance: number;
  /** An arm leaves when the probability that it beats the leader by more than the tolerance is below this; 0: none leaves so. */
  readonly risk: number;
}

/** Probability that arm `a` is truly better than arm `b` by more than `tolerance`, as far as the scores tell. */
export function probabilityBetter(belief: ArmBelief, a: number, b: number, tolerance = 0): number {
  const variance = (belief.variances[a] ?? 0) + (belief.variances[b] ?? 0);
  const gain = (belief.means[a] ?? 0) - (belief.means[b] ?? 0) - tolerance;
  return variance > 0 ? normalCdf(gain / Math.sqrt(variance)) : Number(gain > 0);
}

/** The same rounds with a look after every block instead of at their ends. */
export function everyBlock(rounds: readonly HalvingRound[]): HalvingRound[] {
  return rounds.flatMap(({ arms, blocks }, index) => {
    const before = rounds[index - 1]?.blocks ?? 0;
    return Array.from({ length: blocks - before }, (_, more) => ({ arms, blocks: before + more + 1 }));
  });
}

/**
 * A Bayesian race: the arm it picks. Halving by what is believed of the arms instead of by their plain means, where an arm also leaves as
 * soon as it is unlikely to beat the leader (F-Race, Birattari 2002, with a posterior in place of the test). It asks for no more than halving
 * by the same rounds, and ends early where the leader is clear or the arms hardly differ: when the spread between arms is small beside the
 * tolerance, no measurement is worth its price. Ties go to the earlier arm.
 */
export function race(
  arms: number,
  rounds: readonly HalvingRound[],
  measure: Measure,
  { tolerance, risk }: RaceOptions,
): number {
  return playRounds(arms, rounds, measure, (seen, alive) => {
    const entered = seen.flatMap((row, arm) => (row.length > 0 ? [arm] : []));
    const belief = believe(entered.map((arm) => seen[arm] ?? []));
    const placeOf = new Map(entered.map((arm, place) => [arm, place]));
    const place = (arm: number): number => placeOf.get(arm) ?? 0;
    const meanOf = (arm: number): number => belief.means[place(arm)] ?? 0;
    const ranked = alive.toSorted((a, b) => meanOf(b) - meanOf(a) || a - b);
    const leader = ranked[0] ?? 0;
    return ranked.filter(
      (arm) => arm === leader || probabilityBetter(belief, place(arm), place(leader), tolerance) >= risk,
    );
  });
}
