import { normalQuantile } from "./distributions.ts";
import { mean } from "./mean.ts";

/** A measured value with the square of its standard error, above 0. */
export interface Estimate {
  readonly mean: number;
  readonly variance: number;
}

/** What is left of estimates when luck is taken off. */
export interface Shrunk {
  /** Each value drawn towards the pool's mean, the more the noisier it is and the less the values really differ. */
  readonly values: readonly number[];
  /** What the pool has in common. */
  readonly center: number;
  /** Variance of the true values, estimated; 0 where noise alone explains how they differ. */
  readonly between: number;
}

/** How the variance between true values is estimated. */
export interface ShrinkageOptions {
  /**
   * Left out: without bias, as moments give it, and then cut at 0. Where values hardly differ the cut alone makes it too large on average, and
   * with it the value of the best. With a certainty, such as 0.75: a lower limit that is right so often where all are equal.
   */
  readonly certainty?: number | undefined;
}

/** For what is told to people: the best of many equal candidates is then said to be at most a point too good. */
export const REPORTED: ShrinkageOptions = { certainty: 0.75 };

/**
 * Takes the winner's curse off estimates of which the best will be picked: empirical-Bayes shrinkage (Efron, Morris 1975) with the variance
 * between true values from moments (DerSimonian, Laird 1986). The best of many is best in part by luck; its shrunk value is what a new
 * measurement may be expected to give, where true values are spread about normally. One that stands far out alone is reported too low.
 * With a certainty, the moments' Q is held against that quantile of what it is under no differences instead of its mean, as for a
 * confidence limit of the variance (Hartung, Knapp 2005).
 */
export function shrinkTowardsPool(estimates: readonly Estimate[], options: ShrinkageOptions = {}): Shrunk {
  const stray = estimates.find(({ variance }) => !(variance > 0));
  if (stray !== undefined) throw new RangeError(`a variance above 0 is needed, not ${stray.variance}`);
  const between = varianceBetween(estimates, options);
  const center = weightedMean(estimates, between);
  const values = estimates.map((estimate) => center + keptShare(estimate, between) * (estimate.mean - center));
  return { values, center, between };
}

/**
 * As shrinkTowardsPool, for scores of candidates (rows) on tasks (columns), undefined where one was not measured. Candidates are compared
 * on equal terms although each did only some of the tasks, and how hard the tasks are counts as no noise: score = candidate + task + rest
 * by least squares. `values` are on the mean task. Throws RangeError for a candidate without scores.
 */
export function shrinkScores(
  scores: readonly (readonly (number | undefined)[])[],
  options: ShrinkageOptions = {},
): Shrunk {
  const empty = scores.findIndex((row) => row.every((score) => score === undefined));
  if (empty !== -1) throw new RangeError(`candidate ${empty} has no scores`);
  const { candidates, rest } = additiveFit(scores);
  const counts = scores.map((row) => row.filter((score) => score !== undefined).length);
  if (rest === 0) return { values: candidates, center: mean(candidates), between: squaresAbout(candidates) };
  return shrinkTowardsPool(
    candidates.map((value, index) => ({ mean: value, variance: rest / (counts[index] ?? 1) })),
    options,
  );
}

function varianceBetween(estimates: readonly Estimate[], { certainty }: ShrinkageOptions): number {
  const center = weightedMean(estimates, 0);
  const weights = estimates.map(({ variance }) => 1 / variance);
  const total = sumOf(weights);
  const degrees = estimates.length - 1;
  const byChance = certainty === undefined || degrees === 0 ? degrees : chiSquareQuantile(certainty, degrees);
  const excess = sumOf(estimates.map((estimate) => (estimate.mean - center) ** 2 / estimate.variance)) - byChance;
  const scale = total - sumOf(weights.map((weight) => weight ** 2)) / total;
  return scale > 0 ? Math.max(0, excess / scale) : 0;
}

/** By the cube root (Wilson, Hilferty 1931), which is off by less than one in a hundred. */
function chiSquareQuantile(probability: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  return degrees * (1 - spread + normalQuantile(probability) * Math.sqrt(spread)) ** 3;
}

function weightedMean(estimates: readonly Estimate[], between: number): number {
  const weights = estimates.map(({ variance }) => 1 / (variance + between));
  return sumOf(estimates.map((estimate, index) => estimate.mean * (weights[index] ?? 0))) / sumOf(weights);
}

function keptShare({ variance }: Estimate, between: number): number {
  return between / (between + variance);
}

/** Rounds of fitting candidates and tasks in turn; each comes nearer to the least squares. */
const ROUNDS = 1000;
const NEAR_ENOUGH = 1e-12;

interface Fit {
  /** Of each candidate on the mean task. */
  readonly candidates: number[];
  /** Variance of what neither candidate nor task explains; 0 where nothing is left over. */
  readonly rest: number;
}

function additiveFit(scores: readonly (readonly (number | undefined)[])[]): Fit {
  const width = Math.max(...scores.map((row) => row.length));
  const cells = scores.flatMap((row, candidate) =>
    row.flatMap((score, task) => (score === undefined ? [] : [{ candidate, task, score }])),
  );
  const byCandidate = [...Map.groupBy(cells, ({ candidate }) => candidate).values()];
  const byTask = [...Map.groupBy(cells, ({ task }) => task)];
  const tasks = Array<number>(width).fill(0);
  let candidates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = candidates;
    candidates = byCandidate.map((own) => mean(own.map(({ task, score }) => score - (tasks[task] ?? 0))));
    for (const [task, own] of byTask) {
      tasks[task] = mean(own.map(({ candidate, score }) => score - (candidates[candidate] ?? 0)));
    }
    if (candidates.every((value, index) => Math.abs(value - (before[index] ?? Infinity)) < NEAR_ENOUGH)) break;
  }
  const meanTask = mean(byTask.map(([task]) => tasks[task] ?? 0));
  const squares = sumOf(
    cells.map(({ candidate, task, score }) => (score - (candidates[candidate] ?? 0) - (tasks[task] ?? 0)) ** 2),
  );
  const degrees = cells.length - candidates.length - byTask.length + 1;
  const rest = degrees > 0 && squares > 1e-15 * cells.length ? squares / degrees : 0;
  return { candidates: candidates.map((value) => value + meanTask), rest };
}

function squaresAbout(values: readonly number[]): number {
  const center = mean(values);
  return values.length < 2 ? 0 : sumOf(values.map((value) => (value - center) ** 2)) / (values.length - 1);
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
