import type { Task } from "../dataset/index.ts";
import type { Genome } from "../genome/index.ts";
import type { Rollout } from "./rollout.ts";

export interface EvaluateOptions {
  /** 0-based index of the repeat; different repeats draw differently where the model samples. */
  readonly repeat?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called after each rollout, in order of completion. `reused` is true when it came from the cache. */
  readonly onRollout?: ((rollout: Rollout, reused: boolean) => void) | undefined;
  /** Called when a rollout that has to be paid begins; what it returns is called when that has ended, whatever came of it. */
  readonly onRun?: ((task: Task) => () => void) | undefined;
}

/**
 * Scores genomes on tasks. Contract: the result has one rollout per task, in the order of the tasks, whatever the concurrency;
 * a (genome, task, repeat) that was ever scored is read back, not paid again; rejects only when interrupted or when the
 * outside is down for good (AlleleError of kind "outside"), and then everything already paid for is kept.
 */
export interface Evaluator {
  evaluate(genome: Genome, tasks: readonly Task[], options?: EvaluateOptions): Promise<readonly Rollout[]>;
}
