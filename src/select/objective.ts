import { dominates, type Tolerance } from "./dominance.ts";
import type { ScoreRow } from "./score-matrix.ts";

/** One thing that candidates are measured by. */
export interface Objective {
  readonly name: string;
  readonly better: "higher" | "lower";
  /** Values this close count as equal, in the objective's own unit; 0 or left out: any difference counts. */
  readonly tolerance?: number | undefined;
}

/** What every rollout is measured by: the score and the share of policies kept, in [0, 1]; money in US dollars, milliseconds, tokens. */
export const standardObjectives = [
  { name: "quality", better: "higher" },
  { name: "compliance", better: "higher" },
  { name: "cost", better: "lower" },
  { name: "latency", better: "lower" },
  { name: "tokens", better: "lower" },
] as const satisfies readonly Objective[];

/** One value an objective, in their order; null where it was not measured. */
export type ObjectiveVector = ScoreRow;

/** The vector with every direction turned to higher is better. Throws RangeError when it has not one value an objective. */
export function upward(vector: ObjectiveVector, objectives: readonly Objective[]): ScoreRow {
  if (vector.length !== objectives.length) {
    throw new RangeError(`${objectives.length} objectives need as many values, not ${vector.length}`);
  }
  // 0 - value, not -value: there is no negative zero among scores.
  return vector.map((value, i) => (value === null || objectives[i]?.better === "higher" ? value : 0 - value));
}

/** The tolerances of the objectives, in their order. */
export function tolerancesOf(objectives: readonly Objective[]): Tolerance {
  return objectives.map(({ tolerance = 0 }) => tolerance);
}

/** The positions of the vectors that no other dominates, by true Pareto dominance over all objectives, oldest first. */
export function paretoFront(vectors: readonly ObjectiveVector[], objectives: readonly Objective[]): readonly number[] {
  const rows = vectors.map((vector) => upward(vector, objectives));
  const tolerance = tolerancesOf(objectives);
  return rows.flatMap((row, index) => (rows.some((other) => dominates(other, row, tolerance)) ? [] : [index]));
}

/**
 * The area between a reference point and the front of vectors of two objectives: what the pool covers, one number that never falls when a
 * vector is added. The reference should be worse than all of them in both; what is not better than it in both adds nothing. A vector with
 * a value that was not measured adds nothing. Throws RangeError unless there are two objectives and a complete reference.
 */
export function hypervolume(
  vectors: readonly ObjectiveVector[],
  reference: ObjectiveVector,
  objectives: readonly Objective[],
): number {
  const [originX, originY, ...further] = upward(reference, objectives);
  if (typeof originX !== "number" || typeof originY !== "number" || further.length > 0) {
    throw new RangeError("a hypervolume needs two objectives and a reference measured in both");
  }
  const points = vectors
    .map((vector) => upward(vector, objectives))
    .flatMap(([x = null, y = null]) => (x === null || y === null ? [] : [{ x: x - originX, y: y - originY }]))
    .filter(({ x, y }) => x > 0 && y > 0)
    .toSorted((a, b) => b.x - a.x);
  let area = 0;
  let height = 0;
  for (const { x, y } of points) {
    area += x * Math.max(0, y - height);
    height = Math.max(height, y);
  }
  return area;
}
