import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tryParseJson } from "../../../src/base/index.ts";
import { openStore } from "../../../src/store/index.ts";
import { keepKilled } from "./found.ts";
import { prepareModel } from "./model.ts";
import { prepare } from "./study.ts";
import { realTasks } from "./tasks.ts";

/** `node killed.ts [TASK]`: the same small run twice, once killed in the middle (SIGKILL) and resumed; are the journals the same? */
const name = process.argv[2] ?? "plural";
const task = realTasks.find((one) => one.name === name);
if (task === undefined) throw new Error(`no task "${name}"`);
prepareModel();

const sizes = { train: 16, validation: 16, test: 16, search: 110 };
const rollouts = sizes.search + 2 * sizes.test;
const main = resolve(import.meta.dirname, "../../../src/main.ts");
const work = mkdtempSync(join(tmpdir(), "allele-killed-"));
try {
  const whole = join(work, "whole");
  await prepare(whole, task, 0, sizes);
  await once(evolve(whole), "exit");

  const cut = join(work, "cut");
  await prepare(cut, task, 0, sizes);
  const running = evolve(cut);
  let killedAfter = 0;
  while (killedAfter < 40 && running.exitCode === null) {
    await new Promise((done) => setTimeout(done, 500));
    killedAfter = rolloutsIn(cut);
  }
  running.kill("SIGKILL");
  await once(running, "exit");
  await once(allele(cut, ["resume", "study"]), "exit");

  const [a, b] = [journalIn(whole), journalIn(cut)];
  const same = a.length > 0 && JSON.stringify(a) === JSON.stringify(b);
  keepKilled({ task: name, rollouts, killedAfter, events: a.length, same });
  process.stdout.write(
    `${name}: killed after ${killedAfter} rollouts, ${a.length} events, ${same ? "the same" : "not the same"}\n`,
  );
} finally {
  rmSync(work, { recursive: true, force: true });
}

function evolve(folder: string): ChildProcess {
  return allele(folder, [
    "evolve",
    "-g",
    name,
    "-d",
    name,
    "--rollouts",
    `${rollouts}`,
    "--seed",
    "0",
    "--name",
    "study",
  ]);
}

function allele(folder: string, words: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...words], { cwd: folder, stdio: "ignore" });
}

function journalIn(folder: string): readonly string[] {
  const store = openStore(join(folder, "runs/allele.db"));
  try {
    return store.events.list("study").map(({ event }) => JSON.stringify(event));
  } finally {
    store.close();
  }
}

/** Rollouts that the run has journalled. */
function rolloutsIn(folder: string): number {
  try {
    return journalIn(folder)
      .map((text) => tryParseJson(text) as unknown as { readonly spent?: { readonly rollouts?: number } })
      .reduce((sum, { spent }) => sum + (spent?.rollouts ?? 0), 0);
  } catch {
    // The store is not there yet.
    return 0;
  }
}
