import type { Task } from "../dataset/index.ts";
import { activeGenes, type Genome } from "../genome/index.ts";

/** Tasks that a genome does not show the agent as examples: on the others the answer stands before it, which says nothing of how good it is. */
export function withoutShown<T extends Pick<Task, "input">>(tasks: readonly T[], genome: Genome): readonly T[] {
  const shown = new Set(
    Object.values(activeGenes(genome)).flatMap((gene) =>
      gene.type === "demos" ? gene.value.map(({ input }) => input) : [],
    ),
  );
  return shown.size === 0 ? tasks : tasks.filter(({ input }) => !shown.has(input));
}
