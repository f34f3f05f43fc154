import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { initialize } from "../../src/workbench/index.ts";

const root = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(root, "docs/library.md"), "utf8");
const [withProject = "", fromParts = "", askTell = ""] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(
  ([, block]) => block ?? "",
);

/** Runs an example as a script of its own in a starter project; answers what it printed, a line each. */
function runExample(example: string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), "allele-library-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  initialize(folder, ".");
  const library = pathToFileURL(join(root, "src/index.ts")).href;
  expect(example).toContain('from "allele"');
  writeFileSync(join(folder, "example.ts"), example.replace('from "allele"', `from "${library}"`));
  return execFileSync(process.execPath, ["example.ts"], { cwd: folder, encoding: "utf8" }).trim().split("\n");
}

test("the example with a project evaluates, evolves and compares", () => {
  const [scored, run, compared] = runExample(withProject);
  expect(scored).toMatch(/^0\.\d{3} on 24 tasks, interval 0\.\d+ to 0\.\d+$/);
  expect(run).toMatch(/^starter-1 finished (better|same|worse|cannot-tell)$/);
  expect(compared).toMatch(/^(better|same|worse|cannot-tell) -?\d\.\d{3}$/);
});

test("the example from parts compares two genomes and evolves one in memory", () => {
  const lines = runExample(fromParts);
  const [a, b, verdict] = lines[0]?.split(" ") ?? [];
  expect(Number(b)).toBeGreaterThan(Number(a));
  expect(["better", "cannot-tell"]).toContain(verdict);
  expect(lines).toContain("candidate 0");
  const [status, rollouts, , winner] = lines.at(-1)?.split(" ") ?? [];
  expect(status).toBe("finished");
  expect(Number(rollouts)).toBeLessThanOrEqual(120);
  expect(winner).toMatch(/^s256:[0-9a-f]{32}$/);
});

test("the example of ask and tell evolves a function without a model", () => {
  expect(runExample(askTell)).toEqual(["better 3"]);
});
