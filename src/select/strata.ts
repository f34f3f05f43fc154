import type { Random } from "../base/index.ts";

/**
 * The tasks in an order of which every beginning is spread over the strata: in turn one task of each stratum that has some left, strata and
 * tasks within them in random order. `strata` names the stratum of each task by position; a task without one is in a stratum of its own kind.
 */
export function spread(tasks: readonly number[], strata: readonly string[], random: Random): readonly number[] {
  const groups = [...Map.groupBy(random.shuffle(tasks), (task) => strata[task] ?? "").values()];
  const longest = Math.max(0, ...groups.map((group) => group.length));
  return Array.from({ length: longest }, (_, round) =>
    random.shuffle(groups).flatMap((group) => group.slice(round, round + 1)),
  ).flat();
}
