import { confidenceSequence } from "./confidence-sequence.ts";
import { CONFIDENCE, type Interval } from "./interval.ts";
import { mean } from "./mean.ts";
import { EQUIVALENCE_MARGIN, type Verdict } from "./paired-comparison.ts";

/** How much better B is than A, by figures that may be looked at as often as one likes. */
export interface LiveComparison {
  /** Observations of each arm; of pairs, the pairs. */
  readonly n: readonly [a: number, b: number];
  /** Mean of B minus mean of A; 0 where an arm has none. */
  readonly difference: number;
  readonly interval: Interval;
  readonly verdict: Verdict;
}

/**
 * Compares two arms whose scores in [0, 1] are of different cases, while more arrive: each arm's mean has a confidence sequence at half the error,
 * so that both hold at all times at once, and the difference lies between their ends (Bonferroni). Wider than a test at the end; that is the price
 * of looking. Throws RangeError outside [0, 1].
 */
export function compareArms(a: readonly number[], b: readonly number[]): LiveComparison {
  const each = 1 - (1 - CONFIDENCE) / 2;
  const [lowA, highA] = meanSequence(a, each);
  const [lowB, highB] = meanSequence(b, each);
  const difference = a.length === 0 || b.length === 0 ? 0 : mean(b) - mean(a);
  return judged([a.length, b.length], difference, [lowB - highA, highB - lowA]);
}

/** As compareArms, for cases that both arms did, as (score of A, score of B): the difference of a pair is one observation. */
export function comparePairedArms(pairs: readonly (readonly [a: number, b: number])[]): LiveComparison {
  const differences = pairs.map(([a, b]) => b - a);
  const difference = pairs.length === 0 ? 0 : mean(differences);
  return judged([pairs.length, pairs.length], difference, confidenceSequence(differences));
}

/** Scores in [0, 1] as differences in [-1, 1], where the sequence is as narrow as it can be. */
function meanSequence(scores: readonly number[], confidence: number): Interval {
  const [low, high] = confidenceSequence(
    scores.map((score) => 2 * score - 1),
    confidence,
  );
  return [(low + 1) / 2, (high + 1) / 2];
}

function judged(n: LiveComparison["n"], difference: number, [low, high]: Interval): LiveComparison {
  const within = low > -EQUIVALENCE_MARGIN && high < EQUIVALENCE_MARGIN;
  const verdict = low > 0 ? "better" : high < 0 ? "worse" : within ? "same" : "cannot-tell";
  return { n, difference, interval: [low, high], verdict };
}
