import pLimit from "p-limit";
import { AlleleError, contentHash, mapLimit, type ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import type { AgentProgram, Limits } from "../runtime/index.ts";
import type { Store } from "../store/index.ts";
import { makeCache } from "./cache.ts";
import { makeCircuit } from "./circuit.ts";
import type { EvaluateOptions, Evaluator } from "./evaluator.ts";
import { express } from "./express.ts";
import type { JudgeModel } from "./judge.ts";
import { makeLongestFirst } from "./longest-first.ts";
import { makeRolloutKeys } from "./rollout-key.ts";
import type { Rollout, RolloutKey } from "./rollout.ts";
import { interrupted, runTask, type Laboratory } from "./run-task.ts";
import type { RolloutWatcher } from "./watch.ts";

export interface EvaluatorParts extends Omit<Laboratory, "judge"> {
  /** Asked by judge checks; absent: the task model. */
  readonly judge?: JudgeModel | undefined;
  readonly store: Store;
  /** The model of genomes without a `model` gene. */
  readonly model: string;
  /** Everything of the provider's configuration that changes replies; part of the cache key. */
  readonly modelIdentity: string;
  /** Rollouts under way at once, over all calls of `evaluate` together. */
  readonly concurrency: number;
  readonly limits?: Limits | undefined;
  /** Shifts the sampling seeds of all rollouts; results of different seeds are kept apart. Default 0. */
  readonly seed?: number | undefined;
  readonly watch?: RolloutWatcher | undefined;
}

/** An evaluator in this process, whose cache is the store. */
export function makeEvaluator(parts: EvaluatorParts): Evaluator {
  const { store, concurrency, tools } = parts;
  const { provider, model, modelIdentity: identity, price } = parts;
  const judge = parts.judge ?? { provider, model, identity, price };
  const cache = makeCache(store, parts.clock);
  const circuit = makeCircuit();
  const slot = pLimit(concurrency);
  const longestFirst = makeLongestFirst(store);
  const keys = makeRolloutKeys({
    tools: tools?.version,
    limits: parts.limits ?? {},
    model: parts.modelIdentity,
    judge: judge.identity,
    seed: parts.seed ?? 0,
  });
  const underWay = new Map<ContentHash, Promise<Rollout>>();

  const pay = async (
    program: AgentProgram,
    task: Task,
    key: RolloutKey,
    { signal, onRun }: EvaluateOptions,
  ): Promise<Rollout> => {
    if (signal?.aborted === true) throw interrupted(signal.reason);
    const draw = { repeat: key.repeat, seed: keys.seedOf(task, key.repeat) };
    const ended = onRun?.(task);
    const watched = parts.watch?.({ genome: key.genome, task: task.id, split: task.split, repeat: key.repeat });
    const { rollout, error } = await runTask(
      { ...parts, judge },
      program,
      task,
      { ...draw, hear: watched?.hear },
      signal,
    ).finally(ended);
    watched?.end(rollout);
    if (rollout.state === "scored") {
      await cache.put(key, rollout);
      circuit.succeeded();
    }
    const outage = error && circuit.failed(error);
    if (outage !== undefined) throw outage;
    return rollout;
  };

  const evaluate = async (
    genome: Genome,
    tasks: readonly Task[],
    options: EvaluateOptions = {},
  ): Promise<readonly Rollout[]> => {
    const { repeat = 0, onRollout } = options;
    const program = express(genome, tools, { model: parts.model, limits: parts.limits });
    const id = genomeId(genome);

    /** Shares a rollout that another call has under way or has just stored; if that one is interrupted, it is not ours that is. */
    const obtain = async (hash: ContentHash, task: Task, key: RolloutKey): Promise<Rollout> => {
      const known = cache.get(hash, task, repeat);
      if (known !== undefined) return report(known, true);
      const shared = underWay.get(hash);
      if (shared !== undefined) {
        const rollout = await shared.catch((error: unknown) => error);
        if (!(rollout instanceof Error)) return report({ ...(rollout as Rollout), task: task.id }, true);
        if (!(rollout instanceof AlleleError && rollout.kind === "interrupted")) throw rollout;
        return obtain(hash, task, key);
      }
      const own = slot(() => pay(program, task, key, options));
      underWay.set(hash, own);
      try {
        return report(await own, false);
      } finally {
        underWay.delete(hash);
      }
    };
    const report = (rollout: Rollout, reused: boolean): Rollout => {
      onRollout?.(rollout, reused);
      return rollout;
    };

    const results = new Map<number, Rollout>();
    const missing: { index: number; task: Task; key: RolloutKey; hash: ContentHash }[] = [];
    for (const [index, task] of tasks.entries()) {
      const key = keys.keyOf(id, task, repeat);
      const hash = contentHash(key);
      const known = cache.get(hash, task, repeat);
      if (known === undefined) missing.push({ index, task, key, hash });
      else results.set(index, report(known, true));
    }
    const ordered = missing.length > concurrency ? longestFirst(missing) : missing;
    await mapLimit(ordered, concurrency, async ({ index, task, key, hash }) => {
      results.set(index, await obtain(hash, task, key));
    });
    return tasks.map((_, index) => results.get(index) as Rollout);
  };
  return { evaluate };
}
