import type { Random } from "../base/index.ts";
import { clusterBootstrapInterval } from "./bootstrap.ts";
import { adjustedInterval, FEWEST_TO_RESAMPLE } from "./difference-interval.ts";
import { studentQuantile } from "./distributions.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";
import { mean } from "./mean.ts";

/**
 * Interval of the mean of paired differences in [-1, 1] that come in clusters (tasks of one family, repository or conversation), where
 * those of a cluster may be alike: whole clusters are the unit. The bootstrap over clusters; below eight of them the cluster-robust
 * standard error (Liang, Zeger 1986; Miller 2024) with Student's t of one degree less than there are clusters; where few or none of them
 * differ, the adjusted interval of their means. One cluster tells nothing.
 */
export function clusterDifferenceInterval(
  clusters: readonly (readonly number[])[],
  random: Random,
  confidence = CONFIDENCE,
): Interval {
  const filled = clusters.filter((cluster) => cluster.length > 0);
  if (filled.length < 2) return [-1, 1];
  const differing = filled.filter((cluster) => cluster.some((difference) => difference !== 0)).length;
  const isSmall = filled.length < FEWEST_TO_RESAMPLE;
  if (differing === 0 || (differing < FEWEST_TO_RESAMPLE && !isSmall))
    return adjustedInterval(filled.map(mean), confidence);
  return isSmall ? robustInterval(filled, confidence) : clusterBootstrapInterval(filled, random, confidence);
}

/** Standard error of the mean of all values when those of a cluster may be alike (Liang, Zeger 1986). Clusters of one: the usual one. */
export function clusterError(clusters: readonly (readonly number[])[]): number {
  const count = clusters.reduce((sum, cluster) => sum + cluster.length, 0);
  const center = clusters.flat().reduce((sum, value) => sum + value, 0) / count;
  const squares = clusters.reduce(
    (sum, cluster) => sum + cluster.reduce((total, value) => total + value - center, 0) ** 2,
    0,
  );
  return Math.sqrt((clusters.length / (clusters.length - 1)) * squares) / count;
}

function robustInterval(clusters: readonly (readonly number[])[], confidence: number): Interval {
  const center = mean(clusters.flat());
  const half = studentQuantile((1 + confidence) / 2, clusters.length - 1) * clusterError(clusters);
  return [Math.max(-1, center - half), Math.min(1, center + half)];
}
