import type { ContentHash } from "../base/index.ts";
import type { Scored } from "../evaluate/index.ts";
import type { RunHistory } from "../evolve/index.ts";
import { tracePair, traceView, type TracePair, type TraceView } from "../report/index.ts";
import type { RolloutRecord } from "../store/index.ts";
import type { Workbench } from "./workbench.ts";

/** All that is kept of a genome's rollouts. */
export type RolloutsOf = (genome: ContentHash) => readonly RolloutRecord[];

/**
 * Finds what two genomes did on a task of a run. A genome may have been measured in other surroundings too: the rollout meant is the one
 * with the score in the run's journal.
 */
export function makeTraceReader(
  { store }: Workbench,
  { measured }: RunHistory,
  rolloutsOf: RolloutsOf,
): (task: string, input: string | undefined, a: string, b: string | undefined) => TracePair {
  const read = (genome: ContentHash, task: string): TraceView | undefined => {
    const { test, validation, train } = measured.get(genome) ?? {};
    const score = test?.get(task) ?? validation?.get(task) ?? train?.get(task);
    if (score === undefined || score === null) return undefined;
    const record = rolloutsOf(genome).find((candidate) => candidate.task === task && scoreOf(candidate) === score);
    const trace = record === undefined ? undefined : store.rollouts.trace(record.key);
    if (record === undefined || trace === undefined) return undefined;
    return traceView(genome, { ...(record.rollout as unknown as Kept), trace: trace as unknown as Scored["trace"] });
  };
  return (task, input, a, b) =>
    tracePair(task, input, read(a as ContentHash, task), b === undefined ? undefined : read(b as ContentHash, task));
}

type Kept = Pick<Scored, "score" | "feedback" | "usage">;

function scoreOf({ rollout }: RolloutRecord): number {
  return (rollout as unknown as Kept).score;
}
