import { dominates } from "./dominance.ts";
import type { ScoreMatrix, ScoreRow } from "./score-matrix.ts";

/** Who is best where, kept up to date as candidates come in. Candidates are named by their position in the pool. */
export interface Frontier {
  /** Scores this close to the best of a task count as equal to it: 0 for exact ties, about one standard error where scores are noisy. */
  readonly tolerance: number;
  readonly rows: ScoreMatrix;
  /** Best score by task; null while nobody was scored on it. */
  readonly best: ScoreRow;
  /** By task, the candidates within the tolerance of the best, oldest first. */
  readonly holders: readonly (readonly number[])[];
  /** By candidate, whether another one dominates it. */
  readonly dominated: readonly boolean[];
}

/** An empty frontier. Throws RangeError for a negative tolerance. */
export function newFrontier(tolerance = 0): Frontier {
  if (!(tolerance >= 0)) throw new RangeError(`a tolerance of at least 0 is needed, not ${tolerance}`);
  return { tolerance, rows: [], best: [], holders: [], dominated: [] };
}

/**
 * The frontier with one more candidate. Costs one pass over its row and one over each survivor's until they differ, so a run stays fast as its
 * pool grows. Throws RangeError when the row is not over the same tasks or holds what is no finite number.
 */
export function addToFrontier(frontier: Frontier, row: ScoreRow): Frontier {
  const { tolerance, rows } = frontier;
  if (rows[0] !== undefined && rows[0].length !== row.length) {
    throw new RangeError(`scores on ${rows[0].length} tasks are needed, not on ${row.length}`);
  }
  const stray = row.find((score) => score !== null && !Number.isFinite(score));
  if (stray !== undefined) throw new RangeError(`${stray} is not a score`);
  const best = row.map((score, task) => higher(frontier.best[task] ?? null, score));
  const holders = row.map((score, task) => {
    const before = frontier.holders[task] ?? [];
    const bar = (best[task] ?? 0) - tolerance;
    if (score === null || score < bar) return before;
    const kept =
      best[task] === frontier.best[task] ? before : before.filter((index) => scoreAt(rows, index, task) >= bar);
    return [...kept, rows.length];
  });
  const survivors = survivorsOf(frontier);
  const beaten = new Set(survivors.filter((index) => dominates(row, rows[index] ?? [])));
  const dominated = [
    ...frontier.dominated.map((was, index) => was || beaten.has(index)),
    // Whoever dominates it is a survivor or is itself dominated by one, who then dominates it too.
    survivors.some((index) => dominates(rows[index] ?? [], row)),
  ];
  return { tolerance, rows: [...rows, row], best, holders, dominated };
}

/** The candidates that no other dominates, oldest first. */
export function survivorsOf({ dominated }: Frontier): readonly number[] {
  return dominated.flatMap((isDominated, index) => (isDominated ? [] : [index]));
}

function scoreAt(rows: ScoreMatrix, index: number, task: number): number {
  return rows[index]?.[task] ?? Number.NEGATIVE_INFINITY;
}

function higher(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
