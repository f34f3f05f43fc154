import { describe, expect, test } from "vitest";
import { loadDataset, tasksOf } from "../../src/dataset/index.ts";
import { datasetWith, errorOf, folderWith, header, taskLine } from "./support.ts";

const check = '"checks": [{"type": "equals", "value": "a"}]';

/** What the loader says of a dataset of these files: code, file, line, column, message and hint. */
async function complaint(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderWith(files);
  const { code, message, hint, where } = await errorOf(loadDataset(folder));
  expect(hint, "every complaint says what to do").toBeTruthy();
  const file = where?.file.slice(folder.length + 1);
  return { code, message, file, line: where?.line, column: where?.column };
}
const ofTasks = (name: string, tasks: string | Uint8Array, more = "") =>
  complaint({ "dataset.yaml": `${header}tasks: ${name}\n${more}`, [name]: tasks });

describe("dataset.yaml", () => {
  test("missing", async () => {
    expect(await complaint({})).toMatchObject({ code: "file-missing", file: "dataset.yaml" });
  });
  test("malformed", async () => {
    const text = `${header}tasks: [tasks.jsonl\nworld: 1\n`;
    expect(await complaint({ "dataset.yaml": text })).toMatchObject({
      code: "malformed-yaml",
      file: "dataset.yaml",
      line: 7,
    });
  });
  test("with an unknown key", async () => {
    expect(await complaint({ "dataset.yaml": `${header}task: tasks.jsonl\n` })).toEqual({
      code: "unknown-key",
      message: 'unknown key "task" (did you mean "tasks"?)',
      file: "dataset.yaml",
      line: 6,
      column: 1,
    });
  });
  test("without a licence", async () => {
    const text = `${header.replace("licence: MIT\n", "")}tasks: tasks.jsonl\n`;
    expect((await complaint({ "dataset.yaml": text })).message).toContain("licence");
  });
  test("of another format, of a newer version, or of none", async () => {
    const first = (line: string) => complaint({ "dataset.yaml": `${line}\nname: x\n` });
    expect(await first("allele: genome/1")).toMatchObject({
      code: "wrong-format",
      message: "not a dataset: genome/1",
      line: 1,
    });
    expect(await first("allele: dataset/2")).toMatchObject({ code: "newer-format" });
    expect(await first("title: x")).toMatchObject({ code: "wrong-format" });
  });
  test("with shares that do not sum to one", async () => {
    const text = `${header}tasks: t.jsonl\nsplits: { train: 0.5, validation: 0.5, test: 0.5 }\n`;
    expect(await complaint({ "dataset.yaml": text })).toMatchObject({ code: "invalid-value", line: 7 });
  });
  test("with a tool module that is not there", async () => {
    expect(await ofTasks("t.jsonl", taskLine("a"), "tools: tools.ts\n")).toMatchObject({
      code: "missing-module",
      file: "dataset.yaml",
      line: 7,
    });
  });
  test("with tasks that are not there, or of an unknown kind", async () => {
    expect(await complaint({ "dataset.yaml": `${header}tasks: t.jsonl\n` })).toMatchObject({
      code: "file-missing",
      file: "t.jsonl",
    });
    expect(await complaint({ "dataset.yaml": `${header}tasks: t.txt\n` })).toMatchObject({
      code: "invalid-value",
      line: 6,
    });
  });
  test("confused with a file of tasks", async () => {
    expect((await errorOf(loadDataset("somewhere/tasks.jsonl"))).code).toBe("not-a-dataset");
  });
});

describe("JSONL", () => {
  test("malformed", async () => {
    expect(await ofTasks("t.jsonl", `${taskLine("a")}{"id": "b" "input": "x"}\n`)).toMatchObject({
      code: "malformed-json",
      file: "t.jsonl",
      line: 2,
      column: 12,
    });
  });
  test("truncated", async () => {
    const text = taskLine("a") + taskLine("b");
    expect(await ofTasks("t.jsonl", text.slice(0, -12))).toMatchObject({ code: "malformed-json", line: 2 });
  });
  test("with an unknown key", async () => {
    expect(await ofTasks("t.jsonl", `\n{"id": "a", "imput": "x", ${check}}\n`)).toEqual({
      code: "unknown-key",
      message: 'unknown key "imput" (did you mean "input"?)',
      file: "t.jsonl",
      line: 2,
      column: 13,
    });
  });
  test("not in UTF-8", async () => {
    const latin1 = Buffer.from('{"id": "a", "input": "Caf\u00e9"}', "latin1");
    expect(await ofTasks("t.jsonl", latin1)).toMatchObject({ code: "file-unreadable", file: "t.jsonl" });
  });
});

describe("YAML", () => {
  test("malformed or truncated", async () => {
    expect(await ofTasks("t.yaml", '- id: a\n  input: "x\n')).toMatchObject({ code: "malformed-yaml", file: "t.yaml" });
  });
  test("with an unknown key in a check of a task", async () => {
    const text =
      "- id: a\n  input: x\n  checks:\n    - type: equals\n      value: a\n      of: answer\n      exat: true\n";
    expect(await ofTasks("t.yaml", text)).toEqual({
      code: "unknown-key",
      message: '0.checks.0: unknown key "exat" (did you mean "exact"?)',
      file: "t.yaml",
      line: 7,
      column: 7,
    });
  });
});

