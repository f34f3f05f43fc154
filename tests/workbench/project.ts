import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStore, type Store } from "../../src/store/index.ts";
import { openWorkbench, type Workbench } from "../../src/workbench/index.ts";

/** A project in a folder of its own, removed after the test. */
export function project(): { readonly folder: string; readonly workbench: Workbench } {
  const folder = mkdtempSync(join(tmpdir(), "allele-project-"));
  const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
  onTestFinished(() => {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, workbench };
}

/** The journal of a run without its times. */
export function journalOf(store: Store, run: string): readonly string[] {
  return store.events.list(run).map(({ event }) => JSON.stringify(event));
}

/** Reads the journal of a run in a project's store. */
export function journalIn(folder: string, run: string): readonly string[] {
  const store = openStore(join(folder, "runs/allele.db"));
  try {
    return journalOf(store, run);
  } finally {
    store.close();
  }
}
