import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  continueRun,
  genomeLog,
  renderGenomeLog,
  renderRun,
  renderTree,
  reportRun,
  startRun,
} from "../../src/workbench/index.ts";
import { project } from "./project.ts";

const hostile = "\u001B[2J\u202Etxt.exe \u001B]0;title\u0007 " + "very long ".repeat(40);

test("a run is shown in 80 columns when it is finished and its genome file is gone, whatever its texts hold", async () => {
  const { folder, workbench } = project();
  const file = join(folder, "mine.yaml");
  writeFileSync(
    file,
    `allele: genome/1\nname: mine\ndescription: ${JSON.stringify(hostile)}\ngenes:\n  system: { type: text, max_tokens: 900, value: ${JSON.stringify(`Help. ${hostile}`)} }\n`,
  );
  const run = await startRun(workbench, { genome: "./mine.yaml", dataset: "triage", rollouts: 600, seed: 2 });
  await continueRun(workbench, run, {});
  rmSync(file);
  const report = reportRun(workbench, run);
  const text = renderRun(report, 80);
  // Code, such as the change of a gene, is indented and never broken.
  const lines = text.split("\n").filter((line) => !line.startsWith("    "));
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  // oxlint-disable-next-line no-control-regex -- none may be left
  expect(text).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u202A-\u202E]/);
  for (const line of renderTree(report, 60).split("\n")) expect(line.length).toBeLessThanOrEqual(60);
  const log = renderGenomeLog(genomeLog(workbench, `${run}#${report.candidates.length - 1}`), 80);
  for (const line of log.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("a run without a verdict says where it stands and what to type", async () => {
  const { workbench } = project();
  const request = { genome: "desk-seed", dataset: "desk", rollouts: 400, seed: 1 };
  const run = await startRun(workbench, { ...request, name: "empty" });
  const unlock = workbench.store.runs.lock(run);
  expect(renderRun(reportRun(workbench, run))).toContain(
    "Run empty is still going (0 iterations so far); stop it with: allele stop empty",
  );
  unlock();
  expect(renderRun(reportRun(workbench, run))).toContain(
    "Run empty was interrupted; what was paid for is kept, go on with: allele resume empty",
  );
  workbench.store.runs.setStatus(run, "failed", 1);
  expect(renderRun(reportRun(workbench, run))).toContain("Run empty ended with an error");
  workbench.store.runs.create({ id: "old", options: { version: 0 }, createdAt: 1 });
  expect(() => reportRun(workbench, "old")).toThrow(expect.objectContaining({ code: "run-options" }));
});
