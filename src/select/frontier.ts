import { dominates, toleranceAt, type Tolerance } from "./dominance.ts";
import { totalOf, type ScoreMatrix, type ScoreRow, type Total } from "./score-matrix.ts";

/** Who is best where, kept up to date as candidates come in. Candidates are named by their position in the pool. */
export interface Frontier {
  /** Values this close to the best of a column count as equal to it: 0 for exact ties, about one standard error where scores are noisy. */
  readonly tolerance: Tolerance;
  /** What candidates compete for, a column each, higher being better: scores by task, or what another `FrontierType` makes columns of. */
  readonly rows: ScoreMatrix;
  /** Scores by task, by which a candidate stands among all; the rows themselves where the columns are tasks. */
  readonly scores: ScoreMatrix;
  /** The same, added up by candidate. */
  readonly totals: readonly Total[];
  /** Candidates with a value in at least one column, oldest first: of the others nothing is known. */
  readonly measured: readonly number[];
  /** Best value by column; null while nobody was measured in it. */
  readonly best: ScoreRow;
  /** By column, the candidates within the tolerance of the best, oldest first; looked for when first asked. */
  readonly holders: readonly (readonly number[])[];
  /** By candidate, whether another one dominates it. */
  readonly dominated: readonly boolean[];
}

/** An empty frontier. Throws RangeError for a negative tolerance. */
export function newFrontier(tolerance: Tolerance = 0): Frontier {
  const stray = [tolerance].flat().find((one) => !(one >= 0));
  if (stray !== undefined) throw new RangeError(`a tolerance of at least 0 is needed, not ${stray}`);
  return { tolerance, rows: [], scores: [], totals: [], measured: [], best: [], holders: [], dominated: [] };
}

/**
 * The frontier with one more candidate. Costs one pass over its row and one over each measured survivor's until they differ. One that was measured
 * in no column costs next to nothing. `scores` are its scores by task where the row holds something else. Throws RangeError when the row is not
 * over the same columns or holds what is no finite number.
 */
export function addToFrontier(frontier: Frontier, row: ScoreRow, scores: ScoreRow = row): Frontier {
  const { tolerance, rows, measured } = frontier;
  requireRow(row, rows[0]?.length ?? row.length);
  const index = rows.length;
  const known = isMeasured(row);
  const dominated = frontier.dominated.concat(false);
  for (const other of known ? measured : []) {
    const theirs = rows[other] ?? [];
    // Whoever dominates it is a survivor or is itself dominated by one, who then dominates it too.
    if (frontier.dominated[other] === true) continue;
    if (dominates(row, theirs, tolerance)) dominated[other] = true;
    else if (dominates(theirs, row, tolerance)) dominated[index] = true;
  }
  return withHolders({
    tolerance,
    rows: rows.concat([row]),
    scores: frontier.scores.concat([scores]),
    totals: frontier.totals.concat(totalOf(scores)),
    measured: known ? measured.concat(index) : measured,
    best: row.map((value, column) => higher(frontier.best[column] ?? null, value)),
    dominated,
  });
}

/**
 * The frontier with another row for one candidate, as if it had come in with it. Costs, for most measured candidates, a look at their first columns;
 * and one pass over all of them for a column in which it was the best and no longer is. Throws RangeError as addToFrontier does, and for a
 * candidate that is not there.
 */
export function replaceInFrontier(frontier: Frontier, index: number, row: ScoreRow, scores: ScoreRow = row): Frontier {
  const { tolerance } = frontier;
  const old = frontier.rows[index];
  if (old === undefined) throw new RangeError(`there is no candidate ${index}`);
  requireRow(row, old.length);
  const rows = frontier.rows.with(index, row);
  const measured = withPosition(frontier.measured, index, isMeasured(row));
  const best = row.map((value, column) => {
    const [most, before] = [frontier.best[column] ?? null, old[column] ?? null];
    if (before === null || before !== most || higher(before, value) === value) return higher(most, value);
    return measured.reduce<number | null>((so, other) => higher(so, rows[other]?.[column] ?? null), null);
  });
  const isDominated = (at: number): boolean =>
    measured.some((other) => other !== at && dominates(rows[other] ?? [], rows[at] ?? [], tolerance));
  const dominated = frontier.dominated.with(index, isDominated(index));
  for (const at of measured) {
    if (at === index) continue;
    const theirs = rows[at] ?? [];
    if (dominates(row, theirs, tolerance)) dominated[at] = true;
    // It may have been this candidate alone that dominated it, or whoever this one dominated in turn.
    else if (dominated[at] === true && dominates(old, theirs, tolerance)) dominated[at] = isDominated(at);
  }
  return withHolders({
    tolerance,
    rows,
    scores: frontier.scores.with(index, scores),
    totals: frontier.totals.with(index, totalOf(scores)),
    measured,
    best,
    dominated,
  });
}

/** The candidates that no other dominates, oldest first. */
export function survivorsOf({ dominated }: Frontier): readonly number[] {
  const survivors: number[] = [];
  for (const [index, isDominated] of dominated.entries()) if (!isDominated) survivors.push(index);
  return survivors;
}

/** Few rules look at the holders, and to keep the lists up to date would take as long as the pool is large. */
function withHolders(frontier: Omit<Frontier, "holders">): Frontier {
  const { rows, measured, best, tolerance } = frontier;
  let holders: Frontier["holders"] | undefined;
  return {
    ...frontier,
    get holders() {
      holders ??= best.map((most, column) => {
        const bar = (most ?? 0) - toleranceAt(tolerance, column);
        return measured.filter((index) => (rows[index]?.[column] ?? Number.NEGATIVE_INFINITY) >= bar);
      });
      return holders;
    },
  };
}

function isMeasured(row: ScoreRow): boolean {
  return row.some((value) => value !== null);
}

/** Positions in ascending order, with one of them in or out. */
function withPosition(positions: readonly number[], position: number, isIn: boolean): readonly number[] {
  if (positions.includes(position) === isIn) return positions;
  if (!isIn) return positions.filter((other) => other !== position);
  return positions.toSpliced(positions.findLastIndex((other) => other < position) + 1, 0, position);
}

function requireRow(row: ScoreRow, columns: number): void {
  if (row.length !== columns) throw new RangeError(`values in ${columns} columns are needed, not in ${row.length}`);
  const stray = row.find((score) => score !== null && !Number.isFinite(score));
  if (stray !== undefined) throw new RangeError(`${stray} is not a score`);
}

function higher(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
