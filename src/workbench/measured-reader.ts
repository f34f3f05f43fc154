import type { Dataset } from "../dataset/index.ts";
import { loadToolModule, makeMeasuredReader } from "../evaluate/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { programLimits } from "./laboratory.ts";
import type { Workbench } from "./workbench.ts";

/** Reads what was scored before with the model and limits of the present configuration; pays for nothing. */
export async function measuredReader(
  workbench: Workbench,
  dataset: Dataset,
): Promise<ReturnType<typeof makeMeasuredReader>> {
  const { models, limits } = workbench.config;
  return makeMeasuredReader({
    store: workbench.store,
    clock: workbench.clock,
    tools: dataset.toolModule === undefined ? undefined : (await loadToolModule(dataset.toolModule)).version,
    limits: programLimits(limits),
    model: modelIdentity(models.task),
    judge: modelIdentity(models.judge ?? models.task),
    seed: 0,
  });
}
