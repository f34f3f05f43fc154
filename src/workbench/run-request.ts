import { AlleleError, validate } from "../base/index.ts";
import type { Dataset } from "../dataset/index.ts";
import { loadToolModule } from "../evaluate/index.ts";
import { EvolveOptions, type CallCost } from "../evolve/index.ts";
import { checkAgainstTools } from "../genome/index.ts";
import { priceOf } from "../providers/index.ts";
import { projectPath } from "./paths.ts";
import { resolveDataset, type NamedGenome } from "./references.ts";
import { isJudged } from "./run-inputs.ts";
import type { RunOptions } from "./run-options.ts";
import type { TelemetryOptions } from "./telemetry.ts";
import type { ReflectionConfig } from "./reflection-config.ts";
import type { Workbench } from "./workbench.ts";

export interface EvolveRequest {
  /** The seed. Either this or `describe`. */
  readonly genome?: string | undefined;
  /** What the agent is for: the reflection model writes the seed, once, when the run is started. */
  readonly describe?: string | undefined;
  readonly dataset: string;
  readonly rollouts?: number | undefined;
  readonly tokens?: number | undefined;
  readonly usd?: number | undefined;
  readonly minutes?: number | undefined;
  readonly concurrency?: number | undefined;
  readonly seed: number;
  /** Iterations under way at once, in place of the configured number. Part of the run. */
  readonly lanes?: number | undefined;
  readonly name?: string | undefined;
  /** Who proposes, in place of the configured reflection model. */
  readonly proposer?: "files" | "none" | undefined;
  /** Looked at when the run is started, so that a wrong address is known before it is recorded. */
  readonly telemetry?: TelemetryOptions | undefined;
}

/** What a run is started with, everything looked up and frozen. Throws what is wrong with genome, dataset or budget. */
export async function resolveOptions(
  workbench: Workbench,
  request: EvolveRequest,
  seed: NamedGenome,
  spent: CallCost = { tokens: 0, usd: 0 },
): Promise<RunOptions> {
  const { config } = workbench;
  const dataset = await resolveDataset(workbench, request.dataset);
  const tools = dataset.toolModule === undefined ? [] : (await loadToolModule(dataset.toolModule)).tools;
  checkAgainstTools(
    seed.genome,
    tools.map(({ name }) => name),
  );
  const { rollouts, tokens, usd, minutes } = request;
  const asked = Object.entries({ rollouts, tokens, usd, minutes }).filter(([, limit]) => limit !== undefined);
  const budget = lessened(asked.length === 0 ? config.budget : Object.fromEntries(asked), spent);
  requireBoundedJudges(dataset, budget);
  const reflection = request.proposer ?? config.models.reflection ?? config.models.task;
  requireEnd(budget, [config.models.task, reflection]);
  return {
    version: 1,
    seedGenome: seed.id,
    seedLabel: seed.label,
    dataset: projectPath(workbench.root, dataset.file),
    datasetName: dataset.name,
    testTags: Object.fromEntries(
      dataset.tasks.filter(({ split }) => split === "test").map(({ id, tags }) => [id, [...tags]]),
    ),
    testFamilies: Object.fromEntries(
      dataset.tasks.flatMap(({ id, split, family }) =>
        split === "test" && family !== undefined ? [[id, family]] : [],
      ),
    ),
    task: config.models.task,
    reflection,
    limits: config.limits,
    evolve: validate(
      EvolveOptions,
      {
        ...config.search,
        proposal: config.search.proposal ?? (reflection === "none" ? "belief" : "portfolio"),
        ...(request.lanes !== undefined && { lanes: request.lanes }),
        budget,
        seed: request.seed,
        concurrency: request.concurrency ?? config.concurrency,
      },
      () => ({ file: "the options of the run" }),
    ),
  };
}

/** What is left of the tokens and the money when some were spent before the run. Throws `budget-too-small` when nothing is. */
function lessened(budget: EvolveOptions["budget"], spent: CallCost): EvolveOptions["budget"] {
  const left = Object.entries({ tokens: spent.tokens, usd: spent.usd }).flatMap(([member, used]) => {
    const limit = budget[member as keyof CallCost];
    return limit === undefined ? [] : [[member, limit - used] as const];
  });
  const spentUp = left.find(([, amount]) => amount <= 0);
  if (spentUp === undefined) return { ...budget, ...Object.fromEntries(left) };
  throw new AlleleError({
    code: "budget-too-small",
    message: `writing the seed from its description took all of the budget's ${spentUp[0]}`,
    hint: "Give a larger budget, or write the seed first with: allele genome create NAME --describe TEXT",
  });
}

/** Money alone ends nothing where no call costs any. */
function requireEnd(budget: EvolveOptions["budget"], models: readonly ReflectionConfig[]): void {
  const { usd, ...others } = budget;
  const isFree = (model: ReflectionConfig): boolean =>
    typeof model === "string" || priceOf(model)(model.model, { inputTokens: 1e6, outputTokens: 1e6 }) === 0;
  if (usd === undefined || Object.values(others).some((limit) => limit !== undefined) || !models.every(isFree)) return;
  throw new AlleleError({
    code: "endless-budget",
    message: `a budget of ${usd} US dollars would never be spent: no model of this run has a price`,
    hint: "Give --rollouts, --tokens or --minutes, or say in `allele.yaml` what the model costs (`prices`).",
  });
}

/** What judges cost is not bounded beforehand, and a run never overspends: with them its budget is in rollouts or minutes. */
function requireBoundedJudges(dataset: Dataset, { tokens, usd }: EvolveOptions["budget"]): void {
  if (!isJudged(dataset) || (tokens === undefined && usd === undefined)) return;
  throw new AlleleError({
    code: "judge-budget",
    message: `the dataset "${dataset.name}" has judge checks, whose tokens and money no budget bounds beforehand`,
    hint: "Give --rollouts or --minutes instead of --tokens and --usd.",
  });
}
