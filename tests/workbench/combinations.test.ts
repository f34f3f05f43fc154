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

test("a run begins with as many combinations as the configuration says, which is recorded with it; else with none", async () => {
  const recorded = [];
  for (const search of [{}, { combinations: 20 }]) {
    const workbench = workbenchWith({ search });
    for (const more of [{ proposer: "none" }, {}] as const) {
      const run = await startRun(workbench, { ...request, ...more });
      recorded.push(runOf(workbench, run).options.evolve.combinations);
    }
  }
  expect(recorded).toEqual([undefined, undefined, 20, 20]);
});

test("a plan says what the beginning may take, and leaves that much less for the iterations", async () => {
  const [plain, combining] = [workbenchWith({}), workbenchWith({ search: { combinations: 20 } })];
  const without = await planEvolution(plain, { ...request, proposer: "none" });
  const alone = await planEvolution(combining, { ...request, proposer: "none" });
  expect(alone.text).toMatch(/begins with up to 20 random combinations, for at most \d+ rollouts/);
  expect(without.text).not.toContain("combinations");
  const { beginning } = alone.json as { beginning: number };
  expect(beginning).toBeGreaterThan(100);
  expect(beginning).toBeLessThan(1500 / 3);
});
