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
  const all = sums.reduce((total, { sum, n }) => ({ sum: total.sum + sum, n: total.n + n }), { sum: 0, n: 0 });
  const prior = all.n === 0 ? 0 : all.sum / all.n;
  return sums.map(({ sum, n }) => (sum + PRIOR_TASKS * prior) / (n + PRIOR_TASKS));
}

/** The candidate with the highest standing, the oldest of equals; undefined in an empty pool. */
export function bestStanding(matrix: ScoreMatrix): number | undefined {
  const all = standings(matrix);
  const best = Math.max(...all);
  const index = all.indexOf(best);
  return index === -1 ? undefined : index;
}

function sumOf(row: ScoreRow): { readonly sum: number; readonly n: number } {
  let sum = 0;
  let n = 0;
  for (const score of row) {
    if (score === null) continue;
    sum += score;
    n += 1;
  }
  return { sum, n };
}
