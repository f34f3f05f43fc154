import { normalQuantile, studentQuantile } from "./distributions.ts";

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

/** What the mean of scores and its interval need to know of them, for scores that come one by one. */
export interface ScoreSums {
  readonly n: number;
  readonly sum: number;
  /** Running mean and sum of squared deviations from it (Welford 1962), exact for scores that are all the same. */
  readonly center: number;
  readonly squares: number;
  /** All are 0 or 1. */
  readonly binary: boolean;
}

export const noScores: ScoreSums = { n: 0, sum: 0, center: 0, squares: 0, binary: true };

export function addScore({ n, sum, center, squares, binary }: ScoreSums, score: number): ScoreSums {
  const away = score - center;
  const moved = center + away / (n + 1);
  return {
    n: n + 1,
    sum: sum + score,
    center: moved,
    squares: squares + away * (score - moved),
    binary: binary && (score === 0 || score === 1),
  };
}

/**
 * Interval of the mean of scores in [0, 1]. Binary or constant scores: Wilson's, which stays wide where a spread of zero would
 * promise too much, and which is conservative for any scores since none of that mean spread more than binary ones (Bhatia, Davis
 * 2000). Graded scores: Student's t (1908), cut to [0, 1].
 */
export function scoreInterval(scores: readonly number[], confidence = CONFIDENCE): Interval {
  return intervalOfSums(scores.reduce(addScore, noScores), confidence);
}

/** As scoreInterval, of scores that were added up. */
export function intervalOfSums({ n, sum, squares, binary }: ScoreSums, confidence = CONFIDENCE): Interval {
  if (binary || !(squares > 0)) return wilsonInterval(sum, n, confidence);
  const center = sum / n;
  const half = studentQuantile((1 + confidence) / 2, n - 1) * Math.sqrt(squares / (n - 1) / n);
  return [Math.max(0, center - half), Math.min(1, center + half)];
}
