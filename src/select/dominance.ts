import type { ScoreRow } from "./score-matrix.ts";

/**
 * Pareto dominance: `a` was scored wherever `b` was, is at least as good on every task they share, and better on one.
 * A candidate with fewer scores dominates none with more: on tasks it has not seen nothing is known of it. This also makes the relation an
 * order, so that a pool always has someone whom nobody dominates.
 */
export function dominates(a: ScoreRow, b: ScoreRow): boolean {
  let isAhead = false;
  for (let task = 0; task < b.length; task++) {
    const theirs = b[task] ?? null;
    if (theirs === null) continue;
    const mine = a[task] ?? null;
    if (mine === null || mine < theirs) return false;
    if (mine > theirs) isAhead = true;
  }
  return isAhead;
}
