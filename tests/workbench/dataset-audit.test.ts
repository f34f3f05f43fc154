import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { auditDataset, continueRun, renderDatasetAudit, startRun } from "../../src/workbench/index.ts";
import { project } from "./project.ts";

const wanted = { effect: 0.05, power: 0.8 };

test("an audit reads what was measured on the tasks as they are now, of all runs or of some", async () => {
  const { folder, workbench } = project();
  cpSync(resolve(import.meta.dirname, "../../datasets/triage"), join(folder, "datasets/own"), { recursive: true });
  const dataset = "./datasets/own";
  const bare = await auditDataset(workbench, { dataset, ...wanted });
  expect(bare.measured).toEqual({ tasks: 0, candidates: 0, rollouts: 0 });
  expect(bare.findings.map(({ kind }) => kind)).toContain("small-split");

  writeFileSync(
    join(folder, "clerk.yaml"),
    'allele: genome/1\nname: clerk\ngenes:\n  system: { type: text, max_tokens: 500, value: "Sort the message into a queue." }\n',
  );
  const run = await startRun(workbench, { genome: "./clerk.yaml", dataset, rollouts: 500, seed: 1, name: "one" });
  await continueRun(workbench, run, {});
  const audit = await auditDataset(workbench, { dataset, ...wanted });
  expect(audit.measured.rollouts).toBeGreaterThan(200);
  expect((await auditDataset(workbench, { dataset, runs: [run], ...wanted })).measured.rollouts).toBeGreaterThan(200);
  await expect(auditDataset(workbench, { dataset, runs: ["none"], ...wanted })).rejects.toMatchObject({
    code: "unknown-run",
  });
  for (const line of renderDatasetAudit(audit, 80).split("\n")) expect(line.length).toBeLessThanOrEqual(80);

  // A task that was mended begins anew.
  const file = join(folder, "datasets/own/tasks.jsonl");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll('"input":"', '"input":"Please: '));
  expect((await auditDataset(workbench, { dataset, ...wanted })).measured.rollouts).toBe(0);
});
