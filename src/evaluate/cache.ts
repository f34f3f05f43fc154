import { contentHash, type Clock, type ContentHash, type Json } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Trace } from "../runtime/index.ts";
import type { RolloutRecord, Store } from "../store/index.ts";
import type { RolloutKey, Scored } from "./rollout.ts";

/** What is kept of a scored rollout beside its trace. The task's id is not: tasks that ask the same share a result. */
type Kept = Omit<Scored, "trace" | "task" | "repeat" | "state">;

/** The scored rollouts of a store. */
export interface Cache {
  get(hash: ContentHash, task: Task, repeat: number): Scored | undefined;
  /** Resolves when the rollout is on the disk. Those that come in one turn of the event loop share one transaction. */
  put(key: RolloutKey, rollout: Scored): Promise<void>;
}

export function makeCache(store: Store, clock: Clock): Cache {
  let waiting: { record: RolloutRecord; resolve: () => void; reject: (error: unknown) => void }[] = [];
  const flush = (): void => {
    const group = waiting;
    waiting = [];
    try {
      store.transaction(() => {
        for (const { record } of group) store.rollouts.put(record, clock.now());
      });
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  return {
    get: (hash, task, repeat) => {
      const record = store.rollouts.get(hash);
      return record && withTrace(record.rollout as unknown as Kept, task, repeat, () => store.rollouts.trace(hash));
    },
    put: (key, rollout) =>
      new Promise((resolve, reject) => {
        if (waiting.length === 0) setImmediate(flush);
        waiting.push({ record: recordOf(key, rollout), resolve, reject });
      }),
  };
}

function recordOf(key: RolloutKey, scored: Scored): RolloutRecord {
  const { score, objectives, feedback, usage, verdicts } = scored;
  const kept: Kept = { score, objectives, feedback, usage, ...(verdicts !== undefined && { verdicts }) };
  return {
    key: contentHash(key),
    genome: key.genome,
    task: scored.task,
    split: key.split,
    repeat: key.repeat,
    rollout: kept as unknown as Json,
    trace: scored.trace as unknown as Json,
  };
}

/** Most readers of a cached rollout want its score alone; the trace is read when it is first asked for. */
function withTrace(kept: Kept, task: Task, repeat: number, read: () => Json | undefined): Scored {
  let trace: Trace | undefined;
  return {
    state: "scored",
    task: task.id,
    repeat,
    ...kept,
    get trace(): Trace {
      trace ??= read() as unknown as Trace;
      return trace;
    },
  };
}
