import type { Random } from "../base/index.ts";

/**
 * The tasks in an order of which every beginning holds the strata in proportion to their sizes, as nearly as whole tasks allow, otherwise at
 * random. `strata` names the stratum of each task by position; tasks without one are a stratum of their own.
 */
export function inProportion(tasks: readonly number[], strata: readonly string[], random: Random): readonly number[] {
  const placed = groupsOf(tasks, strata, random).flatMap((group) => {
    const start = random.next();
    return group.map((task, rank) => ({ task, place: (rank + start) / group.length }));
  });
  return placed.toSorted((a, b) => a.place - b.place).map(({ task }) => task);
}

/** The tasks in an order of which every beginning holds as many of each stratum as there are: one of each in turn, otherwise at random. */
export function inTurn(tasks: readonly number[], strata: readonly string[], random: Random): readonly number[] {
  const groups = groupsOf(tasks, strata, random);
  const longest = Math.max(0, ...groups.map((group) => group.length));
  return Array.from({ length: longest }, (_, round) =>
    random.shuffle(groups).flatMap((group) => group.slice(round, round + 1)),
  ).flat();
}

function groupsOf(tasks: readonly number[], strata: readonly string[], random: Random): readonly (readonly number[])[] {
  return [...Map.groupBy(random.shuffle(tasks), (task) => strata[task] ?? "").values()];
}
