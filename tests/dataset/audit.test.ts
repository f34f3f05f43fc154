import { resolve } from "node:path";
import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { auditData, Check, loadDataset, type Dataset, type Task } from "../../src/dataset/index.ts";

const task = (id: string, split: Task["split"], input: string, value: string, world?: string): Task => ({
  id,
  split,
  input,
  tags: [],
  world,
  checks: [Check.parse({ type: "equals", value })],
});
const dataset = (tasks: readonly Task[]): Dataset => ({
  name: "made",
  description: "",
  licence: "MIT",
  tasks,
  customChecks: new Map(),
  folder: "",
  file: "",
});
const kinds = (tasks: readonly Task[]): readonly string[] =>
  auditData(dataset(tasks)).map(({ kind, task: id }) => `${id} ${kind}`);

test("near duplicates count across splits and in equal worlds only", () => {
  const text = "please tell me where the parcel for my daughter has gone since tuesday";
  expect(kinds([task("a", "train", text, "1"), task("b", "test", `${text}!`, "2")])).toEqual(["b near-duplicate"]);
  expect(kinds([task("a", "train", text, "1"), task("b", "train", text, "2")])).toEqual([]);
  expect(kinds([task("a", "train", text, "1", "x"), task("b", "test", text, "2", "y")])).toEqual(["b leak"]);
  expect(kinds([task("a", "train", "where is order seven", "1"), task("b", "test", "cancel order nine", "2")])).toEqual(
    [],
  );
});

test("training text in a test task is a leak, a common wording is not", () => {
  const passage = "the quick brown fox jumps over the lazy dog near the old river bank";
  const leaked = `As everybody knows, ${passage}. And what else happened there on that day?`;
  expect(
    kinds([task("a", "train", `Read this aloud: ${passage}. Who jumps?`, "1"), task("b", "test", passage, "2")]),
  ).toEqual(["b leak"]);
  expect(kinds([task("a", "train", passage, "1"), task("b", "validation", leaked, "2")])).toEqual([]);
  const frame = (name: string): string => `Sort this message into one of our four queues and give the reason: ${name}`;
  const names = ["red", "blue", "green", "black", "white", "grey", "pink"];
  expect(
    kinds(
      names.map((name, i) => task(name, i % 2 === 0 ? "train" : "test", frame(`${name} ${name}s arrived ${i}`), "x")),
    ),
  ).toEqual([]);
});

test("a right answer in the input is told, the name of a class is not", () => {
  expect(kinds([task("a", "train", "Is it 84.30 EUR or more?", "84.30 EUR")])).toEqual(["a answer-in-input"]);
  expect(kinds([task("a", "train", "Is it 84.30 EUR or more?", "84.30")])).toEqual(["a answer-in-input"]);
  const classes = Array.from({ length: 6 }, (_, i) =>
    task(`t${i}`, "train", `a word about billing, number ${i} of them`, "billing"),
  );
  expect(kinds(classes)).toEqual([]);
});

test("planted faults are found among tasks that are well: precision and recall", () => {
  const random = makeRandom(5);
  const words = Array.from({ length: 3000 }, (_, i) => `w${i}`);
  const sentence = (length: number): string[] =>
    Array.from({ length }, () => words[Math.floor(random.next() * words.length)] ?? "");
  const clean = Array.from({ length: 400 }, (_, i) => ({
    split: (["train", "validation", "test"] as const)[i % 3] ?? "train",
    text: sentence(25),
  }));
  const planted = new Set<string>();
  const tasks = clean.map(({ split, text }, i): Task => {
    const source = clean[0]?.text ?? [];
    if (split === "test" && i % 10 === 2) {
      planted.add(`t${i}`);
      const train = clean.filter((one) => one.split === "train")[i % 100]?.text ?? source;
      // One word in ten is another one, or half of it is copied.
      const twin =
        i % 20 === 2 ? train.map((word, at) => (at === 10 ? "other" : word)) : [...train.slice(0, 20), ...sentence(3)];
      return task(`t${i}`, split, twin.join(" "), `answer ${i}`);
    }
    return task(`t${i}`, split, text.join(" "), `answer ${i}`);
  });
  const found = new Set(auditData(dataset(tasks)).map(({ task: id }) => id));
  const hits = [...found].filter((id) => planted.has(id)).length;
  expect(planted.size).toBeGreaterThan(10);
  expect(hits / found.size).toBeGreaterThan(0.95);
  expect(hits / planted.size).toBeGreaterThan(0.95);
});

test.each([
  // Twenty-four requests of desk share a rare wording with a training task, with other names and numbers in it.
  ["desk", 24],
  ["triage", 0],
])("the built-in dataset %s has no near duplicates, and %i tasks worded like a training task", async (name, leaks) => {
  const found = auditData(await loadDataset(resolve(import.meta.dirname, "../../datasets", name)));
  expect(found.filter(({ kind }) => kind === "near-duplicate")).toEqual([]);
  expect(found.filter(({ kind }) => kind === "leak")).toHaveLength(leaks);
});
