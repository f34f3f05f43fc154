import { betaQuantile } from "./distributions.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";

/**
 * Exact interval of a proportion (Clopper, Pearson 1934). It covers the truth at least as often as it says for every n and truth, so it is
 * wider than Wilson's: for promises (error rates, safety), not for figures in a table. Nothing tried: [0, 1].
 */
export function clopperPearsonInterval(successes: number, n: number, confidence = CONFIDENCE): Interval {
  const tail = (1 - confidence) / 2;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  ];
}
