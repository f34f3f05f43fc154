import { mean } from "../statistics/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Store } from "../store/index.ts";

/** Where a rollout's record holds how many calls of the model it made. */
const modelCalls = "$.usage.modelCalls";

/**
 * Orders waiting tasks so that those which took many model calls before, with any genome, are started first: a long rollout
 * that starts last runs alone at the end of its batch. Tasks never run count as average; ties keep the order of the tasks.
 * What is known is read from the store once, at the first batch that has to wait.
 */
export function makeLongestFirst(
  store: Store,
): <Waiting extends { readonly task: Task }>(waiting: readonly Waiting[]) => readonly Waiting[] {
  let known: ReadonlyMap<string, number> | undefined;
  return (waiting) => {
    known ??= store.rollouts.meanByTask(modelCalls);
    const calls = known;
    if (calls.size === 0) return waiting;
    const average = mean([...calls.values()]);
    const callsOf = ({ task }: { readonly task: Task }): number => calls.get(task.id) ?? average;
    return waiting.toSorted((a, b) => callsOf(b) - callsOf(a));
  };
}
