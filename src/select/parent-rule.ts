import type { Random } from "../base/index.ts";
import { survivorsOf, type Frontier } from "./frontier.ts";
import { leaderOf } from "./score-matrix.ts";

/** How likely each candidate is to be changed next. Implementations are in parent-rules.ts, near-best.ts and lexicase.ts. */
export interface ParentRule {
  readonly name: string;
  /**
   * One weight a candidate, each at least 0; all zero means that the rule has no preference. The pool is not empty. Rules that hold a
   * lottery of their own draw from `random`: their weights are those of one lottery.
   */
  weights(frontier: Frontier, random: Random): readonly number[];
}

/** Candidates whom a person wants to be parents, or not to be, whatever the rule; by position, nobody in both. */
export interface SetApart {
  readonly pinned: readonly number[];
  readonly barred: readonly number[];
}

const nobody: SetApart = { pinned: [], barred: [] };

/** Share of the probability that no rule decides about. */
const FLOOR = 0.2;

/**
 * The probability of each candidate, adding up to 1: four fifths by the rule, a tenth to the best all-rounder, which may be best on no single
 * task, and a tenth shared by all candidates that no other dominates. Throws RangeError in an empty pool.
 */
export function parentProbabilities(
  rule: ParentRule,
  frontier: Frontier,
  random: Random,
  apart: SetApart = nobody,
): readonly number[] {
  const best = leaderOf(frontier.totals)?.index;
  if (best === undefined) throw new RangeError("there is no candidate to choose from");
  const survivors = survivorsOf(frontier);
  const weights = rule.weights(frontier, random);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const probabilities = frontier.rows.map((_, index) => {
    const survivorShare = frontier.dominated[index] === true ? 0 : 1 / survivors.length;
    const ruled = total > 0 ? (weights[index] ?? 0) / total : survivorShare;
    return (1 - FLOOR) * ruled + (FLOOR / 2) * survivorShare + (index === best ? FLOOR / 2 : 0);
  });
  return apart.pinned.length + apart.barred.length === 0 ? probabilities : withoutBarred(probabilities, apart);
}

/** What the barred would have had goes to the others in proportion, or evenly; then the pinned share a tenth of all. */
function withoutBarred(probabilities: readonly number[], { barred, pinned }: SetApart): readonly number[] {
  const free = probabilities.map((probability, index) => (barred.includes(index) ? 0 : probability));
  const total = free.reduce((sum, probability) => sum + probability, 0);
  const even = 1 / Math.max(1, probabilities.length - barred.length);
  const shared = free.map((probability, index) =>
    total > 0 ? probability / total : barred.includes(index) ? 0 : even,
  );
  const own = pinned.length === 0 ? 0 : FLOOR / 2;
  return shared.map(
    (probability, index) => (1 - own) * probability + (pinned.includes(index) ? own / pinned.length : 0),
  );
}

/** Draws the candidate to change next. Throws RangeError in an empty pool. */
export function chooseParent(rule: ParentRule, frontier: Frontier, random: Random, apart?: SetApart): number {
  return random.weighted(parentProbabilities(rule, frontier, random, apart));
}
