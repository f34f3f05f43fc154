import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Json } from "../../src/base/index.ts";
import { loadDataset } from "../../src/dataset/index.ts";
import {
  calibrateJudges,
  calibratePairs,
  continueRun,
  evaluateGenome,
  exportLabels,
  listLabels,
  openWorkbench,
  rateRollout,
  renderCalibration,
  renderEvaluation,
  renderLabels,
  renderRun,
  saveLabels,
  startRun,
  type Workbench,
} from "../../src/workbench/index.ts";
import { endpoint } from "../providers/endpoint.ts";

const TASKS = 24;
const dataset = "./datasets/talk/dataset.yaml";

/** A judge that likes even questions, sees quality in pairs, and takes the first answer to every third question. */
function replyOf(model: Json, text: string): Json {
  const number = Number(/Question (\d+)/.exec(text)?.[1] ?? 0);
  if (model === "worker") return text.includes("thorough") ? `A thorough answer to ${number}.` : `${number}.`;
  if (!text.includes("# First answer"))
    return JSON.stringify({ reason: "So it is.", score: number % 2 === 0 ? 0.9 : 0.1 });
  const [first = ""] = text.slice(text.indexOf("# First answer")).split("# Second answer");
  const better = number % 3 === 0 || first.includes("thorough") ? "first" : "second";
  return JSON.stringify({ reason: "So it is.", better });
}

/** A project whose models both stand on one server, with a dataset of judged questions and two genomes. */
async function talk(): Promise<{
  readonly folder: string;
  readonly workbench: Workbench;
  readonly paid: () => number;
}> {
  const { baseUrl, asked } = await endpoint((response, { body }) => {
    const text = JSON.stringify(body["messages"]);
    const content = replyOf(body["model"] ?? null, text);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
        usage: { prompt_tokens: 10, completion_tokens: 5 },
      }),
    );
  });
  const folder = mkdtempSync(join(tmpdir(), "allele-labels-"));
  const model = (name: string): string => `{ kind: openai-compatible, base_url: "${baseUrl}", model: ${name} }`;
  writeFileSync(
    join(folder, "allele.yaml"),
    `allele: config/1\nmodels:\n  task: ${model("worker")}\n  judge: ${model("judge")}\nsearch: { race: 4 }\n`,
  );
  mkdirSync(join(folder, "datasets/talk"), { recursive: true });
  mkdirSync(join(folder, "genomes"));
  for (const [name, prompt] of [
    ["curt", "Answer."],
    ["thorough", "Be thorough."],
  ] as const) {
    writeFileSync(
      join(folder, `genomes/${name}.yaml`),
      `allele: genome/1\nname: ${name}\ngenes:\n  system: { type: text, max_tokens: 100, value: "${prompt}" }\n`,
    );
  }
  writeFileSync(
    join(folder, "datasets/talk/dataset.yaml"),
    "allele: dataset/1\nname: talk\ndescription: Questions.\nlicence: MIT\nsource: made for a test\ntasks: tasks.jsonl\n",
  );
  const splits = ["train", "validation", "test"];
  const tasks = Array.from({ length: TASKS + 20 }, (_, index) => ({
    id: `q${index}`,
    input: `Question ${index}`,
    checks: [{ type: "judge", rubric: "Right." }],
    split: index < TASKS ? "train" : splits[1 + (index % 2)],
  }));
  writeFileSync(join(folder, "datasets/talk/tasks.jsonl"), tasks.map((task) => JSON.stringify(task)).join("\n"));
  const workbench = openWorkbench({ cwd: folder, environment: { USER: "ada" }, log: () => {} });
  onTestFinished(() => {
    workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, workbench, paid: () => asked.length };
}

const measure = (workbench: Workbench, genome: string): ReturnType<typeof evaluateGenome> =>
  evaluateGenome(workbench, { genome, dataset, split: "train", repeats: 1 });

test("a judge is held against people: kappa with interval, kindness, and wherever its scores are shown", async () => {
  const { workbench } = await talk();
  const before = renderEvaluation(await measure(workbench, "curt"));
  expect(before).toContain("no answer it judged was rated by a person");
  expect(calibrateJudges(workbench)).toEqual([]);
  // People agree with the judge that even questions are answered well, apart from the first two.
  for (let index = 0; index < TASKS; index++) {
    const score = (index % 2 === 0) !== index < 2 ? 1 : 0;
    await rateRollout(workbench, { genome: "curt", task: `q${index}`, dataset }, { score });
  }
  const [row, ...others] = calibrateJudges(workbench, { dataset: "talk" });
  expect(others).toEqual([]);
  expect(row).toMatchObject({ rubric: "Right.", version: "1", n: TASKS });
  expect(row?.judge).toContain("judge");
  expect(row?.observed).toBeCloseTo(22 / 24);
  expect(row?.kappa).toBeCloseTo(5 / 6);
  expect(row?.interval[0]).toBeGreaterThan(0.4);
  expect(row?.bias).toBeCloseTo(0);
  // The two disagreements are among the earlier half of the verdicts, or of one time.
  expect(row?.drift?.difference).toBeGreaterThanOrEqual(0);
  const after = renderEvaluation(await measure(workbench, "curt"));
  expect(after).toMatch(/kappa 0\.83 \[0\.\d\d, 1\.00\] with people on 24 rated answers/);
  expect(renderCalibration([row as NonNullable<typeof row>], undefined, 80)).toContain("only 24 answers: rate more");
});

