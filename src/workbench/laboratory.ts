import type { Dataset } from "../dataset/index.ts";
import { loadToolModule, makeEvaluator, type Evaluator, type RolloutWatcher } from "../evaluate/index.ts";
import { modelIdentity, priceOf, type ModelConfig, type Provider } from "../providers/index.ts";
import type { Limits, ToolModule } from "../runtime/index.ts";
import type { Config } from "./config.ts";
import { providerOf, type Workbench } from "./workbench.ts";

/** A dataset made ready to measure genomes on with one model. */
export interface OpenLaboratory {
  readonly dataset: Dataset;
  readonly tools: ToolModule | undefined;
  readonly provider: Provider;
  readonly evaluator: Evaluator;
}

export interface LaboratoryOptions {
  readonly dataset: Dataset;
  readonly model: ModelConfig;
  readonly limits: Config["limits"];
  readonly concurrency: number;
  readonly watch?: RolloutWatcher | undefined;
}

/** Loads the dataset's tools and wires provider, runtime, checks and cache into an evaluator. */
export async function openLaboratory(workbench: Workbench, options: LaboratoryOptions): Promise<OpenLaboratory> {
  const { dataset, model, limits, concurrency, watch } = options;
  const tools = dataset.toolModule === undefined ? undefined : await loadToolModule(dataset.toolModule);
  const provider = providerOf(workbench, model);
  const judge = workbench.config.models.judge ?? model;
  const evaluator = makeEvaluator({
    store: workbench.store,
    provider,
    tools,
    judge: {
      provider: judge === model ? provider : providerOf(workbench, judge),
      model: judge.model,
      identity: modelIdentity(judge),
      price: priceOf(judge),
    },
    customChecks: dataset.customChecks,
    clock: workbench.clock,
    price: priceOf(model),
    model: model.model,
    modelIdentity: modelIdentity(model),
    concurrency,
    watch,
    limits: programLimits(limits),
    rolloutTimeout: limits.seconds * 1000,
  });
  return { dataset, tools, provider, evaluator };
}

/** The bounds that end a rollout with what it has; the time limit makes it a failed one instead. */
export function programLimits(limits: Config["limits"]): Limits {
  return { tokens: limits.tokens, usd: limits.usd };
}
