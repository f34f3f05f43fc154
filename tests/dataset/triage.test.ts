import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makeTasks } from "../../datasets/triage/generator/make-tasks.ts";
import { datasetStatistics, scoreOutcome, validateDataset } from "../../src/dataset/index.ts";
import { nothingHappened } from "./support.ts";

test("triage has 100 tasks in each split, and each family its share of them", async () => {
  const { dataset, warnings } = await validateDataset("datasets/triage");
  const { bySplit, byTag } = datasetStatistics(dataset);
  expect(bySplit).toEqual({ train: 100, validation: 100, test: 100 });
  expect(byTag.map(({ tag, count }) => [tag, count])).toEqual([
    ["queue", 120],
    ["extraction", 75],
    ["urgency", 60],
    ["language", 45],
  ]);
  for (const { bySplit: shares } of byTag) expect(new Set(Object.values(shares)).size).toBe(1);
  expect(warnings.filter((warning) => warning.includes("split"))).toEqual([]);
});

test("triage is what its generator writes, and another seed writes other tasks", () => {
  const written = readFileSync("datasets/triage/tasks.jsonl", "utf8");
  const lines = (seed: string) => makeTasks(seed).map((task) => `${JSON.stringify(task)}\n`);
  expect(lines("triage/1").join("")).toBe(written);
  expect(lines("triage/2").join("")).not.toBe(written);
});

test("no single constant answer gets anywhere on triage", async () => {
  const { dataset } = await validateDataset("datasets/triage");
  for (const answer of [
    "",
    "billing",
    "normal",
    "en",
    "{}",
    "I do not know.",
    "billing shipping returns repair account",
  ]) {
    const scores = dataset.tasks.map(({ checks }) => scoreOutcome(checks, { ...nothingHappened, answer }).score);
    expect(scores.reduce((sum, score) => sum + score, 0) / scores.length, answer).toBeLessThan(0.2);
  }
});
