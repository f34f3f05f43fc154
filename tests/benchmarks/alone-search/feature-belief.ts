import type { Random } from "../../../src/base/index.ts";

/** One arm: what it is made of, and its scores by task, in the tasks' order; null where it was not scored. */
export interface FeaturedArm {
  readonly features: readonly string[];
  readonly scores: readonly (number | null)[];
}

/** How far apart effects are before anything is seen: standard deviations, in score. */
export interface Spreads {
  /** Of one feature. */
  readonly feature: (feature: string) => number;
  /** Of a task's difficulty. */
  readonly task: number;
  /** Of one score, once arm and task are known. */
  readonly noise: number;
}

/** What is believed of every arm that can be made of known and unknown features. */
export interface FeatureBelief {
  /** Expected true score of an arm of these features; an unknown feature is expected to do nothing. */
  readonly expected: (features: readonly string[]) => number;
  /**
   * One world drawn from what is believed (Thompson 1933): the true score of any arm in it. Arms that share a feature share its effect, and an
   * unknown feature has the same drawn effect in all of them.
   */
  readonly draw: (random: Random) => (features: readonly string[]) => number;
}

/**
 * Bayesian linear regression (Bishop 2006, section 3.3): score = centre + task + the sum of the arm's features + noise, all effects normal around 0
 * with given spreads, the centre with standard deviation 1. So an arm that was hardly measured is judged by what its features did in others, and arms
 * that saw different tasks are compared on equal terms. Takes time with the cube of tasks and features together. Throws RangeError where nothing was
 * measured.
 */
export function believeFeatures(arms: readonly FeaturedArm[], spreads: Spreads): FeatureBelief {
  const measured = arms.filter(({ scores }) => scores.some((score) => score !== null));
  if (measured.length === 0) throw new RangeError("nothing was measured");
  const tasks = Math.max(...measured.map(({ scores }) => scores.length));
  const columns = new Map<string, number>();
  for (const { features } of measured)
    for (const feature of features) if (!columns.has(feature)) columns.set(feature, 1 + tasks + columns.size);
  const size = 1 + tasks + columns.size;
  const variance = spreads.noise ** 2;
  const precision = Array.from({ length: size }, () => new Float64Array(size));
  const weighted = new Float64Array(size);
  const add = (row: number, column: number, amount: number): void => {
    const cells = precision[row] as Float64Array;
    cells[column] = (cells[column] as number) + amount;
  };
  add(0, 0, variance);
  for (let task = 0; task < tasks; task++) add(1 + task, 1 + task, variance / spreads.task ** 2);
  for (const [feature, column] of columns) add(column, column, variance / spreads.feature(feature) ** 2);
  for (const { features, scores } of measured) {
    const own = [0, ...features.map((feature) => columns.get(feature) as number)];
    const scored = scores.flatMap((score, task) => (score === null ? [] : [{ score, column: 1 + task }]));
    const sum = scored.reduce((total, { score }) => total + score, 0);
    for (const row of own) {
      weighted[row] = (weighted[row] as number) + sum;
      for (const column of own) add(row, column, scored.length);
    }
    for (const { score, column } of scored) {
      weighted[column] = (weighted[column] as number) + score;
      add(column, column, 1);
      for (const row of own) {
        add(row, column, 1);
        add(column, row, 1);
      }
    }
  }
  const root = cholesky(precision);
  const means = backward(root, forward(root, weighted));
  const sumOf = (effects: (column: number) => number, unknown: (feature: string) => number) => {
    return (features: readonly string[]): number =>
      features.reduce((total, feature) => {
        const column = columns.get(feature);
        return total + (column === undefined ? unknown(feature) : effects(column));
      }, effects(0));
  };
  return {
    expected: sumOf(
      (column) => means[column] as number,
      () => 0,
    ),
    draw: (random) => {
      const away = backward(
        root,
        Float64Array.from({ length: size }, () => random.normal() * spreads.noise),
      );
      const drawn = new Map<string, number>();
      return sumOf(
        (column) => (means[column] as number) + (away[column] as number),
        (feature) => {
          const known = drawn.get(feature);
          if (known !== undefined) return known;
          const effect = random.normal() * spreads.feature(feature);
          drawn.set(feature, effect);
          return effect;
        },
      );
    },
  };
}

type Matrix = readonly Float64Array[];

/** The lower triangle L with L Lᵀ = the symmetric positive definite matrix, in its place. */
function cholesky(matrix: Matrix): Matrix {
  for (const [j, own] of matrix.entries()) {
    let square = own[j] as number;
    for (let k = 0; k < j; k++) square -= (own[k] as number) ** 2;
    const root = Math.sqrt(square);
    own[j] = root;
    for (let i = j + 1; i < matrix.length; i++) {
      const row = matrix[i] as Float64Array;
      let sum = row[j] as number;
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (own[k] as number);
      row[j] = sum / root;
    }
  }
  return matrix;
}

/** Solves L x = b. */
function forward(root: Matrix, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (const [i, row] of root.entries()) {
    let sum = x[i] as number;
    for (let k = 0; k < i; k++) sum -= (row[k] as number) * (x[k] as number);
    x[i] = sum / (row[i] as number);
  }
  return x;
}

/** Solves Lᵀ x = b. */
function backward(root: Matrix, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let i = root.length - 1; i >= 0; i--) {
    const row = root[i] as Float64Array;
    x[i] = (x[i] as number) / (row[i] as number);
    for (let k = 0; k < i; k++) x[k] = (x[k] as number) - (row[k] as number) * (x[i] as number);
  }
  return x;
}
