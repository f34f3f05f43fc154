import { AlleleError, type Json } from "../base/index.ts";
import { bestMeasured, readRun } from "../evolve/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { formatTime, type Estimate } from "../report/index.ts";
import type { RunQuery } from "../store/index.ts";
import { hasStore } from "./paths.ts";
import { resolveGenome } from "./references.ts";
import { runOf } from "./run-options.ts";
import { settleStatus } from "./run-status.ts";
import type { Workbench } from "./workbench.ts";

/** What a run came to, beside what the store filters and sorts by. Kept as JSON in the store. */
interface RunSummary {
  readonly dataset: string;
  readonly genome: string;
  readonly seed: string;
  readonly winner: string | null;
  readonly model: string;
  readonly simulated: boolean;
  readonly rollouts: number;
  readonly tokens: number;
  readonly usd: number;
  readonly iterations: number;
  readonly candidates: number;
  /** Highest score of a candidate on validation. */
  readonly best: { readonly n: number; readonly score: number } | null;
  /** The winner's on the sealed test. */
  readonly test: Estimate | null;
  readonly verdict: string | null;
  readonly difference: number | null;
  readonly interval: readonly [number, number] | null;
}

/** A run at a glance. */
export interface RunRow extends RunSummary {
  readonly run: string;
  readonly status: string;
  readonly started: string;
}

export interface RunListRequest extends Omit<RunQuery, "genome"> {
  /** Anything that names a genome: runs that began with it or chose it; by a name, all runs of that name. */
  readonly genome?: string | undefined;
}

/** Runs, newest first unless asked otherwise. Costs the same however many runs there are, apart from those that moved since the last look. */
export function listRuns(workbench: Workbench, request: RunListRequest = {}): readonly RunRow[] {
  if (!hasStore(workbench)) return [];
  bringUpToDate(workbench);
  return workbench.store.runs.page(queryOf(workbench, request)).map(({ id, status, createdAt, summary }) => ({
    run: id,
    status,
    started: formatTime(createdAt),
    ...(summary as unknown as RunSummary),
  }));
}

/** How many runs a request without a limit would list. */
export function countRuns(workbench: Workbench, request: RunListRequest = {}): number {
  if (!hasStore(workbench)) return 0;
  bringUpToDate(workbench);
  return workbench.store.runs.count(queryOf(workbench, request));
}

function bringUpToDate(workbench: Workbench): void {
  const { store } = workbench;
  settleStatus(workbench, store.runs.running());
  for (const run of store.runs.unsummarized()) {
    store.transaction(() => {
      const summary = summaryOf(workbench, run);
      const { dataset, genome, seed, winner, verdict, difference, rollouts, usd } = summary;
      store.runs.summarize(run, {
        dataset,
        genome,
        seed,
        winner: winner ?? undefined,
        verdict: verdict ?? undefined,
        difference: difference ?? undefined,
        rollouts,
        usd,
        summary: summary as unknown as Json,
      });
    });
  }
}

/** A run that another version recorded is listed with what can be read of it. */
function summaryOf(workbench: Workbench, run: string): RunSummary {
  const { store, clock } = workbench;
  const { rollouts, tokens, usd, iterations, candidates, outcome, seed, winner } = readRun(store, run, clock);
  const options = optionsOf(workbench, run);
  return {
    dataset: options?.datasetName ?? "?",
    genome: store.genomes.get(seed.genome)?.name ?? options?.seedLabel ?? "?",
    seed: options?.seedGenome ?? seed.genome,
    winner: outcome?.winner ?? null,
    model: options === undefined ? "?" : modelIdentity(options.task),
    simulated: options?.task.kind === "simulated",
    rollouts,
    tokens,
    usd,
    iterations,
    candidates: candidates.length,
    best: candidates[bestMeasured(candidates.map(({ validation }) => validation))]?.validation ?? null,
    test: winner.test ?? null,
    verdict: outcome?.verdict ?? null,
    difference: outcome?.difference ?? null,
    interval: outcome?.interval ?? null,
  };
}

function optionsOf(workbench: Workbench, run: string): ReturnType<typeof runOf>["options"] | undefined {
  try {
    return runOf(workbench, run).options;
  } catch (error) {
    if (error instanceof AlleleError && error.code === "run-options") return undefined;
    throw error;
  }
}

function queryOf(workbench: Workbench, { genome, ...query }: RunListRequest): RunQuery {
  return genome === undefined ? query : { ...query, genome: genomeKey(workbench, genome) };
}

/** The name that a genome file bears, or the id of a version; a word that means nothing (any more) is taken for a name. */
function genomeKey(workbench: Workbench, reference: string): string {
  try {
    const { genome, id, file } = resolveGenome(workbench, reference);
    return file === undefined ? id : genome.name;
  } catch (error) {
    if (error instanceof AlleleError && error.code === "unknown-genome") return reference;
    throw error;
  }
}
