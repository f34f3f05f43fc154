import type { Task } from "../dataset/index.ts";
import { mean, scoreInterval } from "../statistics/index.ts";
import type { Rollout, Scored } from "./rollout.ts";

/** What a batch of rollouts came to. */
export interface Summary {
  /** Tasks with a score. */
  readonly n: number;
  /** Mean over tasks of each task's mean over repeats; 0 without any. */
  readonly score: number;
  /** 95 %, over tasks; [0, 1] without any. */
  readonly interval: readonly [number, number];
  /** Rollouts that failed outside and are in no score. */
  readonly errors: number;
  readonly rollouts: number;
  /** Input and output together, of all rollouts, reused ones too. */
  readonly tokens: number;
  readonly usd: number;
  readonly byTag: Readonly<Record<string, { readonly n: number; readonly score: number }>>;
}

/** `tasks` gives the tags. Repeats of a task are one observation, so that more repeats do not feign more certainty. */
export function summarize(rollouts: readonly Rollout[], tasks: readonly Task[]): Summary {
  const scored = rollouts.filter((rollout): rollout is Scored => rollout.state === "scored");
  const byTask = new Map(
    [...Map.groupBy(scored, ({ task }) => task)].map(([task, group]) => [task, mean(group.map(({ score }) => score))]),
  );
  const scores = [...byTask.values()];
  const usages = rollouts.map(({ usage }) => usage);
  return {
    n: scores.length,
    score: scores.length === 0 ? 0 : mean(scores),
    interval: scores.length === 0 ? [0, 1] : scoreInterval(scores),
    errors: rollouts.length - scored.length,
    rollouts: rollouts.length,
    tokens: usages.reduce((sum, usage) => sum + usage.inputTokens + usage.outputTokens, 0),
    usd: usages.reduce((sum, usage) => sum + usage.usd, 0),
    byTag: scoresByTag(byTask, tasks),
  };
}

function scoresByTag(byTask: ReadonlyMap<string, number>, tasks: readonly Task[]): Summary["byTag"] {
  const tagged = tasks.flatMap(({ id, tags }) => {
    const score = byTask.get(id);
    return score === undefined ? [] : tags.map((tag) => ({ tag, score }));
  });
  const groups = [...Map.groupBy(tagged, ({ tag }) => tag)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    groups.map(([tag, group]) => [tag, { n: group.length, score: mean(group.map(({ score }) => score)) }]),
  );
}
