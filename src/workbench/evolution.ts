import { existsSync, rmSync } from "node:fs";
import { AlleleError, makeEventBus, writeTextAtomic } from "../base/index.ts";
import { evolve, planRun, type RunEvent } from "../evolve/index.ts";
import { modelIdentity } from "../providers/index.ts";
import {
  formatCount,
  formatMoney,
  liveRunLine,
  liveRunLines,
  wrapText,
  type Look,
  type RunReport,
} from "../report/index.ts";
import { estimateCosts } from "./cost-estimate.ts";
import { makeFollower } from "./follow.ts";
import { followLive, journalOf, liveFacts } from "./live-run.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { reportFile, stopFile } from "./paths.ts";
import { stored } from "./references.ts";
import { writeReport } from "./report-files.ts";
import { reportRun } from "./reporting.ts";
import { watchForPause } from "./pause.ts";
import { isWorkedOn } from "./run-status.ts";
import { datasetOf, inputsOf } from "./run-inputs.ts";
import { optionsJson, runOf } from "./run-options.ts";
import { resolveOptions, type EvolveRequest } from "./run-request.ts";
import { beginning, seedInHand } from "./run-seed.ts";
import { runFigures } from "./run-figures.ts";
import { viewRun } from "./run-view.ts";
import { startTelemetry, type TelemetryOptions } from "./telemetry.ts";
import { telemetryTarget } from "./telemetry-target.ts";
import type { Workbench } from "./workbench.ts";

interface PlanText {
  readonly text: string;
  readonly json: Record<string, unknown>;
  readonly simulated: boolean;
}

/** What a budget buys. Throws `budget-too-small` as the run itself would, and everything that is wrong with genome and dataset. */
export async function planEvolution(workbench: Workbench, request: EvolveRequest): Promise<PlanText> {
  const seed = await seedInHand(workbench, request);
  const options = await resolveOptions(workbench, request, seed);
  const dataset = await datasetOf(workbench, options);
  const plan = planRun(options.evolve, dataset, estimateCosts({ ...options, seedGenome: seed.genome, dataset }));
  const { tasks, seedValidation, sealedTest, shown, iterations } = plan;
  const count = (value: number): string => (Number.isFinite(value) ? String(value) : "unlimited");
  const budget = Object.entries(options.evolve.budget).map(([member, limit]) => `${limit} ${member}`);
  const lines = [
    `Budget: ${budget.join(", ")}. Model: ${modelIdentity(options.task)}${options.task.kind === "simulated" ? " (simulated)" : ""}.`,
    `Dataset ${dataset.name}: ${tasks.train} train, ${tasks.validation} validation, ${tasks.test} sealed test tasks.`,
    `Held back: ${seedValidation.rollouts} rollouts for the seed, ${sealedTest.rollouts} for the sealed test of seed and finalist.`,
    options.evolve.proposal === "belief"
      ? `After ${shown} rollouts on what proposals are made from, the rest buys about ${count(iterations.most)} iterations, each of a few rollouts that tell most.`
      : `The rest buys about ${count(iterations.least)} iterations, if all that is proposed is judged to the end, to ${count(iterations.most)}, if every child leaves at the first look.`,
    `Seed and test alone: about ${formatCount(seedValidation.tokens + sealedTest.tokens)} tokens and ${formatMoney(seedValidation.usd + sealedTest.usd)}.`,
  ];
  return {
    text: lines.join("\n"),
    json: { ...plan, budget: options.evolve.budget },
    simulated: options.task.kind === "simulated",
  };
}

export function renderPlan({ text }: PlanText, width = Number.POSITIVE_INFINITY): string {
  return wrapText(text, width).join("\n");
}

/**
 * Records a new run with everything it needs; nothing is measured yet. A seed that is only described is written now, and what that took is taken
 * off the budget. Returns the run's name. Throws `run-exists`, `run-name`, `one-beginning`, and what seedFromDescription throws.
 */
export async function startRun(workbench: Workbench, request: EvolveRequest, signal?: AbortSignal): Promise<string> {
  const { store, clock } = workbench;
  if (request.name !== undefined) requireFreeName(workbench, request.name);
  if (request.telemetry !== undefined) telemetryTarget(workbench, request.telemetry.target);
  const { seed, spent } = await beginning(workbench, request, signal);
  const options = await resolveOptions(workbench, request, seed, spent);
  store.genomes.put(seed.id, seed.genome, clock.now());
  const run = request.name ?? freeName(workbench, seed.genome.name);
  store.runs.create({ id: run, options: optionsJson(options), createdAt: clock.now() });
  rmSync(stopFile(workbench, run), { force: true });
  return run;
}

export interface ContinueOptions {
  readonly telemetry?: TelemetryOptions | undefined;
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
  const stopRequested = (): boolean => existsSync(stopFile(workbench, run));
  const telemetry = startTelemetry(workbench, options.telemetry, {
    run,
    dataset: dataset.name,
    model: frozen.task,
  });
  const heartbeat = startHeartbeat(workbench, run, frozen);
  const inputs = await inputsOf(workbench, run, {
    frozen,
    dataset,
    concurrency,
    stopRequested,
    seedGenome: seed.genome,
    tell: (line) => {
      options.onEvent?.(line);
      heartbeat.tell(line);
    },
    watch: telemetry?.watch,
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
  options.onEvent?.(`Run ${run}.`);
  bus.subscribe(heartbeat.hear);
  const pause = watchForPause(workbench, run, options.signal);
  await evolve({
    ...inputs,
    store,
    bus,
    signal: pause.signal,
  }).finally(async () => {
    pause.end();
    heartbeat.end();
    await telemetry?.finish(() => runFigures(reportRun(workbench, run)));
  });
  return finished(workbench, run);
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
