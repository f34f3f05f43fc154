import { dominates, toleranceAt, type Tolerance } from "./dominance.ts";
import type { ScoreMatrix, ScoreRow } from "./score-matrix.ts";

/** Who is best where, kept up to date as candidates come in. Candidates are named by their position in the pool. */
export interface Frontier {
  /** Values this close to the best of a column count as equal to it: 0 for exact ties, about one standard error where scores are noisy. */
  readonly tolerance: Tolerance;
  /** What candidates compete for, a column each, higher being better: scores by task, or what another `FrontierType` makes columns of. */
  readonly rows: ScoreMatrix;
  /** Scores by task, by which a candidate stands among all; the rows themselves where the columns are tasks. */
  readonly scores: ScoreMatrix;
  /** Best value by column; null while nobody was measured in it. */
  readonly best: ScoreRow;
  /** By column, the candidates within the tolerance of the best, oldest first. */
  readonly holders: readonly (readonly number[])[];
  /** By candidate, whether another one dominates it. */
  readonly dominated: readonly boolean[];
}

/** An empty frontier. Throws RangeError for a negative tolerance. */
export function newFrontier(tolerance: Tolerance = 0): Frontier {
  const stray = [tolerance].flat().find((one) => !(one >= 0));
  if (stray !== undefined) throw new RangeError(`a tolerance of at least 0 is needed, not ${stray}`);
  return { tolerance, rows: [], scores: [], best: [], holders: [], dominated: [] };
}

/**
 * The frontier with one more candidate. Costs one pass over its row and one over each survivor's until they differ, so a run stays fast as its
 * pool grows. `scores` are its scores by task where the row holds something else. Throws RangeError when the row is not over the same columns
 * or holds what is no finite number.
 */
export function addToFrontier(frontier: Frontier, row: ScoreRow, scores: ScoreRow = row): Frontier {
  const { tolerance, rows } = frontier;
  requireRow(row, rows[0]?.length ?? row.length);
  const best = row.map((score, column) => higher(frontier.best[column] ?? null, score));
  const holders = row.map((score, column) => {
    const before = frontier.holders[column] ?? [];
    const bar = (best[column] ?? 0) - toleranceAt(tolerance, column);
    if (score === null || score < bar) return before;
    const kept =
      best[column] === frontier.best[column] ? before : before.filter((index) => scoreAt(rows, index, column) >= bar);
    return [...kept, rows.length];
  });
  const survivors = survivorsOf(frontier);
  const beaten = new Set(survivors.filter((index) => dominates(row, rows[index] ?? [], tolerance)));
  const dominated = [
    ...frontier.dominated.map((was, index) => was || beaten.has(index)),
    // Whoever dominates it is a survivor or is itself dominated by one, who then dominates it too.
    survivors.some((index) => dominates(rows[index] ?? [], row, tolerance)),
  ];
  return { tolerance, rows: [...rows, row], scores: [...frontier.scores, scores], best, holders, dominated };
}

/**
 * The frontier with another row for one candidate, as if it had come in with it. Costs one pass over the columns that differ and, for most
 * candidates, a look at their first columns. Throws RangeError as addToFrontier does, and for a candidate that is not there.
 */
export function replaceInFrontier(frontier: Frontier, index: number, row: ScoreRow, scores: ScoreRow = row): Frontier {
  const { tolerance, rows: before } = frontier;
  const old = before[index];
  if (old === undefined) throw new RangeError(`there is no candidate ${index}`);
  requireRow(row, old.length);
  const rows = before.with(index, row);
  const best = [...frontier.best];
  const holders = [...frontier.holders];
  for (const [column, value] of row.entries()) {
    if (value === (old[column] ?? null)) continue;
    best[column] = rows.reduce<number | null>((most, other) => higher(most, other[column] ?? null), null);
    const bar = (best[column] ?? 0) - toleranceAt(tolerance, column);
    holders[column] = rows.flatMap((_, other) => (scoreAt(rows, other, column) >= bar ? [other] : []));
  }
  const isDominated = (at: number): boolean => {
    const own = rows[at] ?? [];
    return rows.some((other, place) => place !== at && dominates(other, own, tolerance));
  };
  const dominated = frontier.dominated.map((was, at) => {
    if (at === index) return isDominated(at);
    const theirs = rows[at] ?? [];
    if (dominates(row, theirs, tolerance)) return true;
    // It may have been this candidate alone that dominated it, or whoever this one dominated in turn.
    return was && dominates(old, theirs, tolerance) ? isDominated(at) : was;
  });
  return { tolerance, rows, scores: frontier.scores.with(index, scores), best, holders, dominated };
}

/** The candidates that no other dominates, oldest first. */
export function survivorsOf({ dominated }: Frontier): readonly number[] {
  return dominated.flatMap((isDominated, index) => (isDominated ? [] : [index]));
}

function requireRow(row: ScoreRow, columns: number): void {
  if (row.length !== columns) throw new RangeError(`values in ${columns} columns are needed, not in ${row.length}`);
  const stray = row.find((score) => score !== null && !Number.isFinite(score));
  if (stray !== undefined) throw new RangeError(`${stray} is not a score`);
}

function scoreAt(rows: ScoreMatrix, index: number, column: number): number {
  return rows[index]?.[column] ?? Number.NEGATIVE_INFINITY;
}

function higher(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
