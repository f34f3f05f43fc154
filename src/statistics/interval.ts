import { normalQuantile, studentQuantile } from "./distributions.ts";
import { mean, standardDeviation } from "./mean.ts";

/** Low end, high end. */
export type Interval = readonly [number, number];

/** Every interval of Allele is a 95 % one unless it says otherwise. */
export const CONFIDENCE = 0.95;

/** Score interval of a proportion (Wilson 1927). Nothing tried: [0, 1]. */
export function wilsonInterval(successes: number, n: number, confidence = CONFIDENCE): Interval {
  if (n === 0) return [0, 1];
  const z = normalQuantile((1 + confidence) / 2);
  const p = successes / n;
  const center = (p + z ** 2 / (2 * n)) / (1 + z ** 2 / n);
  const half = (z / (1 + z ** 2 / n)) * Math.sqrt((p * (1 - p)) / n + z ** 2 / (4 * n ** 2));
  return [successes === 0 ? 0 : Math.max(0, center - half), successes === n ? 1 : Math.min(1, center + half)];
}

/**
 * Interval of the mean of scores in [0, 1]. Binary or constant scores: Wilson's, which stays wide where a spread of zero would
 * promise too much, and which is conservative for any scores since none of that mean spread more than binary ones (Bhatia, Davis
 * 2000). Graded scores: Student's t (1908), cut to [0, 1].
 */
export function scoreInterval(scores: readonly number[], confidence = CONFIDENCE): Interval {
  const n = scores.length;
  const center = mean(scores);
  const spread = standardDeviation(scores);
  const isBinary = scores.every((score) => score === 0 || score === 1);
  if (isBinary || !(spread > 0))
    return wilsonInterval(
      scores.reduce((sum, score) => sum + score, 0),
      n,
      confidence,
    );
  const half = (studentQuantile((1 + confidence) / 2, n - 1) * spread) / Math.sqrt(n);
  return [Math.max(0, center - half), Math.min(1, center + half)];
}
