/** Scores of a candidate on the validation tasks, in their order; null where the outside failed. */
export type Row = readonly (number | null)[];

/** Who is best where, kept up to date as candidates come in. Positions are those of the pool. */
export interface Frontier {
  readonly rows: readonly Row[];
  /** Best score by task; null while nobody was scored on it. */
  readonly best: Row;
  /** By task, the candidates that reach the best score. */
  readonly holders: readonly (readonly number[])[];
  /** By candidate, on how many tasks it reaches the best score. */
  readonly wins: readonly number[];
  /** By candidate, whether another is at least as good on every task and better on one. */
  readonly dominated: readonly boolean[];
}

export const emptyFrontier: Frontier = { rows: [], best: [], holders: [], wins: [], dominated: [] };

/** The frontier with one more candidate. Costs one pass over its row, and one over each survivor's until they differ. */
export function addToFrontier(frontier: Frontier, row: Row): Frontier {
  const index = frontier.rows.length;
  const wins = [...frontier.wins, 0];
  const best = row.map((score, task) => better(frontier.best[task] ?? null, score));
  const holders = row.map((score, task) => {
    const before = frontier.holders[task] ?? [];
    if (score === null || score !== best[task]) return before;
    wins[index] = (wins[index] ?? 0) + 1;
    if (score === frontier.best[task]) return [...before, index];
    for (const holder of before) wins[holder] = (wins[holder] ?? 0) - 1;
    return [index];
  });
  const alive = frontier.rows.map((other, i) => ({ other, i })).filter(({ i }) => frontier.dominated[i] !== true);
  const beaten = new Set(alive.filter(({ other }) => dominates(row, other)).map(({ i }) => i));
  const dominated = [
    ...frontier.dominated.map((was, i) => was || beaten.has(i)),
    alive.some(({ other }) => dominates(other, row)),
  ];
  return { rows: [...frontier.rows, row], best, holders, wins, dominated };
}

/** At least as good on every task both were scored on, and better on one: Pareto dominance. */
function dominates(a: Row, b: Row): boolean {
  let ahead = false;
  for (let task = 0; task < a.length; task++) {
    const [mine, theirs] = [a[task] ?? null, b[task] ?? null];
    if (mine === null || theirs === null) continue;
    if (mine < theirs) return false;
    if (mine > theirs) ahead = true;
  }
  return ahead;
}

function better(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