test("a run whose judge was held against people shows it, and one whose judge was not says so", async () => {
  const { workbench } = await talk();
  const run = await startRun(workbench, { genome: "curt", dataset, rollouts: 60, seed: 1, name: "talked" });
  const report = await continueRun(workbench, run, {});
  expect(renderRun(report)).toContain("how far it can be trusted is not known");
  await rateRollout(workbench, { genome: "talked#0", task: "q25" }, { score: 0 });
  const { judge } = await continueRun(workbench, run, {});
  expect(judge?.calibrations).toMatchObject([{ n: 1 }]);
});

test("the last word of an author stands; who disagrees with checks and with each other is listed first", async () => {
  const { workbench } = await talk();
  await measure(workbench, "curt");
  const rate = (task: string, opinion: Parameters<typeof rateRollout>[2]): ReturnType<typeof rateRollout> =>
    rateRollout(workbench, { genome: "curt", task, dataset }, opinion);
  await rate("q0", { score: 0 });
  await rate("q0", { score: 1, comment: "on second thoughts" });
  await rate("q1", { score: 1 });
  await rate("q2", { score: 1 });
  await rate("q2", { score: 0, author: "bob" });
  await rate("q3", { comment: "only a word" });
  const rows = listLabels(workbench, { dataset: "talk" });
  expect(rows.map(({ task, human, raters, disagreements }) => [task, human, raters, disagreements])).toEqual([
    ["q3", null, 0, []],
    ["q2", 0.5, 2, ["people"]],
    ["q1", 1, 1, ["checks"]],
    ["q0", 1, 1, []],
  ]);
  expect(rows.at(-1)?.ratings.map(({ author, score }) => [author, score])).toEqual([
    ["ada", 0],
    ["ada", 1],
  ]);
  expect(listLabels(workbench, { disagreements: true }).map(({ task }) => task)).toEqual(["q2", "q1"]);
  expect(listLabels(workbench, { dataset: "none" })).toEqual([]);
  for (const line of renderLabels(rows, 60).split("\n")) expect(line.length).toBeLessThanOrEqual(60);
});

test("a labelled answer becomes a check in a dataset that loads; disputed ones are left out", async () => {
  const { folder, workbench } = await talk();
  await measure(workbench, "curt");
  await expect(exportLabels(workbench, dataset)).rejects.toMatchObject({ code: "no-labels" });
  const label = (task: string, answer: string, author: string): ReturnType<typeof rateRollout> =>
    rateRollout(workbench, { genome: "curt", task, dataset }, { answer, author });
  await label("q4", "Four.", "ada");
  await label("q4", "four. ", "bob");
  await label("q5", "Five", "ada");
  await label("q5", "V", "bob");
  const exported = await exportLabels(workbench, dataset);
  expect(exported).toMatchObject({ tasks: ["q4"], disputed: ["q5"], gone: [] });
  expect(saveLabels(workbench, exported, "datasets/talk/labelled.jsonl")).toBe("datasets/talk/labelled.jsonl");
  const file = join(folder, "datasets/talk/dataset.yaml");
  writeFileSync(file, readFileSync(file, "utf8").replace("tasks.jsonl", "labelled.jsonl"));
  const [task, ...others] = (await loadDataset(file)).tasks;
  expect(others).toEqual([]);
  expect(task).toMatchObject({ id: "q4", input: "Question 4", split: "train", tags: ["human-labelled"] });
  expect(task?.checks).toMatchObject([{ type: "equals", value: "four." }]);
});

test("a judge is shown pairs in both orders, and its liking for the first place is found", async () => {
  const { workbench, paid } = await talk();
  await measure(workbench, "curt");
  await measure(workbench, "thorough");
  for (let index = 0; index < 12; index++) {
    await rateRollout(workbench, { genome: "curt", task: `q${index}`, dataset }, { score: 0.2 });
    await rateRollout(workbench, { genome: "thorough", task: `q${index}`, dataset }, { score: 1 });
  }
  const before = paid();
  const pairs = await calibratePairs(workbench, { dataset, most: 100 });
  expect(paid() - before).toBe(24);
  expect(pairs).toMatchObject({
    pairs: 12,
    consistent: { n: 12, share: 8 / 12 },
    first: { n: 8, share: 1 },
    agrees: { n: 8, share: 1 },
  });
});

test("what cannot be rated is told with what to do", async () => {
  const { workbench } = await talk();
  await measure(workbench, "curt");
  const of = (task: string, more = {}): Parameters<typeof rateRollout>[1] => ({
    genome: "curt",
    task,
    dataset,
    ...more,
  });
  await expect(rateRollout(workbench, of("q0"), {})).rejects.toMatchObject({ code: "empty-rating" });
  await expect(rateRollout(workbench, of("q0"), { score: 2 })).rejects.toMatchObject({ code: "bad-rating" });
  await expect(rateRollout(workbench, of("none"), { score: 1 })).rejects.toMatchObject({ code: "unknown-rollout" });
  await expect(rateRollout(workbench, of("q0", { repeat: 3 }), { score: 1 })).rejects.toMatchObject({
    code: "unknown-rollout",
  });
  await expect(rateRollout(workbench, { genome: "curt", task: "q0" }, { score: 1 })).rejects.toMatchObject({
    code: "dataset-needed",
  });
});
