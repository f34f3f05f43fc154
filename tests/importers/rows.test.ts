import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDataset, scoreOutcome, tasksOf } from "../../src/dataset/index.ts";
import { importSet, type Settings } from "../../src/importers/index.ts";
import { errorOf, folderWith, nothingHappened } from "../dataset/support.ts";
import { lines } from "./examples.ts";

const mapping = { input: "question", expected: "answer" };
const everything = {
  seed: 0,
  shares: { train: 0.4, validation: 0.3, test: 0.3 },
  limits: {},
  balance: false,
  divide: false,
};

async function imported(
  name: string,
  content: string | Uint8Array,
  settings: Settings = mapping,
  options: Partial<typeof everything> = {},
) {
  const folder = folderWith({ [name]: content });
  const result = await importSet({
    form: "rows",
    files: [join(folder, name)],
    folder: join(folder, "made"),
    name: "made",
    settings,
    licence: "our own",
    sample: { ...everything, ...options },
  });
  return { result, dataset: await loadDataset(join(folder, "made")) };
}

/** What the import says is wrong, and that it left nothing behind. */
async function complaint(name: string, content: string | Uint8Array, settings: Settings = mapping) {
  const folder = folderWith({ [name]: content });
  const made = join(folder, "sets", "made");
  const request = { form: "rows", files: [join(folder, name)], folder: made, name: "made", settings };
  const error = await errorOf(importSet({ ...request, licence: "our own", sample: everything }));
  expect(error.hint, "every complaint says what to do").toBeTruthy();
  expect(existsSync(made) || readdirSync(folder).length > 1, "something was left behind").toBe(false);
  return { code: error.code, line: error.where?.line, message: error.message };
}

const row = (question: string, answer: unknown, more: object = {}): object => ({ question, answer, ...more });
const utf16 = (text: string, littleEndian: boolean): Uint8Array => {
  const units = Buffer.from(`\uFEFF${text}`, "utf16le");
  return littleEndian ? units : units.swap16();
};

describe("a mapping", () => {
  test("fills a template from paths, and takes tags, split, family and id", async () => {
    const nested = row("Which?", "b", {
      choices: ["a", "b"],
      about: { topic: "letters" },
      fold: "dev",
      book: "B1",
      key: 7,
    });
    const { dataset } = await imported("q.jsonl", lines([nested]), {
      input: "{question}\\nOptions: {choices} (first: {choices.0}) {{done}}",
      expected: "answer",
      tags: "about.topic",
      split: "fold",
      family: "book",
      id: "key",
    });
    expect(dataset.tasks[0]).toMatchObject({
      id: "7",
      input: "Which?\nOptions: a, b (first: a) {done}",
      tags: ["letters"],
      family: "B1",
    });
  });

  test("takes several right answers, numbers and whole checks", async () => {
    const score = async (settings: Settings, answer: unknown, given: string): Promise<number> => {
      const { dataset } = await imported("q.jsonl", lines([row("Q?", answer)]), { ...mapping, ...settings });
      return scoreOutcome(dataset.tasks[0]?.checks ?? [], { ...nothingHappened, answer: given }).score;
    };
    expect(await score({}, ["red", "crimson"], "Crimson.")).toBe(1);
    expect(await score({ check: "number" }, 12.5, "It is 12.5.")).toBe(1);
    expect(await score({ check: { type: "number", tolerance: 1 } }, "12", "13")).toBe(1);
    expect(await score({ check: "contains_all" }, ["red", "blue"], "red")).toBe(0.5);
  });
});

