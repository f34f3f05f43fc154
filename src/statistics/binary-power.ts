import { logGamma, normalQuantile, regularizedBeta } from "./distributions.ts";

/** Shares of all tasks that a change fixes and breaks: for scores of 0 and 1 these say everything. Their sum is in (0, 1]. */
export interface Discordance {
  readonly fixed: number;
  readonly broken: number;
}

/** Discordant counts further from their mean than so many standard deviations add nothing to a power. */
const FAR = 8;
const MOST_PAIRS = 1e6;

/**
 * Probability that McNemar's exact two-sided test on `n` pairs finds the change in the direction it has: every table counted (Duffy 1984).
 * Throws RangeError for shares that are none.
 */
export function binaryPower(n: number, { fixed, broken }: Discordance, alpha = 0.05): number {
  requireShares({ fixed, broken });
  const discordant = fixed + broken;
  const share = Math.max(fixed, broken) / discordant;
  let power = 0;
  let needed = 0;
  const reach = FAR * (1 + Math.sqrt(n * discordant * (1 - discordant)));
  const last = Math.min(n, Math.ceil(n * discordant + reach));
  for (let count = Math.max(1, Math.floor(n * discordant - reach)); count <= last; count++) {
    // The fewest wins of so many that are significant; more differing pairs never need fewer.
    needed = Math.max(needed, Math.ceil((count + 1) / 2));
    while (needed <= count && 2 * tail(0.5, needed, count) >= alpha) needed += 1;
    if (needed <= count) power += binomialMass(count, n, discordant) * tail(share, needed, count);
  }
  return Math.min(1, power);
}

/**
 * Fewest pairs with which McNemar's exact test finds a change with probability `power`, counted exactly, starting from Connor's formula
 * (1987). Throws RangeError where fixed and broken are equally many, and where a million pairs are not enough.
 */
export function requiredBinaryPairs(
  discordance: Discordance,
  { alpha = 0.05, power = 0.8 }: { readonly alpha?: number; readonly power?: number } = {},
): number {
  requireShares(discordance);
  const { fixed, broken } = discordance;
  if (fixed === broken) throw new RangeError("a change that fixes as much as it breaks cannot be found");
  const [sum, difference] = [fixed + broken, Math.abs(fixed - broken)];
  const reach =
    normalQuantile(1 - alpha / 2) * Math.sqrt(sum) + normalQuantile(power) * Math.sqrt(sum - difference ** 2);
  const start = Math.ceil((reach / difference) ** 2);
  if (start > MOST_PAIRS) throw new RangeError(`more than ${MOST_PAIRS} pairs would be needed`);
  const isEnough = (pairs: number): boolean => binaryPower(pairs, discordance, alpha) >= power;
  let [tooFew, enough] = [0, start];
  for (; !isEnough(enough); enough = Math.ceil(enough * 1.1) + 1) tooFew = enough;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

/** P(X >= k) of n tries with probability p. */
function tail(p: number, k: number, n: number): number {
  return p === 1 ? 1 : regularizedBeta(p, k, n - k + 1);
}

function binomialMass(k: number, n: number, p: number): number {
  if (p === 1) return k === n ? 1 : 0;
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p));
}

function requireShares({ fixed, broken }: Discordance): void {
  if (fixed >= 0 && broken >= 0 && fixed + broken > 0 && fixed + broken <= 1) return;
  throw new RangeError(`shares of tasks that differ are needed, not ${fixed} and ${broken}`);
}
