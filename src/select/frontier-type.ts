import type { Tolerance } from "./dominance.ts";
import { tolerancesOf, upward, type Objective, type ObjectiveVector } from "./objective.ts";
import type { ScoreRow } from "./score-matrix.ts";

/** What candidates compete for: each column of a frontier is one thing that one of them is best at. */
export interface FrontierType {
  readonly name: string;
  /** The columns of a candidate that was measured on tasks (outer) by objectives (inner), higher being better in each. */
  row(measured: readonly ObjectiveVector[], objectives: readonly Objective[]): ScoreRow;
  /** The tolerances of these columns, for `newFrontier`. */
  tolerance(tasks: number, objectives: readonly Objective[]): Tolerance;
}

/** One column a task, holding the first objective. */
const byTask: FrontierType = {
  name: "task",
  row: (measured, objectives) => measured.map((vector) => upward(vector, objectives)[0] ?? null),
  tolerance: (_, objectives) => objectives[0]?.tolerance ?? 0,
};

/** One column an objective, holding its mean over the tasks it was measured on: true Pareto dominance over objectives. */
const byObjective: FrontierType = {
  name: "objective",
  row: (measured, objectives) => {
    const turned = measured.map((vector) => upward(vector, objectives));
    return objectives.map((_, objective) => meanOf(turned.map((vector) => vector[objective] ?? null)));
  },
  tolerance: (_, objectives) => tolerancesOf(objectives),
};

/** The columns of both: specialists of a task and specialists of an objective. */
const both: FrontierType = {
  name: "hybrid",
  row: (measured, objectives) => [...byTask.row(measured, objectives), ...byObjective.row(measured, objectives)],
  tolerance: (tasks, objectives) => [
    ...Array.from({ length: tasks }, () => objectives[0]?.tolerance ?? 0),
    ...objectives.map(({ tolerance = 0 }) => tolerance),
  ],
};

/** One column for each objective on each task. */
const cartesian: FrontierType = {
  name: "cartesian",
  row: (measured, objectives) => measured.flatMap((vector) => upward(vector, objectives)),
  tolerance: (tasks, objectives) =>
    Array.from({ length: tasks }, () => objectives.map(({ tolerance = 0 }) => tolerance)).flat(),
};

/** The types by the names that options use. */
export const frontierTypes = {
  task: byTask,
  objective: byObjective,
  hybrid: both,
  cartesian,
} as const satisfies Readonly<Record<string, FrontierType>>;

function meanOf(values: ScoreRow): number | null {
  const measured = values.filter((value) => value !== null);
  return measured.length === 0 ? null : measured.reduce((sum, value) => sum + value, 0) / measured.length;
}
