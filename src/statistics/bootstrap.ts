import type { Random } from "../base/index.ts";
import { normalCdf, normalQuantile } from "./distributions.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";

const RESAMPLES = 5000;

/** A cluster, as far as a mean over its values needs it. */
interface Total {
  readonly sum: number;
  readonly count: number;
}

/**
 * Bias-corrected and accelerated bootstrap interval of a mean (Efron 1987; Efron, Tibshirani 1993, chapter 14), acceleration from the
 * jackknife, 5,000 resamples. All values equal: that value twice.
 */
export function bootstrapInterval(values: readonly number[], random: Random, confidence = CONFIDENCE): Interval {
  return clusterBootstrapInterval(
    values.map((value) => [value]),
    random,
    confidence,
  );
}

/**
 * Bias-corrected and accelerated bootstrap interval of the mean of all values, drawing whole clusters (Davison, Hinkley 1997, section 3.8),
 * acceleration from the jackknife over clusters, 5,000 resamples. All values equal: that value twice.
 */
export function clusterBootstrapInterval(
  clusters: readonly (readonly number[])[],
  random: Random,
  confidence = CONFIDENCE,
): Interval {
  const totals = clusters.map(totalOf);
  const all = totals.reduce(added, { sum: 0, count: 0 });
  const center = all.sum / all.count;
  const first = clusters[0]?.[0] ?? center;
  if (clusters.every((cluster) => cluster.every((value) => value === first))) return [first, first];
  const means = resampledMeans(totals, random).toSorted();
  const below = means.filter((value) => value < center).length + means.filter((value) => value === center).length / 2;
  const bias = normalQuantile(Math.min(RESAMPLES - 0.5, Math.max(0.5, below)) / RESAMPLES);
  const acceleration = accelerationOf(totals, all);
  const end = (p: number): number => {
    const z = bias + normalQuantile(p);
    const level = normalCdf(bias + z / (1 - acceleration * z));
    return means[Math.min(RESAMPLES - 1, Math.max(0, Math.floor(level * RESAMPLES)))] ?? center;
  };
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
}

/** From the means with one cluster left out: the third moment of how far they lie below their own mean. */
function accelerationOf(totals: readonly Total[], all: Total): number {
  const left = totals.map(({ sum, count }) => (all.sum - sum) / (all.count - count));
  const center = left.reduce((sum, value) => sum + value, 0) / left.length;
  const squares = left.reduce((sum, value) => sum + (center - value) ** 2, 0);
  const cubes = left.reduce((sum, value) => sum + (center - value) ** 3, 0);
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}

function totalOf(cluster: readonly number[]): Total {
  return { sum: cluster.reduce((sum, value) => sum + value, 0), count: cluster.length };
}

function added(a: Total, b: Total): Total {
  return { sum: a.sum + b.sum, count: a.count + b.count };
}

/** Sums and counts as plain numbers: this is the inner loop of every interval. */
function resampledMeans(totals: readonly Total[], random: Random): Float64Array {
  const sums = Float64Array.from(totals, ({ sum }) => sum);
  const counts = Float64Array.from(totals, ({ count }) => count);
  const means = new Float64Array(RESAMPLES);
  for (let resample = 0; resample < RESAMPLES; resample++) {
    let [sum, count] = [0, 0];
    for (let i = 0; i < sums.length; i++) {
      const drawn = random.int(sums.length);
      sum += sums[drawn] ?? 0;
      count += counts[drawn] ?? 0;
    }
    means[resample] = sum / count;
  }
  return means;
}
