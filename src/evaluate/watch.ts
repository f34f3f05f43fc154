import type { AgentEvent } from "../runtime/index.ts";
import type { Rollout } from "./rollout.ts";

/** A rollout that is about to be run. */
interface WatchedRollout {
  readonly genome: string;
  readonly task: string;
  readonly split: string;
  readonly repeat: number;
}

/** Is told of every rollout that is run, of what happens in it, and how it ended; not of what is read back. It must not throw. */
export type RolloutWatcher = (rollout: WatchedRollout) => {
  readonly hear: (event: AgentEvent) => void;
  readonly end: (rollout: Rollout) => void;
};
