import type { Random } from "../base/index.ts";
import { normalCdf, normalQuantile } from "./distributions.ts";
import { mean } from "./mean.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";

const RESAMPLES = 5000;
/** Below so many differences that are not zero, resampling sees too few to know how they spread. */
const FEWEST_TO_RESAMPLE = 8;

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
 * Bias-corrected and accelerated bootstrap interval of a mean (Efron 1987; Efron, Tibshirani 1993, chapter 14), acceleration from the
 * jackknife, 5,000 resamples. All values equal: that value twice.
 */
export function bootstrapInterval(values: readonly number[], random: Random, confidence = CONFIDENCE): Interval {
  const n = values.length;
  const center = mean(values);
  if (values.every((value) => value === values[0])) return [center, center];
  const means = Float64Array.from({ length: RESAMPLES }, () => resampledMean(values, random)).toSorted();
  const below = means.filter((value) => value < center).length + means.filter((value) => value === center).length / 2;
  const bias = normalQuantile(Math.min(RESAMPLES - 0.5, Math.max(0.5, below)) / RESAMPLES);
  // Of a mean, the jackknife values are (n center - x) / (n - 1): their deviations are the values' own, over n - 1.
  const deviations = values.map((value) => (value - center) / (n - 1));
  const squares = deviations.reduce((sum, deviation) => sum + deviation ** 2, 0);
  const acceleration = deviations.reduce((sum, deviation) => sum + deviation ** 3, 0) / (6 * squares ** 1.5);
  const end = (p: number): number => {
    const z = bias + normalQuantile(p);
    const level = normalCdf(bias + z / (1 - acceleration * z));
    return means[Math.min(RESAMPLES - 1, Math.max(0, Math.floor(level * RESAMPLES)))] ?? center;
  };
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
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

function resampledMean(values: readonly number[], random: Random): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[random.int(values.length)] ?? 0;
  return sum / values.length;
}
