import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { AlleleError, makeEventBus, validate, writeTextAtomic } from "../base/index.ts";
import { judgeChecksIn, loadDataset, SCORER_VERSION, type Dataset } from "../dataset/index.ts";
import { loadToolModule } from "../evaluate/index.ts";
import { EvolveOptions, evolve, planRun, type CallCost, type RunEvent } from "../evolve/index.ts";
import { checkAgainstTools } from "../genome/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { formatCount, formatMoney, liveRunLine, liveRunLines, type Look, type RunReport } from "../report/index.ts";
import { estimateCosts } from "./cost-estimate.ts";
import { makeFollower } from "./follow.ts";
import { followLive, journalOf, liveFacts } from "./live-run.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { openLaboratory } from "./laboratory.ts";
import { projectPath, proposalsFolder, reportFile, stopFile } from "./paths.ts";
import { resolveDataset, stored, type NamedGenome } from "./references.ts";
import { reflectionIdentity } from "./reflection-config.ts";
import { operatorsFor, reflectorOf } from "./reflector.ts";
import { writeReport } from "./report-files.ts";
import { reportRun } from "./reporting.ts";
import { watchForPause } from "./pause.ts";
import { isWorkedOn } from "./run-status.ts";
import { optionsJson, runOf, type RunOptions } from "./run-options.ts";
import { beginning, seedInHand } from "./run-seed.ts";
import { viewRun } from "./run-view.ts";
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
  readonly name?: string | undefined;
  /** Who proposes, in place of the configured reflection model. */
  readonly proposer?: "files" | "none" | undefined;
}

interface PlanText {
  readonly text: string;
  readonly json: Record<string, unknown>;
  readonly simulated: boolean;
}

/** What a budget buys. Throws `budget-too-small` as the run itself would, and everything that is wrong with genome and dataset. */
export async function planEvolution(workbench: Workbench, request: EvolveRequest): Promise<PlanText> {
  const options = await resolveOptions(workbench, request, await seedInHand(workbench, request));
  const dataset = await datasetOf(workbench, options);
  const plan = planRun(options.evolve, dataset, estimateCosts(options.task, options.reflection, options.limits));
  const { tasks, seedValidation, sealedTest, iterations, fullValidations } = plan;
  const count = (value: number): string => (Number.isFinite(value) ? String(value) : "unlimited");
  const budget = Object.entries(options.evolve.budget).map(([member, limit]) => `${limit} ${member}`);
  const lines = [
    `Budget: ${budget.join(", ")}. Model: ${modelIdentity(options.task)}${options.task.kind === "simulated" ? " (simulated)" : ""}.`,
    `Dataset ${dataset.name}: ${tasks.train} train, ${tasks.validation} validation, ${tasks.test} sealed test tasks.`,
    `Held back: ${seedValidation.rollouts} rollouts for the seed, ${sealedTest.rollouts} for the sealed test of seed and finalist.`,
    `The rest buys ${count(iterations.least)} to ${count(iterations.most)} iterations, at most ${count(fullValidations)} full validations.`,
    `Expected in all, if rollouts are what limits: ${formatCount(seedValidation.tokens + sealedTest.tokens)} tokens and ${formatMoney(seedValidation.usd + sealedTest.usd)} for seed and test alone.`,
  ];
  return {
    text: lines.join("\n"),
    json: { ...plan, budget: options.evolve.budget },
    simulated: options.task.kind === "simulated",
  };
}

/**
 * Records a new run with everything it needs; nothing is measured yet. A seed that is only described is written now, and what that took is taken
 * off the budget. Returns the run's name. Throws `run-exists`, `run-name`, `one-beginning`, and what seedFromDescription throws.
 */
export async function startRun(workbench: Workbench, request: EvolveRequest, signal?: AbortSignal): Promise<string> {
  const { store, clock } = workbench;
  if (request.name !== undefined) requireFreeName(workbench, request.name);
  const { seed, spent } = await beginning(workbench, request, signal);
  const options = await resolveOptions(workbench, request, seed, spent);
  store.genomes.put(seed.id, seed.genome, clock.now());
  const run = request.name ?? freeName(workbench, seed.genome.name);
  store.runs.create({ id: run, options: optionsJson(options), createdAt: clock.now() });
  rmSync(stopFile(workbench, run), { force: true });
  return run;
}

export interface ContinueOptions {
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Hears everything that happens. */
  readonly listen?: ((event: RunEvent) => void) | undefined;
  /** Called once, with how to look at the run while it goes on. */
  readonly onLive?: ((look: Look) => void) | undefined;
  /** Called with one line for each thing worth telling. */
  readonly onEvent?: ((line: string) => void) | undefined;
}

/**
 * Runs a run to its end, from wherever it is, and writes its report. The same run gives the same journal however often it is cut.
 * What it was started with decides, whatever the configuration says now. A finished run is only told of again.
 * Throws `unknown-run`, `dataset-gone`, `run-locked`, `run-differs`, and what the outside throws; everything paid for is kept.
 */
