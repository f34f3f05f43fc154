import { AlleleError } from "../base/index.ts";
import type { Workbench } from "./workbench.ts";

/** Whether a living process works on a run. */
export function isWorkedOn({ store }: Workbench, run: string): boolean {
  try {
    store.runs.lock(run)();
    return false;
  } catch (error) {
    if (error instanceof AlleleError && error.code === "run-locked") return true;
    throw error;
  }
}

/** A run that says it is running and whose process is gone was interrupted: says so in the store. */
export function settleStatus(workbench: Workbench, runs: readonly string[]): void {
  const { store, clock } = workbench;
  for (const run of runs) {
    if (store.runs.get(run)?.status !== "running" || isWorkedOn(workbench, run)) continue;
    store.runs.setStatus(run, "interrupted", clock.now());
  }
}
