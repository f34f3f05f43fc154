import type { ParentRule } from "./parent-rule.ts";
import { leaderOf, type ScoreMatrix, type ScoreRow } from "./score-matrix.ts";

/**
 * Whoever cannot be told from the best all-rounder, each as likely: those that lag behind by at most one standard error of the difference on the
 * tasks that both were scored on. As thrifty as always taking the best, without trusting that the luckiest of several equals is the best.
 */
export const nearBest: ParentRule = {
  name: "near-best",
  weights: ({ scores, totals }) => {
    const leader = scores[leaderOf(totals)?.index ?? 0] ?? [];
    const known = latest?.leader === leader ? latest : undefined;
    const weights = scores.map((row, index) =>
      known?.scores[index] === row ? (known.weights[index] ?? 0) : isNear(leader, row) ? 1 : 0,
    );
    latest = { leader, scores, weights };
    return weights;
  },
};

/** From one time to the next few candidates have other scores, and those of the others are not compared again. */
let latest:
  | { readonly leader: ScoreRow; readonly scores: ScoreMatrix; readonly weights: readonly number[] }
  | undefined;

function isNear(leader: ScoreRow, row: ScoreRow): boolean {
  let n = 0;
  let sum = 0;
  for (let task = 0; task < leader.length; task++) {
    const theirs = leader[task];
    const mine = row[task];
    if (typeof theirs !== "number" || typeof mine !== "number") continue;
    n += 1;
    sum += theirs - mine;
  }
  if (n === 0) return false;
  const mean = sum / n;
  let squares = 0;
  for (let task = 0; task < leader.length; task++) {
    const theirs = leader[task];
    const mine = row[task];
    if (typeof theirs === "number" && typeof mine === "number") squares += (theirs - mine - mean) ** 2;
  }
  return mean <= Math.sqrt(squares / Math.max(1, n - 1) / n);
}
