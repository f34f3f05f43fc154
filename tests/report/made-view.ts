import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunView } from "../../src/report/index.ts";
import { openWorkbench, viewRun } from "../../src/workbench/index.ts";
import { makeRun, type MadeRun } from "./made-run.ts";

/** The view of a made run, from a project that is gone again; one that is running is at work meanwhile. */
export async function madeView(made: MadeRun): Promise<RunView> {
  const folder = mkdtempSync(join(tmpdir(), "allele-made-"));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    const run = makeRun(workbench, made);
    const unlock = made.status === "running" ? workbench.store.runs.lock(run) : () => {};
    const view = await viewRun(workbench, run);
    unlock();
    return view;
  } finally {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
