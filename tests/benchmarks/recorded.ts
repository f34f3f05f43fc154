import { resolve } from "node:path";
import { makeRandom } from "../../src/base/index.ts";
import { clusterBootstrapInterval, mean } from "../../src/statistics/index.ts";

/** A file of the recorded runs, which lie beside the repository and are never copied into it. */
export const recorded = (path: string): string => resolve(import.meta.dirname, "../../../shared/data", path);

/** "1.18 [0.83, 1.54]": mean of the values with its 95 % interval by bootstrap of whole clusters, whose values are not independent. */
export function clusteredMean(clusters: readonly (readonly number[])[]): string {
  const [low, high] = clusterBootstrapInterval(clusters, makeRandom("clustered-mean"));
  return `${mean(clusters.flat()).toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}
