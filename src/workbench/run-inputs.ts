import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { AlleleError } from "../base/index.ts";
import { judgeChecksIn, loadDataset, SCORER_VERSION, type Dataset } from "../dataset/index.ts";
import type { RolloutWatcher } from "../evaluate/index.ts";
import type { EvolveInputs } from "../evolve/index.ts";
import type { Genome } from "../genome/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { estimateCosts } from "./cost-estimate.ts";
import { openLaboratory } from "./laboratory.ts";
import { proposalsFolder } from "./paths.ts";
import { reflectionIdentity } from "./reflection-config.ts";
import { operatorsFor, reflectorOf } from "./reflector.ts";
import type { RunOptions } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

export interface RunParts {
  readonly frozen: RunOptions;
  readonly seedGenome: Genome;
  readonly dataset: Dataset;
  readonly concurrency: number;
  readonly tell: ((line: string) => void) | undefined;
  readonly stopRequested: () => boolean;
  readonly watch?: RolloutWatcher | undefined;
}

/** Wires what the engine is given, all but where it keeps its journal and who listens. */
export async function inputsOf(
  workbench: Workbench,
  run: string,
  { frozen, seedGenome, dataset, concurrency, tell, stopRequested, watch }: RunParts,
): Promise<Omit<EvolveInputs, "store" | "bus" | "signal">> {
  const { limits } = frozen;
  const laboratory = await openLaboratory(workbench, { dataset, model: frozen.task, limits, concurrency, watch });
  return {
    run,
    options: { ...frozen.evolve, concurrency },
    seedGenome,
    dataset,
    identity: {
      task: modelIdentity(frozen.task),
      reflection: reflectionIdentity(frozen.reflection),
      limits: { ...limits, usd: limits.usd ?? null },
      tools: laboratory.tools?.version ?? null,
      scorer: SCORER_VERSION,
      ...(isJudged(dataset) && { judge: modelIdentity(workbench.config.models.judge ?? frozen.task) }),
    },
    evaluator: laboratory.evaluator,
    operators: operatorsFor(frozen.reflection, seedGenome),
    reflector: reflectorOf(workbench, frozen.reflection, {
      folder: proposalsFolder(workbench, run),
      tell: (line) => tell?.(line),
      stopRequested,
    }),
    estimate: estimateCosts({ task: frozen.task, reflection: frozen.reflection, limits, seedGenome, dataset }),
    clock: workbench.clock,
    stopRequested,
  };
}

/** The dataset a run was started on. Throws `dataset-gone`. */
export async function datasetOf(workbench: Workbench, options: RunOptions): Promise<Dataset> {
  const file = resolve(workbench.root, options.dataset);
  if (existsSync(file)) return loadDataset(file);
  throw new AlleleError({
    code: "dataset-gone",
    message: `the run was started on the dataset ${options.datasetName}, which is no longer there`,
    hint: "Put it back as it was to resume the run, or start a new one. What the run found so far is kept.",
    where: { file },
  });
}

/** Whether a model has a say in the scores. */
export function isJudged({ tasks }: Dataset): boolean {
  return tasks.some(({ checks }) => judgeChecksIn(checks).length > 0);
}
