import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { continueRun, openWorkbench, planEvolution, startRun, type Workbench } from "../../src/workbench/index.ts";
import { runOf } from "../../src/workbench/run-options.ts";
import { project } from "./project.ts";

const request = { genome: "desk-seed", dataset: "desk", rollouts: 600, seed: 1 };

function workbenchWith(config: object): Workbench {
  const { folder } = project();
  writeFileSync(join(folder, "allele.yaml"), JSON.stringify({ allele: "config/1", ...config }));
  const workbench = openWorkbench({ cwd: folder, environment: process.env, log: () => {} });
  onTestFinished(() => workbench.close());
  return workbench;
}

test("where nobody reflects a run searches by belief, unless the configuration says how, and is recorded with it", async () => {
  const recorded = [];
  for (const search of [{}, { proposal: "portfolio" }, { proposal: "belief" }]) {
    const workbench = workbenchWith({ search });
    for (const more of [{ proposer: "none" }, {}] as const) {
      const run = await startRun(workbench, { ...request, ...more });
      recorded.push(runOf(workbench, run).options.evolve.proposal);
    }
  }
  expect(recorded).toEqual(["belief", "portfolio", "portfolio", "portfolio", "belief", "belief"]);
});

test("a plan says how many iterations the budget buys there", async () => {
  const workbench = workbenchWith({ models: { task: { kind: "simulated" }, reflection: "none" } });
  const { text, json } = await planEvolution(workbench, request);
  // 600 without 24 of the seed, 24 that proposals are made from and 2 x 160 of the test: 232, eight each.
  expect(text).toContain("After 24 rollouts on what proposals are made from, the rest buys about 29 iterations");
  expect(json).toMatchObject({ shown: 24, iterations: { least: 29, most: 29 } });
});

test("a run tells who joined, who was measured on more tasks, and what is believed of them", async () => {
  const workbench = workbenchWith({ models: { task: { kind: "simulated" }, reflection: "none" } });
  await startRun(workbench, { ...request, name: "alone" });
  const lines: string[] = [];
  const report = await continueRun(workbench, "alone", { onEvent: (line: string) => lines.push(line) });
  expect(
    lines.filter((line) => /^iteration \d+ {2}candidate #\d+ {2}\d\.\d{3} \[.*\] n=8 {2}\S/.test(line)).length,
  ).toBeGreaterThan(9);
  expect(lines.some((line) => /^iteration \d+ {2}candidate #\d+ on more tasks {2}\d\.\d{3} /.test(line))).toBe(true);
  const measured = report.candidates.filter(({ validation }) => validation.n >= 16);
  const best = measured.toSorted((a, b) => b.expected - a.expected)[0];
  expect(report.finalist).toBe(best?.genome);
});
