import { contentHash, type ContentHash } from "../base/index.ts";
import { type Dataset, type SplitName, type Task } from "../dataset/index.ts";
import { loadToolModule, makeRolloutKeys, type Scored } from "../evaluate/index.ts";
import { modelIdentity, type ModelConfig } from "../providers/index.ts";
import type { Trace } from "../runtime/index.ts";
import type { Config } from "./config.ts";
import { programLimits } from "./laboratory.ts";
import type { Workbench } from "./workbench.ts";

/** A scored rollout of the store, of a task as it is now. */
export interface MeasuredRollout {
  readonly key: ContentHash;
  readonly task: Task;
  readonly genome: ContentHash;
  readonly repeat: number;
  readonly kept: Pick<Scored, "score" | "objectives" | "feedback" | "usage" | "verdicts">;
  /** Undefined where it was not kept. */
  readonly trace: () => Trace | undefined;
}

/** With what the rollouts meant were run. */
export interface Surroundings {
  readonly model: ModelConfig;
  readonly limits: Config["limits"];
}

/** What the store has of these genomes on these splits, measured with this model and on tasks that have not changed since; by task, then by genome. */
export async function measuredRollouts(
  { store, config }: Workbench,
  dataset: Dataset,
  { model, limits }: Surroundings,
  genomes: readonly ContentHash[],
  splits: readonly SplitName[],
): Promise<readonly MeasuredRollout[]> {
  const keys = makeRolloutKeys({
    tools: dataset.toolModule === undefined ? undefined : (await loadToolModule(dataset.toolModule)).version,
    limits: programLimits(limits),
    model: modelIdentity(model),
    judge: modelIdentity(config.models.judge ?? model),
    seed: 0,
  });
  const byGenome = new Map(
    genomes.map((genome) => [genome, Map.groupBy(store.rollouts.listByGenome(genome), ({ task }) => task)]),
  );
  return dataset.tasks
    .filter(({ split }) => splits.includes(split))
    .flatMap((task) =>
      [...byGenome].flatMap(([genome, byTask]) =>
        (byTask.get(task.id) ?? [])
          .filter(({ key, repeat }) => contentHash(keys.keyOf(genome, task, repeat)) === key)
          .map(({ key, repeat, rollout }) => ({
            key,
            task,
            genome,
            repeat,
            kept: rollout as unknown as MeasuredRollout["kept"],
            trace: () => store.rollouts.trace(key) as unknown as Trace | undefined,
          })),
      ),
    );
}
