import type { Random } from "../base/index.ts";
import { bootstrapInterval } from "./bootstrap.ts";
import { normalQuantile } from "./distributions.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";

/** Below so many differences that are not zero, resampling sees too few to know how they spread. */
export const FEWEST_TO_RESAMPLE = 8;

/**
 * Interval of the mean of paired differences in [-1, 1]: bias-corrected accelerated bootstrap where enough pairs differ, else the
 * adjusted interval, which does not shrink to a point when few or none do.
 */
export function differenceInterval(differences: readonly number[], random: Random, confidence = CONFIDENCE): Interval {
  const nonzero = differences.filter((difference) => difference !== 0).length;
  return nonzero < FEWEST_TO_RESAMPLE
    ? adjustedInterval(differences, confidence)
    : bootstrapInterval(differences, random, confidence);
}

/**
 * Adjusted interval of a mean of differences in [-1, 1]: a normal one after adding half a pair each way and one tie. For differences of
 * -1, 0 and 1 it is the interval of Agresti and Min (2005, adding 1/2 to each cell of the 2 x 2 table); for others it keeps their form.
 */
export function adjustedInterval(differences: readonly number[], confidence = CONFIDENCE): Interval {
  const n = differences.length + 2;
  const center = differences.reduce((sum, difference) => sum + difference, 0) / n;
  const squares = differences.reduce((sum, difference) => sum + difference ** 2, 0) + 1;
  const half = (normalQuantile((1 + confidence) / 2) * Math.sqrt(squares - n * center ** 2)) / n;
  return [Math.max(-1, center - half), Math.min(1, center + half)];
}
