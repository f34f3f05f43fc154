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

interface Cell {
  readonly arm: number;
  readonly block: number;
  readonly score: number;
}

interface Effect {
  readonly mean: number;
  readonly variance: number;
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
  const cells = scores.flatMap((row, arm) =>
    row.flatMap((score, block): Cell[] => (score === undefined ? [] : [{ arm, block, score }])),
  );
  if (cells.length === 0) throw new RangeError("nothing was measured");
  const byArm = scores.map((_, arm) => cells.filter((cell) => cell.arm === arm));
  const byBlock = [...Map.groupBy(cells, ({ block }) => block)];
  let center = mean(cells.map(({ score }) => score));
  const total = Math.max(mean(cells.map(({ score }) => (score - center) ** 2)), 1e-9);
  const guess = knownNoise ?? total / 2;
  const guessWeight = knownNoise === undefined ? GUESS_WEIGHT : KNOWN_WEIGHT;
  let [noise, between, amongBlocks] = [guess, Math.max(total - guess, total / 10), guess];
  let arms: Effect[] = scores.map(() => ({ mean: center, variance: between }));
  const blocks: Effect[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const [block, own] of byBlock) {
      blocks[block] = effectOf(own, ({ arm }) => arms[arm]?.mean ?? 0, 0, noise, amongBlocks);
    }
    arms = byArm.map((own) => effectOf(own, ({ block }) => blocks[block]?.mean ?? 0, center, noise, between));
    const measured = arms.filter((_, arm) => (byArm[arm]?.length ?? 0) > 0);
    center = mean(measured.map((arm) => arm.mean));
    const squares = cells.reduce((sum, cell) => sum + expectedSquare(cell, arms, blocks), 0);
    noise = (squares + guessWeight * guess) / (cells.length + guessWeight);
    const floor = total * 1e-3;
    between = Math.max(floor, mean(measured.map((arm) => (arm.mean - center) ** 2 + arm.variance)));
    amongBlocks = Math.max(floor, mean(blocks.filter(Boolean).map((block) => block.mean ** 2 + block.variance)));
  }
  return { means: arms.map((arm) => arm.mean), variances: arms.map((arm) => arm.variance), noise, between };
}

function effectOf(
  own: readonly Cell[],
  other: (cell: Cell) => number,
  prior: number,
  noise: number,
  spread: number,
): Effect {
  const variance = 1 / (own.length / noise + 1 / spread);
  const rest = own.reduce((sum, cell) => sum + cell.score - other(cell), 0);
  return { mean: (rest / noise + prior / spread) * variance, variance };
}

function expectedSquare({ arm, block, score }: Cell, arms: readonly Effect[], blocks: readonly Effect[]): number {
  const [one, other] = [arms[arm], blocks[block]];
  if (one === undefined || other === undefined) return 0;
  return (score - one.mean - other.mean) ** 2 + one.variance + other.variance;
}
