import type { ContentHash } from "../base/index.ts";
import { readRun } from "../evolve/index.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** What naming a genome by a run needs to know of it. */
export interface RunFacts {
  /** The finalist when it was proven better, else the seed. */
  readonly winner: ContentHash;
  readonly seed: ContentHash;
  readonly candidates: readonly ContentHash[];
  /** The run's `dataset.yaml`. */
  readonly dataset: string;
}

export function runFacts(workbench: Workbench, run: string): RunFacts {
  const { options } = runOf(workbench, run);
  const result = readRun(workbench.store, run, workbench.clock);
  return {
    winner: result.winner.genome,
    seed: result.seed.genome,
    candidates: result.candidates.map(({ genome }) => genome),
    dataset: options.dataset,
  };
}
