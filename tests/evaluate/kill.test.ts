import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { openStore } from "../../src/store/index.ts";
import { careful, evaluatorOf, makeClerk, stockDataset } from "./stock.ts";

test("a batch that is killed again and again pays for nothing twice that it has told of", async () => {
  const folder = mkdtempSync(join(tmpdir(), "allele-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const random = makeRandom("kill a batch");
  const told = new Set<string>();
  for (let process = 0; process < 5; process++) {
    const log = join(folder, `${process}.log`);
    const lines = told.size + 2 + random.int(16);
    const child = fork(new URL("evaluate-in-process.ts", import.meta.url), [
      join(folder, "allele.db"),
      log,
      String(lines),
    ]);
    onTestFinished(() => {
      child.kill("SIGKILL");
    });
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");
    const events = readFileSync(log, "utf8").trim().split("\n");
    const known = [...told];
    for (const event of events) {
      const [what, task = ""] = event.split(" ");
      if (what === "paid") expect(known).not.toContain(task);
      else told.add(task);
    }
  }
  const store = openStore(join(folder, "allele.db"));
  onTestFinished(() => store.close());
  const clerk = makeClerk();
  const rollouts = await evaluatorOf(store, clerk).evaluate(careful, stockDataset(40).tasks);
  expect(rollouts.map((rollout) => rollout.state === "scored" && rollout.score)).toEqual(
    Array.from({ length: 40 }, () => 1),
  );
  expect(clerk.paid.size).toBeLessThanOrEqual(40 - told.size);
});
