import { normalCdf } from "./distributions.ts";
import { mean } from "./mean.ts";

/** Scores of arms (rows) on blocks of tasks (columns) that all arms share; undefined where an arm was not measured. */
export type BlockScores = readonly (readonly (number | undefined)[])[];

/** What is believed of each arm's true score, on the mean block. */
export interface ArmBelief {
  /** Expected true score of each arm, drawn towards the pool's mean. */
  readonly means: readonly number[];
  /** Variance of that belief, for each arm. */
  readonly variances: readonly number[];
  /** Variance of one arm's score on one block, once arm and block are known. */
  readonly noise: number;
  /** Variance of true scores between arms. */
  readonly between: number;
}

const ROUNDS = 30;

/** Scores that the first guess of a variance counts for, so that few scores cannot make it 0. */
const GUESS_WEIGHT = 2;
const KNOWN_WEIGHT = 10;

/**
 * Normal model with crossed effects: score = arm + block + noise, arms and blocks each drawn from a normal distribution whose variance is
 * estimated (empirical Bayes). How hard a block is counts as no noise, and arms that did different blocks are compared on equal terms.
 * Fitted by mean-field variational EM (Bishop 2006, section 10.1); until something repeats, half of the variance seen is taken for noise.
 * An arm without scores is believed to be as the pool. `knownNoise` is a first guess of the noise from elsewhere, which then counts for
 * more: for the share of m tasks passed it is about p (1 - p) / m times what arms do not have in common. Throws RangeError where nothing
 * was measured.
 */
export function believe(scores: BlockScores, knownNoise?: number): ArmBelief {
  const cells = measuredCells(scores);
  const count = cells.score.length;
  if (count === 0) throw new RangeError("nothing was measured");
  const values = Array.from(cells.score);
  let center = mean(values);
  const total = Math.max(mean(values.map((score) => (score - center) ** 2)), 1e-9);
  const guess = knownNoise ?? total / 2;
  const guessWeight = knownNoise === undefined ? GUESS_WEIGHT : KNOWN_WEIGHT;
  const floor = total * 1e-3;
  let [noise, between, amongBlocks] = [guess, Math.max(total - guess, total / 10), guess];
  const arms = effects(cells.arm, scores.length, center);
  const blocks = effects(cells.block, cells.blocks, 0);
  for (let round = 0; round < ROUNDS; round++) {
    update(blocks, cells.block, cells.score, arms.mean, cells.arm, { prior: 0, noise, spread: amongBlocks });
    update(arms, cells.arm, cells.score, blocks.mean, cells.block, { prior: center, noise, spread: between });
    center = averageOf(arms, (arm) => arms.mean[arm] ?? 0);
    noise = (expectedSquares(cells, arms, blocks) + guessWeight * guess) / (count + guessWeight);
    between = Math.max(floor, expectedSpread(arms, center));
    amongBlocks = Math.max(floor, expectedSpread(blocks, 0));
  }
  return { means: Array.from(arms.mean), variances: Array.from(arms.variance), noise, between };
}

/** Probability that arm `a` is truly better than arm `b`, as far as the scores tell. */
export function probabilityBetter(belief: ArmBelief, a: number, b: number): number {
  const variance = (belief.variances[a] ?? 0) + (belief.variances[b] ?? 0);
  const gain = (belief.means[a] ?? 0) - (belief.means[b] ?? 0);
  return variance > 0 ? normalCdf(gain / Math.sqrt(variance)) : Number(gain > 0);
}

/** What was measured, as plain numbers side by side: beliefs are asked for after every result. */
interface Cells {
  readonly arm: Int32Array;
  readonly block: Int32Array;
  readonly score: Float64Array;
  readonly blocks: number;
}

function measuredCells(scores: BlockScores): Cells {
  const cells = scores.flatMap((row, arm) =>
    row.flatMap((score, block) => (score === undefined ? [] : [{ arm, block, score }])),
  );
  return {
    arm: Int32Array.from(cells, ({ arm }) => arm),
    block: Int32Array.from(cells, ({ block }) => block),
    score: Float64Array.from(cells, ({ score }) => score),
    blocks: Math.max(0, ...scores.map((row) => row.length)),
  };
}

/** Effects of all arms, or of all blocks, and how many scores each has. */
interface Effects {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
  readonly count: Int32Array;
}

function effects(of: Int32Array, size: number, start: number): Effects {
  const count = new Int32Array(size);
  for (const index of of) count[index] = (count[index] ?? 0) + 1;
  return { mean: new Float64Array(size).fill(start), variance: new Float64Array(size), count };
}

/** Sets each effect to its posterior, given the means of the other kind. */
function update(
  { mean: means, variance, count }: Effects,
  own: Int32Array,
  score: Float64Array,
  others: Float64Array,
  other: Int32Array,
  { prior, noise, spread }: { readonly prior: number; readonly noise: number; readonly spread: number },
): void {
  means.fill(0);
  for (let cell = 0; cell < own.length; cell++) {
    const index = own[cell] ?? 0;
    means[index] = (means[index] ?? 0) + (score[cell] ?? 0) - (others[other[cell] ?? 0] ?? 0);
  }
  for (let index = 0; index < count.length; index++) {
    const posterior = 1 / ((count[index] ?? 0) / noise + 1 / spread);
    variance[index] = posterior;
    means[index] = ((means[index] ?? 0) / noise + prior / spread) * posterior;
  }
}

/** Mean of something over the effects that have scores. */
function averageOf({ count }: Effects, value: (index: number) => number): number {
  let [sum, n] = [0, 0];
  for (let index = 0; index < count.length; index++) {
    if (count[index] === 0) continue;
    sum += value(index);
    n++;
  }
  return sum / n;
}

function expectedSpread(effects: Effects, center: number): number {
  return averageOf(effects, (index) => ((effects.mean[index] ?? 0) - center) ** 2 + (effects.variance[index] ?? 0));
}

function expectedSquares({ arm, block, score }: Cells, arms: Effects, blocks: Effects): number {
  let sum = 0;
  for (let cell = 0; cell < score.length; cell++) {
    const a = arm[cell] ?? 0;
    const b = block[cell] ?? 0;
    const rest = (score[cell] ?? 0) - (arms.mean[a] ?? 0) - (blocks.mean[b] ?? 0);
    sum += rest ** 2 + (arms.variance[a] ?? 0) + (blocks.variance[b] ?? 0);
  }
  return sum;
}
