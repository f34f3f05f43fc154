import type { ScoreRow } from "./score-matrix.ts";

/** How far apart two values must be to differ: one number for all columns, or one a column. 0: any difference counts. */
export type Tolerance = number | readonly number[];

/**
 * Pareto dominance: `a` was scored wherever `b` was, is at least as good in every column they share, and better in one by more than the
 * tolerance. Higher is better. A candidate with fewer scores dominates none with more: on tasks it has not seen nothing is known of it.
 * The tolerance makes ties of what chance alone could tell apart, and forgives no loss: if it did, three candidates could each dominate
 * the next. So the relation is an order, and a pool always has someone whom nobody dominates.
 */
export function dominates(a: ScoreRow, b: ScoreRow, tolerance: Tolerance = 0): boolean {
  let isAhead = false;
  for (let column = 0; column < b.length; column++) {
    const theirs = b[column] ?? null;
    if (theirs === null) continue;
    const mine = a[column] ?? null;
    if (mine === null || mine < theirs) return false;
    if (mine - theirs > toleranceAt(tolerance, column)) isAhead = true;
  }
  return isAhead;
}

/** The tolerance of one column. */
export function toleranceAt(tolerance: Tolerance, column: number): number {
  return typeof tolerance === "number" ? tolerance : (tolerance[column] ?? 0);
}
