import type { Random } from "../base/index.ts";
import { fromLower, fromUpper, inverse, lowerRoot, type Matrix } from "./cholesky.ts";

/** How far apart scores are on equal terms: standard deviations, in score. */
export interface ScoreSpreads {
  /** Of a task's difficulty, the same for every arm. */
  readonly task: number;
  /** Of one score, once arm and task are known. */
  readonly noise: number;
}

/** What is believed of the true scores of arms that resemble each other. */
export interface GaussianBelief {
  /** Expected true score of each arm. */
  readonly expected: readonly number[];
  /** The true scores of all arms in one world drawn from what is believed (Thompson 1933). */
  readonly draw: (random: Random) => readonly number[];
}

/**
 * Gaussian process regression (Rasmussen & Williams 2006, section 2.2) with task effects: score = arm + task + noise. Arms are normal around a common
 * centre, with the given covariances, which must be positive definite: arms that resemble each other are judged by each other's scores, and an arm
 * without any by those it resembles. Tasks are normal around 0, so arms that did different tasks are compared on equal terms; they are integrated
 * out one by one. `scores` are by arm and task, null where there is none; of arms behind the last row there are none. Takes time with the cube of the arms.
 */
export function gaussianBelief(
  covariance: Matrix,
  scores: readonly (readonly (number | null)[])[],
  spreads: ScoreSpreads,
): GaussianBelief {
  const variance = spreads.noise ** 2;
  const ratio = variance / spreads.task ** 2;
  const precision = inverse(lowerRoot(covariance.map((row) => row.map((value) => value + CENTRE))));
  const weighted = new Float64Array(covariance.length);
  for (const arms of armsByTask(scores)) {
    const shared = 1 / (arms.length + ratio);
    const sum = arms.reduce((total, { score }) => total + score, 0);
    for (const { arm, score } of arms) {
      const row = precision[arm] as Float64Array;
      weighted[arm] = (weighted[arm] as number) + (score - shared * sum) / variance;
      row[arm] = (row[arm] as number) + 1 / variance;
      for (const other of arms) row[other.arm] = (row[other.arm] as number) - shared / variance;
    }
  }
  const root = lowerRoot(precision);
  const expected = fromUpper(root, fromLower(root, weighted));
  return {
    expected: [...expected],
    draw: (random) => {
      const away = fromUpper(
        root,
        Float64Array.from(covariance, () => random.normal()),
      );
      return [...expected].map((value, arm) => value + (away[arm] as number));
    },
  };
}

/** Variance of the common centre, which scores in [0, 1] hardly feel. */
const CENTRE = 1;

function armsByTask(
  scores: readonly (readonly (number | null)[])[],
): readonly (readonly { readonly arm: number; readonly score: number }[])[] {
  const tasks = Math.max(0, ...scores.map((row) => row.length));
  return Array.from({ length: tasks }, (_, task) =>
    scores.flatMap((row, arm) => {
      const score = row[task] ?? null;
      return score === null ? [] : [{ arm, score }];
    }),
  );
}
