import { existsSync, rmSync } from "node:fs";
import { AlleleError, writeTextAtomic } from "../base/index.ts";
import { pauseFile } from "./paths.ts";
import { runOf } from "./run-options.ts";
import { isWorkedOn } from "./run-status.ts";
import type { Workbench } from "./workbench.ts";

/** How often a run looks whether it is to pause, in milliseconds. */
const look = 250;

/**
 * Asks whoever works on a run to leave it as Ctrl-C does: what is paid for is kept, nothing is judged, and `resume` goes on exactly there.
 * Throws `unknown-run`, or `run-idle` when nobody works on it.
 */
export function requestPause(workbench: Workbench, run: string): void {
  const { record } = runOf(workbench, run);
  if (record.status === "finished" || !isWorkedOn(workbench, run)) {
    throw new AlleleError({
      code: "run-idle",
      message: `nobody works on run ${run}: there is nothing to pause`,
      hint: record.status === "finished" ? `It is finished: allele show ${run}` : `Go on with: allele resume ${run}`,
    });
  }
  writeTextAtomic(pauseFile(workbench, run), "");
}

/** A signal that aborts when `signal` does, or when somebody asks the run to pause. An older request is void. */
export function watchForPause(
  workbench: Workbench,
  run: string,
  signal: AbortSignal | undefined,
): { readonly signal: AbortSignal; readonly end: () => void } {
  const file = pauseFile(workbench, run);
  rmSync(file, { force: true });
  const asked = new AbortController();
  const timer = setInterval(() => {
    if (existsSync(file)) asked.abort();
  }, look);
  timer.unref();
  return {
    signal: signal === undefined ? asked.signal : AbortSignal.any([signal, asked.signal]),
    end: () => {
      clearInterval(timer);
      rmSync(file, { force: true });
    },
  };
}