export async function continueRun(workbench: Workbench, run: string, options: ContinueOptions): Promise<RunReport> {
  const { store, clock } = workbench;
  const { record, options: frozen } = runOf(workbench, run);
  if (record.status === "finished") {
    options.onEvent?.(`Run ${run} is finished: there is nothing left to do.`);
    return finished(workbench, run);
  }
  const concurrency = options.concurrency ?? frozen.evolve.concurrency;
  const dataset = await datasetOf(workbench, frozen);
  const seed = stored(workbench, frozen.seedGenome as `s256:${string}`, frozen.seedLabel);
  const laboratory = await openLaboratory(workbench, {
    dataset,
    model: frozen.task,
    limits: frozen.limits,
    concurrency,
  });
  const bus = makeEventBus<RunEvent>((error) => workbench.log("warn", `a listener failed: ${String(error)}`));
  if (options.onEvent !== undefined) bus.subscribe(makeFollower(options.onEvent));
  if (options.listen !== undefined) bus.subscribe(options.listen);
  if (options.onLive !== undefined) {
    const live = followLive(liveFacts(workbench, run, frozen), journalOf(workbench, run));
    bus.subscribe(live.hear);
    options.onLive({
      lines: (width, paint) => liveRunLines(live.view(), width, clock.now(), paint),
      line: () => liveRunLine(live.view(), clock.now()),
    });
  }
  const stopRequested = (): boolean => existsSync(stopFile(workbench, run));
  options.onEvent?.(`Run ${run}.`);
  const heartbeat = startHeartbeat(workbench, run, frozen);
  bus.subscribe(heartbeat.hear);
  const pause = watchForPause(workbench, run, options.signal);
  await evolve({
    run,
    options: { ...frozen.evolve, concurrency },
    seedGenome: seed.genome,
    dataset,
    identity: {
      task: modelIdentity(frozen.task),
      reflection: reflectionIdentity(frozen.reflection),
      limits: { ...frozen.limits, usd: frozen.limits.usd ?? null },
      tools: laboratory.tools?.version ?? null,
      scorer: SCORER_VERSION,
      ...(isJudged(dataset) && { judge: modelIdentity(workbench.config.models.judge ?? frozen.task) }),
    },
    evaluator: laboratory.evaluator,
    operators: operatorsFor(frozen.reflection, seed.genome),
    reflector: reflectorOf(workbench, frozen.reflection, {
      folder: proposalsFolder(workbench, run),
      tell: (line) => options.onEvent?.(line),
      stopRequested,
    }),
    estimate: estimateCosts(frozen.task, frozen.reflection, frozen.limits),
    store,
    clock,
    bus,
    signal: pause.signal,
    stopRequested,
  }).finally(() => {
    pause.end();
    heartbeat.end();
  });
  return finished(workbench, run);
}

/** Whether a model has a say in the scores. */
function isJudged({ tasks }: Dataset): boolean {
  return tasks.some(({ checks }) => judgeChecksIn(checks).length > 0);
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

/** Writes the report of a run that came to its end; of another one, answers it only. */
async function finished(workbench: Workbench, run: string): Promise<RunReport> {
  const report = reportRun(workbench, run);
  if (report.status !== "finished") return report;
  rmSync(stopFile(workbench, run), { force: true });
  const view = await viewRun(workbench, run);
  for (const form of ["html", "md"] as const) writeReport(workbench, view, reportFile(workbench, run, form));
  return report;
}

/**
 * Asks a run to stop at its next step; one that nobody works on stops as soon as it is resumed. Answers whether somebody works on it.
 * Throws `unknown-run`, or `run-finished` when there is nothing to stop.
 */
export function requestStop(workbench: Workbench, run: string): boolean {
  if (runOf(workbench, run).record.status === "finished") {
    throw new AlleleError({
      code: "run-finished",
      message: `run ${run} is finished: there is nothing to stop`,
      hint: `See what it found with: allele show ${run}`,
    });
  }
  writeTextAtomic(stopFile(workbench, run), "");
  return isWorkedOn(workbench, run);
}

/** The dataset a run was started on. Throws `dataset-gone`. */
async function datasetOf(workbench: Workbench, options: RunOptions): Promise<Dataset> {
  const file = resolve(workbench.root, options.dataset);
  if (existsSync(file)) return loadDataset(file);
  throw new AlleleError({
    code: "dataset-gone",
    message: `the run was started on the dataset ${options.datasetName}, which is no longer there`,
    hint: "Put it back as it was to resume the run, or start a new one. What the run found so far is kept.",
    where: { file },
  });
}

async function resolveOptions(
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
    reflection: request.proposer ?? config.models.reflection ?? config.models.task,
    limits: config.limits,
    evolve: validate(
      EvolveOptions,
      {
        ...config.search,
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

function requireFreeName({ store }: Workbench, run: string): void {
  if (store.runs.get(run) === undefined) return;
  throw new AlleleError({
    code: "run-exists",
    message: `there is already a run "${run}"`,
    hint: `Choose another name, or go on with it: allele resume ${run}`,
  });
}

function freeName(workbench: Workbench, genome: string): string {
  const taken = new Set(workbench.store.runs.names());
  for (let count = 1; ; count++) if (!taken.has(`${genome}-${count}`)) return `${genome}-${count}`;
}
