import fc from "fast-check";
import { expect, test } from "vitest";
import type { Task } from "../../src/dataset/index.ts";
import { datasetStatistics, validateDataset } from "../../src/dataset/index.ts";
import { datasetWith, folderWith, header, taskLine } from "./support.ts";

const shares = "splits: { train: 0.5, validation: 0.2, test: 0.3 }\n";
const manyLines = Array.from({ length: 400 }, (_, index) => taskLine(`t${index}`));
const splitById = (tasks: readonly Task[]) => new Map(tasks.map(({ id, split }) => [id, split]));

test("tasks without a split are divided in the shares asked for", async () => {
  const { bySplit } = datasetStatistics(await datasetWith(manyLines.join(""), shares));
  expect(Math.abs(bySplit.train - 200)).toBeLessThan(40);
  expect(Math.abs(bySplit.validation - 80)).toBeLessThan(40);
  expect(bySplit.train + bySplit.validation + bySplit.test).toBe(400);
});

test("adding, removing and reordering tasks never moves another", async () => {
  const whole = splitById((await datasetWith(manyLines.join(""), shares)).tasks);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(manyLines.slice(0, 60), { minLength: 1 }), async (lines) => {
      const { tasks } = await datasetWith(lines.join(""), shares);
      for (const { id, split } of tasks) expect(split).toBe(whole.get(id));
    }),
    { numRuns: 20 },
  );
});

test("tasks with the same input fall into the same split, whatever their checks", async () => {
  const twins = manyLines
    .slice(0, 50)
    .flatMap((_, index) => [
      taskLine(`a${index}`, { input: `Question ${index}?` }),
      taskLine(`b${index}`, { input: ` question  ${index}? ` }),
    ]);
  const splits = splitById((await datasetWith(twins.join(""), shares)).tasks);
  for (let index = 0; index < 50; index++) expect(splits.get(`a${index}`)).toBe(splits.get(`b${index}`));
});

test("tasks of one family fall into the same split, and a split of their own comes first", async () => {
  const lines = Array.from({ length: 60 }, (_, index) => taskLine(`t${index}`, { family: `document ${index % 6}` }));
  const { tasks } = await datasetWith(lines.join(""), shares);
  const families = Map.groupBy(tasks, ({ family }) => family);
  expect(families.size).toBe(6);
  for (const members of families.values()) expect(new Set(members.map(({ split }) => split)).size).toBe(1);
  expect(new Set(tasks.map(({ split }) => split)).size).toBeGreaterThan(1);
  const own = await datasetWith(
    taskLine("a", { family: "x", split: "train" }) + taskLine("b", { family: "x", split: "test" }),
  );
  expect(own.tasks.map(({ split }) => split)).toEqual(["train", "test"]);
});

test("statistics count splits, tags, lengths and types of checks", async () => {
  const nested = { type: "not", check: { type: "any", checks: [{ type: "equals", value: 1 }] } };
  const dataset = await datasetWith(
    taskLine("a", { split: "train", tags: ["x"], input: "1234" }) +
      taskLine("b", { split: "train", tags: ["x", "y"], input: "123456" }) +
      taskLine("c", { split: "test", checks: [nested, nested], input: "12345678901" }),
  );
  expect(datasetStatistics(dataset)).toEqual({
    tasks: 3,
    bySplit: { train: 2, validation: 0, test: 1 },
    byTag: [
      { tag: "x", count: 2, bySplit: { train: 2, validation: 0, test: 0 } },
      { tag: "y", count: 1, bySplit: { train: 1, validation: 0, test: 0 } },
    ],
    inputLength: { least: 4, median: 6, mean: 7, most: 11 },
    byCheckType: { equals: 3, not: 1, any: 1 },
    checksPerTask: 4 / 3,
  });
});

test("validation warns of small splits and of inputs that are nearly the same", async () => {
  const words = Array.from({ length: 30 }, (_, index) => `word${index}`).join(" ");
  const folder = folderWith({
    "dataset.yaml": `${header}tasks: tasks.jsonl\n`,
    "tasks.jsonl":
      Array.from({ length: 20 }, (_, index) => taskLine(`t${index}`, { split: "train" })).join("") +
      taskLine("long", { input: words, split: "test" }) +
      taskLine("longer", { input: `${words} once`, split: "train" }),
  });
  const { warnings } = await validateDataset(folder);
  expect(warnings).toEqual([
    "The validation split has 0 tasks; under 20 nearly nothing can be told apart.",
    "The test split has 1 tasks; under 20 nearly nothing can be told apart.",
    "Inputs are nearly the same: long and longer.",
  ]);
});
