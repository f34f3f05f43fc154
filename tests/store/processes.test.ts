import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeRandom, systemClock } from "../../src/base/index.ts";
import { openStore } from "../../src/store/index.ts";
import { genomeId } from "./rollout-record.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function start(...args: string[]): ChildProcess {
  const child = fork(new URL("writer.ts", import.meta.url), args);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return child;
}

test("a second process cannot take a run, until the first is gone, even when it is killed", async () => {
  const file = join(temporaryFolder(), "allele.db");
  const holder = start(file, "hold");
  await once(holder, "message");
  const store = openStore(file);
  onTestFinished(() => store.close());
  expect(() => store.runs.lock("desk-1")).toThrow(
    expect.objectContaining({ code: "run-locked", message: expect.stringContaining(`process ${holder.pid}`) }),
  );
  store.runs.lock("desk-2")();
  holder.kill("SIGKILL");
  await once(holder, "exit");
  store.runs.lock("desk-1")();
});

test("two processes write at once and nothing is lost", async () => {
  const file = join(temporaryFolder(), "allele.db");
  const writers = [start(file, "write", "0", "200"), start(file, "write", "1000", "200")];
  await Promise.all(writers.map((writer) => once(writer, "exit")));
  const store = openStore(file);
  onTestFinished(() => store.close());
  expect(store.rollouts.listByGenome(genomeId)).toHaveLength(400);
});

test("a killed process has lost nothing that it was told is stored", async () => {
  const random = makeRandom("kill");
  for (let round = 0; round < 5; round++) {
    const file = join(temporaryFolder(), "allele.db");
    const writer = start(file, "write", "0", "100000");
    let told = 0;
    writer.on("message", (count) => {
      told = Number(count);
    });
    await once(writer, "message");
    await systemClock.sleep(random.int(60));
    writer.kill("SIGKILL");
    await once(writer, "exit");
    const store = openStore(file);
    const kept = store.rollouts.listByGenome(genomeId);
    expect(told).toBeGreaterThan(0);
    expect(kept.length).toBeGreaterThanOrEqual(told);
    for (const { key } of kept) expect(store.rollouts.trace(key)).toBeDefined();
    store.close();
  }
});
