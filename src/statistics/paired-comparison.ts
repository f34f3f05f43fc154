import type { Random } from "../base/index.ts";
import { clusterDifferenceInterval, clusterError } from "./cluster-interval.ts";
import { differenceInterval } from "./difference-interval.ts";
import { mcnemar } from "./mcnemar.ts";
import { mean } from "./mean.ts";
import { requiredPairs } from "./power.ts";
import type { Interval } from "./interval.ts";
import { signFlipP } from "./sign-flip.ts";

/** The answer to "is B better than A?"; see `pairedComparison` for when it is which. */
export type Verdict = "better" | "worse" | "cannot-tell" | "same";

/** Is B better than A on the tasks both did? */
export interface PairedComparison {
  /** Pairs. */
  readonly n: number;
  /** Mean of B - A. */
  readonly difference: number;
  /** 95 % interval of the difference. */
  readonly interval: Interval;
  /** Two-sided: McNemar exact for scores of 0 and 1, sign-flip permutation otherwise. */
  readonly p: number;
  readonly verdict: Verdict;
  /** When it cannot be told: the pairs that would find a difference of this size in four cases of five. Undefined where nothing can be said. */
  readonly needed?: number | undefined;
  /** Families that the pairs come from, where some of them share one. */
  readonly families?: number | undefined;
}

/** Mean differences up to this size are the same for practical purposes: two tasks in a hundred. */
export const EQUIVALENCE_MARGIN = 0.02;

const LEVEL = 0.05;

/**
 * Compares paired scores in [0, 1]; `a[i]` and `b[i]` belong to the same task. `better` and `worse` need both p below 0.05 and an interval
 * without zero; `same` an interval wholly inside the equivalence margin (two one-sided tests at 2.5 %, Schuirmann 1987); else it cannot be told.
 * `families[i]`, where given, names what pair i has in common with others (a template, a conversation, a repository): families of more than
 * one are then the unit of interval and test, signs flipping for a whole family at once. Throws RangeError for lists of different length or scores outside [0, 1].
 */
export function pairedComparison(
  a: readonly number[],
  b: readonly number[],
  random: Random,
  families: readonly (string | undefined)[] = [],
): PairedComparison {
  if (a.length !== b.length) throw new RangeError(`pairs are needed, not ${a.length} and ${b.length} scores`);
  const stray = [...a, ...b].find((score) => !(score >= 0 && score <= 1));
  if (stray !== undefined) throw new RangeError(`${stray} is not a score in [0, 1]`);
  const n = a.length;
  if (n === 0) return { n, difference: 0, interval: [-1, 1], p: 1, verdict: "cannot-tell", needed: undefined };
  const differences = a.map((score, index) => (b[index] ?? 0) - score);
  const difference = mean(differences);
  const clusters = clustersOf(differences, families);
  const isClustered = clusters.length < n;
  const interval = isClustered
    ? clusterDifferenceInterval(clusters, random.fork("interval"))
    : differenceInterval(differences, random.fork("interval"));
  const isBinary = [...a, ...b].every((score) => score === 0 || score === 1);
  const p = isBinary && !isClustered ? binaryP(differences) : signFlipP(clusters.map(sumOf), random.fork("sign-flip"));
  const verdict = verdictOf(interval, p);
  return {
    n,
    difference,
    interval,
    p,
    verdict,
    needed: verdict === "cannot-tell" ? neededPairs(clusters, difference) : undefined,
    families: isClustered ? clusters.length : undefined,
  };
}

function verdictOf([low, high]: Interval, p: number): Verdict {
  if (p < LEVEL && low > 0) return "better";
  if (p < LEVEL && high < 0) return "worse";
  return low > -EQUIVALENCE_MARGIN && high < EQUIVALENCE_MARGIN ? "same" : "cannot-tell";
}

function binaryP(differences: readonly number[]): number {
  const count = (sign: number): number => differences.filter((difference) => difference === sign).length;
  return mcnemar(count(1), count(-1)).exact;
}

/** Tasks that bring as much each as those that were seen: alike ones in one family count for less. */
function neededPairs(clusters: readonly (readonly number[])[], difference: number): number | undefined {
  const n = clusters.flat().length;
  const deviation = clusterError(clusters) * Math.sqrt(n);
  if (!(deviation > 0 && Number.isFinite(deviation)) || difference === 0) return undefined;
  return Math.max(n + 1, requiredPairs(difference, { deviation }));
}

/** The differences by family; a pair without one stands alone. */
function clustersOf(differences: readonly number[], families: readonly (string | undefined)[]): readonly number[][] {
  const grouped = Map.groupBy(differences.keys(), (index) => families[index] ?? index);
  return [...grouped.values()].map((indexes) => indexes.map((index) => differences[index] ?? 0));
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
