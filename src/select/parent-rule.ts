import type { Random } from "../base/index.ts";
import { survivorsOf, type Frontier } from "./frontier.ts";
import { bestStanding } from "./score-matrix.ts";

/** How likely each candidate is to be changed next. Implementations are in parent-rules.ts, near-best.ts and lexicase.ts. */
export interface ParentRule {
  readonly name: string;
  /**
   * One weight a candidate, each at least 0; all zero means that the rule has no preference. The pool is not empty. Rules that hold a
   * lottery of their own draw from `random`: their weights are those of one lottery.
   */
  weights(frontier: Frontier, random: Random): readonly number[];
}

/** Share of the probability that no rule decides about. */
const FLOOR = 0.2;

/**
 * The probability of each candidate, adding up to 1: four fifths by the rule, a tenth to the best all-rounder, which may be best on no single
 * task, and a tenth shared by all candidates that no other dominates. Throws RangeError in an empty pool.
 */
export function parentProbabilities(rule: ParentRule, frontier: Frontier, random: Random): readonly number[] {
  const best = bestStanding(frontier.scores);
  if (best === undefined) throw new RangeError("there is no candidate to choose from");
  const survivors = survivorsOf(frontier);
  const weights = rule.weights(frontier, random);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return frontier.rows.map((_, index) => {
    const survivorShare = frontier.dominated[index] === true ? 0 : 1 / survivors.length;
    const ruled = total > 0 ? (weights[index] ?? 0) / total : survivorShare;
    return (1 - FLOOR) * ruled + (FLOOR / 2) * survivorShare + (index === best ? FLOOR / 2 : 0);
  });
}

/** Draws the candidate to change next. Throws RangeError in an empty pool. */
export function chooseParent(rule: ParentRule, frontier: Frontier, random: Random): number {
  return random.weighted(parentProbabilities(rule, frontier, random));
}
