/** Scores of one candidate by task, in the order of the tasks; null where it was not scored, which is not the same as 0. */
export type ScoreRow = readonly (number | null)[];

/** One row a candidate, in the order of the pool. */
export type ScoreMatrix = readonly ScoreRow[];

/** Weight of the pool's mean against a candidate's own scores, in tasks. */
const PRIOR_TASKS = 5;

/**
 * The standing of each candidate: its mean score drawn towards the mean of all scores as if it had been scored on five more tasks, so that a
 * candidate with three lucky tasks does not stand above one proven on a hundred. Scored on nothing: the mean of all; nothing scored at all: 0.
 */
export function standings(matrix: ScoreMatrix): readonly number[] {
  const sums = matrix.map(sumOf);
  const all = { sum: 0, n: 0 };
  for (const { sum, n } of sums) {
    all.sum += sum;
    all.n += n;
  }
  const prior = all.n === 0 ? 0 : all.sum / all.n;
  return sums.map(({ sum, n }) => (sum + PRIOR_TASKS * prior) / (n + PRIOR_TASKS));
}

/** The candidate with the highest standing, the oldest of equals; undefined in an empty pool. */
export function bestStanding(matrix: ScoreMatrix): number | undefined {
  if (matrix === latest?.matrix) return latest.best;
  const all = standings(matrix);
  const index = all.indexOf(Math.max(...all));
  latest = { matrix, best: index === -1 ? undefined : index };
  return latest.best;
}

/** Several rules ask about the same pool in turn. */
let latest: { readonly matrix: ScoreMatrix; readonly best: number | undefined } | undefined;

interface Sum {
  readonly sum: number;
  readonly n: number;
}

/** Rows never change, so each is added up once. */
const sums = new WeakMap<ScoreRow, Sum>();

function sumOf(row: ScoreRow): Sum {
  const known = sums.get(row);
  if (known !== undefined) return known;
  let sum = 0;
  let n = 0;
  for (const score of row) {
    if (score === null) continue;
    sum += score;
    n += 1;
  }
  const total = { sum, n };
  sums.set(row, total);
  return total;
}
