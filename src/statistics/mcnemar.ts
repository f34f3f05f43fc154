import { logGamma } from "./distributions.ts";

/** Two-sided p values of the hypothesis that a change fixes as many tasks as it breaks. */
export interface McNemar {
  /** Never below its level, whatever the truth. */
  readonly exact: number;
  /** Half the weight of the observed outcome (Fagerland, Lydersen, Laake 2013): less conservative, now and then a little below its level. */
  readonly midP: number;
}

/** McNemar's test from the discordant pairs: tasks that only the second side passes, and that only the first does. */
export function mcnemar(fixed: number, broken: number): McNemar {
  const n = fixed + broken;
  const fewer = Math.min(fixed, broken);
  const probability = (k: number): number =>
    Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) - n * Math.LN2);
  let tail = 0;
  for (let k = 0; k <= fewer; k++) tail += probability(k);
  if (fixed === broken) return { exact: 1, midP: 1 - probability(fewer) * (n === 0 ? 0 : 0.5) };
  return { exact: Math.min(1, 2 * tail), midP: Math.min(1, 2 * tail - probability(fewer)) };
}
