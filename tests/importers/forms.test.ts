import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDataset } from "../../src/dataset/index.ts";
import { loadToolModule } from "../../src/evaluate/index.ts";
import { forms, importSet } from "../../src/importers/index.ts";
import { errorOf, folderWith } from "../dataset/support.ts";
import { examples, type Attempt, type Example } from "./examples.ts";
import { replayed } from "./gold.ts";

/** The example's files in a folder of their own. */
function written({ files }: Pick<Example, "files">): string {
  const folder = folderWith({});
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const pathsOf = (example: Example, folder: string): readonly string[] =>
  (example.paths ?? Object.keys(example.files)).map((name) => join(folder, name));

function read(example: Example, folder: string) {
  const form = forms.find(({ name }) => name === example.form);
  return form?.read(pathsOf(example, folder), example.settings ?? {});
}

const everything = {
  seed: 0,
  shares: { train: 0.4, validation: 0.3, test: 0.3 },
  limits: {},
  balance: false,
  divide: false,
};
const importing = (example: Example, folder: string, to: string) =>
  importSet({
    form: example.form,
    files: pathsOf(example, folder),
    folder: to,
    name: "sample",
    settings: example.settings ?? {},
    licence: "CC-BY-4.0",
    sample: everything,
  });

test("every form has an example", () => {
  expect(examples.map(({ form }) => form)).toEqual(forms.map(({ name }) => name));
});

describe.each(examples)("the form $form", (example) => {
  test("makes a task of every row, the same whenever it is read", () => {
    const folder = written(example);
    const found = read(example, folder);
    expect(found?.tasks.map(({ id }) => id).toSorted()).toEqual(Object.keys(example.answers).toSorted());
    expect(read(example, folder)).toEqual(found);
    for (const { where } of found?.tasks ?? []) expect(where).toMatchObject({ line: expect.any(Number) });
  });

  test("becomes a dataset with its licence and source, whose checks tell right answers from wrong ones", async () => {
    const folder = written(example);
    await importing(example, folder, join(folder, "made"));
    const dataset = await loadDataset(join(folder, "made"));
    expect(dataset.licence).toBe("CC-BY-4.0");
    const noTools = { version: "", tools: [], createWorld: () => ({}) };
    const tools = dataset.toolModule === undefined ? noTools : await loadToolModule(dataset.toolModule);
    for (const task of dataset.tasks) {
      const { id } = task;
      const scoreOf = (attempt: Attempt): number =>
        replayed(tools, { task, ...(typeof attempt === "string" ? { actions: [], answer: attempt } : attempt) }).score;
      const { right = [], wrong = [] } = example.answers[id] ?? {};
      expect(right.length * wrong.length, id).toBeGreaterThan(0);
      for (const answer of right) expect(scoreOf(answer), `${id}: ${JSON.stringify(answer)}`).toBe(1);
      for (const answer of wrong) expect(scoreOf(answer), `${id}: ${JSON.stringify(answer)}`).toBeLessThan(1);
    }
  });

  test("keeps published data out of version control, and nothing else", async () => {
    const folder = written(example);
    await importing(example, folder, join(folder, "made"));
    const form = forms.find(({ name }) => name === example.form);
    expect(existsSync(join(folder, "made", ".gitignore"))).toBe(form?.thirdParty);
  });

  test("refuses a setting it does not know, and a file it cannot read, and leaves nothing behind", async () => {
    const folder = written(example);
    const made = join(folder, "made");
    const wrongSetting = { ...example, settings: { ...example.settings, colour: "red" } };
    expect(await errorOf(importing(wrongSetting, folder, made))).toMatchObject({ code: "unknown-key" });
    const [name = "", text = ""] = Object.entries(example.files)[0] ?? [];
    const there = written({ files: { ...example.files, [name]: text.slice(0, -8) } });
    expect((await errorOf(importing(example, there, made))).where?.file).toBe(join(there, name));
    expect(readdirSync(folder).filter((entry) => entry.startsWith("made"))).toEqual([]);
  });
});
