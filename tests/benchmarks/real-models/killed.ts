import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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

const sizes = { train: 12, validation: 12, test: 10, search: 70 };
const killAt = 30;
const rollouts = sizes.search + 2 * sizes.test;
const main = resolve(import.meta.dirname, "../../../src/main.ts");
const work = mkdtempSync(join(tmpdir(), "allele-killed-"));
try {
  const whole = join(work, "whole");
  await prepare(whole, task, 0, sizes);
  await finished(evolve(whole));

  const cut = join(work, "cut");
  await prepare(cut, task, 0, sizes);
  const killedAfter = await killInTheMiddle(evolve(cut));
  await finished(allele(cut, ["resume", "study"]));

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
  return spawn(process.execPath, [main, ...words], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
}

async function finished(running: ChildProcess): Promise<void> {
  running.stderr?.resume();
  await once(running, "exit");
}

function journalIn(folder: string): readonly string[] {
  const store = openStore(join(folder, "runs/allele.db"));
  try {
    return store.events.list("study").map(({ event }) => JSON.stringify(event));
  } finally {
    store.close();
  }
}

/** Kills a run once it tells of so many rollouts; answers how many it told of. */
async function killInTheMiddle(running: ChildProcess): Promise<number> {
  let told = 0;
  running.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const counts = [...text.matchAll(/^(\d+)\/\d+ rollouts/gm)].map(([, count]) => Number(count));
    told = Math.max(told, ...counts);
    if (told >= killAt) running.kill("SIGKILL");
  });
  await once(running, "exit");
  return told;
}
