import { normalCdf, normalQuantile } from "./distributions.ts";

export interface PowerOptions {
  /** Standard deviation of the paired differences, above 0. */
  readonly deviation: number;
  /** Level of the two-sided test. */
  readonly alpha?: number;
}

/**
 * Pairs needed to find a true mean difference with probability `power`: the normal formula with Guenther's correction for an estimated
 * deviation (1981), which agrees with the exact paired t test to about one pair. Throws RangeError for a difference or deviation of zero.
 */
export function requiredPairs(difference: number, options: PowerOptions & { readonly power?: number }): number {
  const { deviation, alpha = 0.05, power = 0.8 } = options;
  if (!(Math.abs(difference) > 0) || !(deviation > 0)) {
    throw new RangeError(`a difference and a deviation other than zero are needed, not ${difference} and ${deviation}`);
  }
  const z = normalQuantile(1 - alpha / 2);
  return Math.ceil((((z + normalQuantile(power)) * deviation) / difference) ** 2 + z ** 2 / 2);
}

/** Probability that `n` pairs find a true mean difference: the inverse of requiredPairs. */
export function powerOfPairs(n: number, difference: number, { deviation, alpha = 0.05 }: PowerOptions): number {
  const z = normalQuantile(1 - alpha / 2);
  return normalCdf((Math.sqrt(Math.max(0, n - z ** 2 / 2)) * Math.abs(difference)) / deviation - z);
}