describe("CSV", () => {
  test("with a quote that never ends", async () => {
    expect(await ofTasks("t.csv", 'input,expected\na,b\n"x,y\nz,w\n')).toMatchObject({
      code: "malformed-csv",
      message: "not valid CSV: a quoted field that never ends",
      line: 3,
      column: 1,
    });
  });
  test("with a stray quote", async () => {
    expect(await ofTasks("t.csv", 'input,expected\nsay "a",b\n')).toMatchObject({
      code: "malformed-csv",
      line: 2,
      column: 1,
    });
  });
  test("cut in the middle of a row", async () => {
    expect(await ofTasks("t.csv", 'input,expected\n"a\nb",c\nd')).toMatchObject({
      message: "not valid CSV: 1 fields where the header has 2",
      line: 4,
    });
  });
  test("without a column that was named", async () => {
    expect(await ofTasks("t.csv", "question,answer\na,b\n", "columns: { input: qestion }\n")).toMatchObject({
      code: "unknown-column",
      message: 'there is no column "qestion" (did you mean "question"?); the columns are question, answer',
      line: 1,
    });
  });
  test("with an expected answer that is no number where one is compared", async () => {
    const more = "check: { type: number }\n";
    expect(await ofTasks("t.csv", "input,expected\na,1\nb,many\n", more)).toMatchObject({
      code: "invalid-value",
      line: 3,
    });
  });
  test("without anything to check", async () => {
    expect(await ofTasks("t.csv", "input\na\n")).toMatchObject({
      message: "checks: a task needs at least one check",
      line: 2,
    });
  });
});

describe("tasks", () => {
  const ofCheck = (written: object) => ofTasks("t.jsonl", taskLine("a", { checks: [written] }));
  test("with the same id", async () => {
    expect(await ofTasks("t.jsonl", taskLine("a") + taskLine("b") + taskLine("a"))).toMatchObject({
      code: "duplicate-id",
      message: 'two tasks have the id "a": lines 1 and 3',
      line: 3,
    });
  });
  test("with the same input in two splits", async () => {
    const tasks = taskLine("a", { split: "train" }) + taskLine("b", { split: "test", input: "say  A." });
    expect(await ofTasks("t.jsonl", tasks)).toMatchObject({
      code: "splits-overlap",
      message: 'tasks "a" (train) and "b" (test) have the same input: lines 1 and 2',
      line: 2,
    });
    const worlds =
      taskLine("a", { split: "train", world: 1 }) + taskLine("b", { split: "test", input: "Say a.", world: 2 });
    expect((await datasetWith(worlds)).tasks).toHaveLength(2);
  });
  test("none at all", async () => {
    for (const [name, text] of [
      ["t.jsonl", "\n"],
      ["t.yaml", "[]\n"],
      ["t.csv", "input,expected\n"],
    ] as const) {
      expect(await ofTasks(name, text)).toMatchObject({ code: "empty-dataset", file: name });
    }
  });
  test("of a split that has none", async () => {
    const dataset = await datasetWith(taskLine("a", { split: "train" }));
    const error = await errorOf(() => tasksOf(dataset, "test"));
    expect(error).toMatchObject({ code: "empty-split" });
    expect(error.message).toContain("train 1, validation 0, test 0");
  });
  test("with a check of an unknown type", async () => {
    const { code, message, line } = await ofCheck({ type: "equal", value: "a" });
    expect({ code, line }).toEqual({ code: "invalid-value", line: 1 });
    expect(message).toContain('unknown check type "equal" (did you mean "equals"?)');
  });
  test("with a bad regular expression", async () => {
    expect((await ofCheck({ type: "regex", pattern: "(" })).message).toContain("Invalid regular expression");
    expect((await ofCheck({ type: "set", values: [], item: "[" })).message).toContain("Invalid regular expression");
  });
  test("with a weight that is no number, or weights that are all zero", async () => {
    const yaml = "- { id: a, input: x, checks: [{ type: equals, value: a, weight: .nan }] }\n";
    expect(await ofTasks("t.yaml", yaml)).toMatchObject({ code: "invalid-value", line: 1, column: 57 });
    expect((await ofCheck({ type: "equals", value: "a", weight: 0 })).message).toContain("weight above 0");
    expect((await ofCheck({ type: "equals", value: "a", weight: -1 })).code).toBe("invalid-value");
  });
  test("with a custom check whose module or function is not there, or which does not load", async () => {
    const files = (name: string, body: string) => ({
      "dataset.yaml": `${header}tasks: t.jsonl\n`,
      "t.jsonl": taskLine("a", { checks: [{ type: "custom", module: name, name: "own" }] }),
      "checks.ts": body,
    });
    expect(await complaint(files("check.ts", ""))).toMatchObject({ code: "missing-module", file: "t.jsonl", line: 1 });
    expect(await complaint(files("checks.ts", "export const won = () => 1;"))).toMatchObject({
      code: "unknown-function",
      message: 'checks.ts exports no function "own" (did you mean "won"?)',
    });
    expect(await complaint(files("checks.ts", "throw new Error('no');"))).toMatchObject({ code: "broken-module" });
  });
});
