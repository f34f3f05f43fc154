import type { Task } from "../dataset/index.ts";
import { mean } from "../statistics/index.ts";

/** Scores by task; null where the outside failed. */
type Row = readonly (number | null)[];

type Member = Pick<Task, "id" | "family">;

/** The tasks in their order, those of a family brought to the place of its first. */
export function familiesTogether<T extends Member>(tasks: readonly T[]): readonly T[] {
  return [...Map.groupBy(tasks, unitOf).values()].flat();
}

/**
 * Gains on each unit that a bet may be made on: a task, or the mean of its family where it names one, since tasks of a family win and lose
 * together. A family counts once: members that come after it was bet on, in another block, tell nothing new. `counted` holds the units of
 * the blocks before; those of this one are in the answer.
 */
export function gainsByUnit(
  tasks: readonly Member[],
  before: Row,
  after: Row,
  counted: ReadonlySet<string>,
): { readonly gains: readonly number[]; readonly counted: ReadonlySet<string> } {
  const units = new Map<string, number[]>();
  for (const [i, task] of tasks.entries()) {
    const [score, other] = [before[i] ?? null, after[i] ?? null];
    const unit = unitOf(task);
    if (score === null || other === null || counted.has(unit)) continue;
    units.set(unit, [...(units.get(unit) ?? []), other - score]);
  }
  return { gains: [...units.values()].map(mean), counted: new Set([...counted, ...units.keys()]) };
}

/** Names of families and ids of tasks are kept apart. */
function unitOf({ id, family }: Member): string {
  return family === undefined ? `task ${id}` : `family ${family}`;
}
