import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunView } from "../../src/report/index.ts";
import { openWorkbench, viewRun } from "../../src/workbench/index.ts";
import { makeRun, type MadeRun } from "./made-run.ts";

/** The view of a made run, from a project that is gone again. */
export async function madeView(made: MadeRun): Promise<RunView> {
  const folder = mkdtempSync(join(tmpdir(), "allele-made-"));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    return await viewRun(workbench, makeRun(workbench, made));
  } finally {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
