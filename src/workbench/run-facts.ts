import type { ContentHash } from "../base/index.ts";
import { readRun } from "../evolve/index.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** What naming a genome by a run needs to know of it. */
export interface RunFacts {
  /** The finalist when it was proven better, else the seed. Undefined until the sealed test has decided. */
  readonly winner: ContentHash | undefined;
  readonly status: string;
  readonly candidates: readonly ContentHash[];
  /** The run's `dataset.yaml`, as seen from the project. */
  readonly dataset: string;
}

/** Throws `unknown-run`. */
export function runFacts(workbench: Workbench, run: string): RunFacts {
  const { options } = runOf(workbench, run);
  const result = readRun(workbench.store, run, workbench.clock);
  return {
    winner: result.outcome?.winner,
    status: result.status,
    candidates: result.candidates.map(({ genome }) => genome),
    dataset: options.dataset,
  };
}
