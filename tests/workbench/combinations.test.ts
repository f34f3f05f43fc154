import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openWorkbench, planEvolution, startRun, type Workbench } from "../../src/workbench/index.ts";
import { runOf } from "../../src/workbench/run-options.ts";
import { project } from "./project.ts";

const request = { genome: "desk-seed", dataset: "desk", rollouts: 1500, seed: 1 };

function workbenchWith(config: object): Workbench {
  const { folder } = project();
  writeFileSync(join(folder, "allele.yaml"), JSON.stringify({ allele: "config/1", ...config }));
  const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
  onTestFinished(() => workbench.close());
  return workbench;
}

test("a run without a reflection model begins with twenty combinations, which is recorded with it; others begin with none", async () => {
  const workbench = workbenchWith({});
  const asked = [{ proposer: "none" }, { proposer: "files" }, {}] as const;
  const recorded = [];
  for (const more of asked) {
    const run = await startRun(workbench, { ...request, ...more });
    recorded.push(runOf(workbench, run).options.evolve.combinations);
  }
  expect(recorded).toEqual([20, undefined, undefined]);
});

test("the number is the configuration's where it names one", async () => {
  const workbench = workbenchWith({
    models: { task: { kind: "simulated" }, reflection: "none" },
    search: { combinations: 0 },
  });
  const run = await startRun(workbench, request);
  expect(runOf(workbench, run).options.evolve.combinations).toBe(0);
});

test("a plan says what the beginning may take, and leaves that much less for the iterations", async () => {
  const workbench = workbenchWith({});
  const alone = await planEvolution(workbench, { ...request, proposer: "none" });
  const guided = await planEvolution(workbench, request);
  expect(alone.text).toMatch(/begins with up to 20 random combinations, for at most \d+ rollouts/);
  expect(guided.text).not.toContain("combinations");
  const { beginning } = alone.json as { beginning: number };
  expect(beginning).toBeGreaterThan(100);
  expect(beginning).toBeLessThan(1500 / 3);
});