describe("encodings", () => {
  const text = lines([row("Où?", "à côté")]);
  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${text}`)],
    ["UTF-16, little end first", utf16(text, true)],
    ["UTF-16, big end first", utf16(text, false)],
  ])("%s is read", async (_, bytes) => {
    expect((await imported("q.jsonl", bytes)).dataset.tasks[0]?.input).toBe("Où?");
  });
  test("anything else is refused, with the line", async () => {
    const latin = Buffer.from(`question,answer\nWhere?,here\nO\u00f9?,l\u00e0\n`, "latin1");
    expect(await complaint("q.csv", latin)).toMatchObject({ code: "wrong-encoding", line: 3 });
    expect(await complaint("q.jsonl", utf16(text, true).subarray(2))).toMatchObject({ code: "wrong-encoding" });
    expect(await complaint("q.jsonl", Uint8Array.of(0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0))).toMatchObject({
      code: "wrong-encoding",
    });
  });
  test("Windows line ends do no harm", async () => {
    const { dataset } = await imported("q.csv", "question,answer\r\nWhere?,here\r\n\r\n");
    expect(dataset.tasks.map(({ input }) => input)).toEqual(["Where?"]);
  });
});

describe("a clear error with its line", () => {
  const good = row("Q?", "A");
  test.each<[string, string, string, Settings, object]>([
    ["a missing field", "q.jsonl", lines([good, { question: "R?" }]), mapping, { code: "missing-field", line: 2 }],
    ["a misspelt path", "q.jsonl", lines([good]), { ...mapping, input: "qestion" }, { code: "missing-field", line: 1 }],
    ["an empty field", "q.csv", "question,answer\nQ?,A\n,B\n", mapping, { code: "empty-field", line: 3 }],
    ["no right answer", "q.csv", "question,answer\nQ?, \n", mapping, { code: "empty-field", line: 2 }],
    ["an empty row", "q.csv", "question,answer\nQ?,A\n,\n", mapping, { code: "empty-row", line: 3 }],
    ["an empty object", "q.jsonl", "{}\n", mapping, { code: "empty-row", line: 1 }],
    [
      "a label outside the set",
      "q.jsonl",
      lines([good, row("R?", "maybe")]),
      { ...mapping, labels: "A, B" },
      { code: "unknown-label", line: 2 },
    ],
    [
      "a split nobody knows",
      "q.jsonl",
      lines([row("Q?", "A", { s: "tets" })]),
      { ...mapping, split: "s" },
      { code: "unknown-split", line: 1 },
    ],
    [
      "words for a number",
      "q.jsonl",
      lines([row("Q?", "many")]),
      { ...mapping, check: "number" },
      { code: "not-a-number", line: 1 },
    ],
    ["an object for a text", "q.jsonl", lines([row("Q?", { a: 1 })]), mapping, { code: "not-a-text", line: 1 }],
    [
      "one id twice",
      "q.jsonl",
      lines([good, row("R?", "A")]),
      { ...mapping, id: "answer" },
      { code: "duplicate-id", line: 2 },
    ],
    ["a list for a row", "q.jsonl", `${lines([good])}[1]\n`, mapping, { code: "not-an-object", line: 2 }],
    ["a file cut off", "q.jsonl", lines([good, good]).slice(0, -5), mapping, { code: "malformed-json", line: 2 }],
    ["a quote left open", "q.csv", 'question,answer\n"Q?,A\n', mapping, { code: "malformed-csv", line: 2 }],
    ["no rows", "q.csv", "question,answer\n", mapping, { code: "no-rows" }],
    ["another kind of file", "q.parquet", "PAR1", mapping, { code: "unknown-file-type" }],
    ["no mapping", "q.jsonl", lines([good]), {}, { code: "invalid-value" }],
    [
      "a check that does not exist",
      "q.jsonl",
      lines([good]),
      { ...mapping, check: "equal" },
      { code: "invalid-value" },
    ],
  ])("for %s", async (_, name, content, settings, expected) => {
    expect(await complaint(name, content, settings)).toMatchObject(expected);
  });

  test("for a missing licence, and a folder that is there", async () => {
    const folder = folderWith({ "q.jsonl": lines([good]) });
    const request = { form: "rows", files: [join(folder, "q.jsonl")], folder, name: "made", settings: mapping };
    expect(await errorOf(importSet({ ...request, sample: everything }))).toMatchObject({ code: "licence-missing" });
    expect(await errorOf(importSet({ ...request, licence: "MIT", sample: everything }))).toMatchObject({
      code: "folder-exists",
    });
  });
});

describe("splits", () => {
  const many = (count: number, more: (index: number) => object = () => ({})): string =>
    lines(
      Array.from({ length: count }, (_, index) =>
        row(`Question ${index}?`, index % 4 === 0 ? "yes" : "no", more(index)),
      ),
    );
  const named = { ...mapping, split: "split" };
  const idsOf = (dataset: Awaited<ReturnType<typeof imported>>["dataset"]): readonly string[] =>
    dataset.tasks.map(({ id, split }) => `${split} ${id}`).toSorted();

  test("follow from seed and input: added rows move no others, another seed divides anew", async () => {
    const few = idsOf((await imported("q.jsonl", many(60))).dataset);
    const more = idsOf((await imported("q.jsonl", many(90))).dataset);
    expect(few.filter((id) => !more.includes(id))).toEqual([]);
    expect(idsOf((await imported("q.jsonl", many(60), mapping, { seed: 1 })).dataset)).not.toEqual(few);
  });

  test("keep the source's test sealed and whole, and divide the rest", async () => {
    const { result } = await imported(
      "q.jsonl",
      many(100, (index) => ({ split: index < 40 ? "test" : "train" })),
      named,
    );
    expect(result.splits.test).toBe(40);
    expect(result.splits.train + result.splits.validation).toBe(60);
    expect(result.splits.validation).toBeGreaterThan(10);
  });

  test("are kept where the source has all three", async () => {
    const words = ["train", "dev", "test"];
    const { result } = await imported(
      "q.jsonl",
      many(90, (index) => ({ split: words[index % 3] })),
      named,
    );
    expect(result.splits).toEqual({ train: 30, validation: 30, test: 30 });
  });

  test("hold at most as many tasks as the limit says, drawn alike each time", async () => {
    const limits = { train: 5, validation: 7 };
    const { dataset, result } = await imported("q.jsonl", many(200), mapping, { limits });
    expect(result.splits).toMatchObject({ train: 5, validation: 7 });
    expect(result.splits.test).toBeGreaterThan(30);
    expect(idsOf((await imported("q.jsonl", many(200), mapping, { limits })).dataset)).toEqual(idsOf(dataset));
  });

  test("hold as many of each label when balance is asked for", async () => {
    const { dataset } = await imported("q.jsonl", many(200), { ...mapping, labels: "yes,no" }, { balance: true });
    const test_ = tasksOf(dataset, "test").map(({ checks }) => (checks[0] as { value?: unknown }).value);
    expect(test_.filter((value) => value === "yes").length).toBe(test_.length / 2);
  });

  test("never part equal inputs: a repeated row is left out and counted, the one in the test kept", async () => {
    const twice = lines([
      row("Same?", "yes", { split: "train" }),
      row("same? ", "no", { split: "test" }),
      row("Other?", "no", { split: "train" }),
    ]);
    const { dataset, result } = await imported("q.jsonl", twice, named);
    expect(tasksOf(dataset, "test").map(({ input }) => input)).toEqual(["same?"]);
    expect(result.leftOut).toMatchObject([{ where: { line: 1 } }]);
  });
});
