import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";

type Said =
  | { readonly paid: string }
  | { readonly reported: string; readonly reused: boolean }
  | { readonly done: readonly number[] };

/** Evaluates 40 tasks in a process of its own; kills it after so many reports. */
async function evaluateAndKill(file: string, after: number): Promise<readonly Said[]> {
  const child = fork(new URL("evaluate-in-process.ts", import.meta.url), [file]);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const said: Said[] = [];
  child.on("message", (message) => {
    said.push(message as Said);
    if (said.filter((one) => "reported" in one && !one.reused).length === after) child.kill("SIGKILL");
  });
  await once(child, "exit");
  return said;
}

test("a batch that is killed again and again pays for nothing twice that it has told of", async () => {
  const folder = mkdtempSync(join(tmpdir(), "allele-kill-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const random = makeRandom("kill a batch");
  const reported = new Set<string>();
  let kills = 0;
  for (;;) {
    const said = await evaluateAndKill(join(folder, "allele.db"), 1 + random.int(12));
    const paidAgain = said.filter((one) => "paid" in one && reported.has(one.paid));
    expect(paidAgain).toEqual([]);
    for (const one of said) if ("reported" in one) reported.add(one.reported);
    const done = said.find((one) => "done" in one);
    if (done !== undefined) {
      expect(done.done).toEqual(Array.from({ length: 40 }, () => 1));
      break;
    }
    kills += 1;
  }
  expect(kills).toBeGreaterThan(2);
});
