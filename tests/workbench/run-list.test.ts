import { expect, test } from "vitest";
import {
  continueRun,
  countRuns,
  listRuns,
  renderRuns,
  renderTrend,
  reportRun,
  startRun,
} from "../../src/workbench/index.ts";
import type { Workbench } from "../../src/workbench/index.ts";
import { project } from "./project.ts";

const request = { genome: "desk-seed", dataset: "desk", rollouts: 400, seed: 1 };

function addForeignRun({ store }: Workbench): void {
  store.runs.create({ id: "old", options: { version: 0 }, createdAt: 1 });
  store.runs.setStatus("old", "failed", 2);
}

test("runs are listed with what they came to; one whose process is gone is interrupted, one of another version is there too", async () => {
  const { workbench } = project();
  expect(listRuns(workbench)).toEqual([]);
  const done = await startRun(workbench, { ...request, name: "done" });
  const report = await continueRun(workbench, done, {});
  await startRun(workbench, { ...request, name: "left" });
  addForeignRun(workbench);

  const rows = listRuns(workbench);
  expect(rows.map(({ run, status }) => [run, status])).toEqual([
    ["left", "interrupted"],
    ["done", "finished"],
    ["old", "failed"],
  ]);
  expect(rows[1]).toMatchObject({
    dataset: "desk",
    genome: "desk-seed",
    seed: report.seed.genome,
    winner: report.winner.genome,
    rollouts: report.rollouts,
    candidates: report.candidates.length,
    verdict: report.comparison?.verdict,
    difference: report.comparison?.difference,
    test: report.winner.test,
    simulated: true,
  });
  expect(rows[0]).toMatchObject({ rollouts: 0, candidates: 0, verdict: null, test: null });
  expect(rows[2]).toMatchObject({ dataset: "?", rollouts: 0, verdict: null });

  expect(listRuns(workbench, { limit: 1, offset: 1 }).map(({ run }) => run)).toEqual(["done"]);
  expect(listRuns(workbench, { status: "interrupted" }).map(({ run }) => run)).toEqual(["left"]);
  expect(countRuns(workbench, { genome: "desk-seed" })).toBe(2);
  expect(countRuns(workbench, { genome: "hash:" + report.seed.genome.slice(5, 15) })).toBe(2);
  expect(countRuns(workbench, { genome: "never-was" })).toBe(0);
  const narrow = renderRuns(rows, 80).split("\n");
  for (const line of narrow) expect(line.length).toBeLessThanOrEqual(80);
});

test("a run that is worked on is running, and its row grows with its journal", async () => {
  const { workbench } = project();
  const run = await startRun(workbench, request);
  const seen: (readonly [string | undefined, number | undefined])[] = [];
  await continueRun(workbench, run, {
    listen: ({ type }) => {
      const [row] = listRuns(workbench);
      if (type === "batch-started") seen.push([row?.status, row?.rollouts]);
    },
  });
  const counts = seen.map(([, rollouts]) => rollouts ?? -1);
  expect(new Set(seen.map(([status]) => status))).toEqual(new Set(["running"]));
  expect(counts[0]).toBe(0);
  expect(counts).toContain(24);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  const [row] = listRuns(workbench);
  expect(row?.status).toBe("finished");
  expect(row?.rollouts).toBe(reportRun(workbench, run).rollouts);
  expect(row?.rollouts).toBeGreaterThan(counts.at(-1) ?? 0);
});

test("the trend of a genome's runs goes from the oldest to the newest, and says nothing of one run or of two datasets", () => {
  const row = { dataset: "desk", test: { n: 10, score: 0.4, interval: [0, 1] as const } } as ReturnType<
    typeof listRuns
  >[number];
  const better = { ...row, test: { n: 10, score: 0.7, interval: [0, 1] as const } };
  expect(renderTrend([better, { ...row, test: null }, row])).toBe(
    "Winners on the sealed test of desk, oldest first: ▁█  0.400 to 0.700 in 2 runs.",
  );
  expect(renderTrend([row])).toBe("");
  expect(renderTrend([{ ...better, dataset: "triage" }, row])).toBe("");
});
