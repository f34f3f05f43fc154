import { bestStanding } from "./score-matrix.ts";
import type { ParentRule } from "./parent-rule.ts";

/**
 * Whoever cannot be told from the best all-rounder, each as likely: those that lag behind by at most one standard error of the difference on the
 * tasks that both were scored on. As thrifty as always taking the best, without trusting that the luckiest of several equals is the best.
 */
export const nearBest: ParentRule = {
  name: "near-best",
  weights: ({ scores }) => {
    const leader = scores[bestStanding(scores) ?? 0] ?? [];
    return scores.map((row) => {
      const lags = leader.flatMap((theirs, task) => {
        const mine = row[task] ?? null;
        return theirs === null || mine === null ? [] : [theirs - mine];
      });
      if (lags.length === 0) return 0;
      const mean = lags.reduce((sum, lag) => sum + lag, 0) / lags.length;
      const squares = lags.reduce((sum, lag) => sum + (lag - mean) ** 2, 0);
      const error = Math.sqrt(squares / Math.max(1, lags.length - 1) / lags.length);
      return mean <= error ? 1 : 0;
    });
  },
};
