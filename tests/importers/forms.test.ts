import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadDataset, scoreOutcome } from "../../src/dataset/index.ts";
import { forms, importSet } from "../../src/importers/index.ts";
import { errorOf, folderWith, nothingHappened } from "../dataset/support.ts";
import { examples, type Example } from "./examples.ts";

/** Reads an example's files, alike by path for every call, so that two readings can be compared. */
function read(example: Example, folder: string) {
  const form = forms.find(({ name }) => name === example.form);
  return form?.read(
    Object.keys(example.files).map((name) => join(folder, name)),
    example.settings ?? {},
  );
}

const everything = { seed: 0, shares: { train: 0.4, validation: 0.3, test: 0.3 }, limits: {}, balance: false };
const importing = (example: Example, folder: string, to: string) =>
  importSet({
    form: example.form,
    files: Object.keys(example.files).map((name) => join(folder, name)),
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
    const folder = folderWith(example.files);
    const found = read(example, folder);
    expect(found?.tasks.map(({ id }) => id).toSorted()).toEqual(Object.keys(example.answers).toSorted());
    expect(read(example, folder)).toEqual(found);
    for (const { where } of found?.tasks ?? []) expect(where).toMatchObject({ line: expect.any(Number) });
  });

  test("becomes a dataset with its licence and source, whose checks tell right answers from wrong ones", async () => {
    const folder = folderWith(example.files);
    await importing(example, folder, join(folder, "made"));
    const dataset = await loadDataset(join(folder, "made"));
    expect(dataset.licence).toBe("CC-BY-4.0");
    for (const { id, checks } of dataset.tasks) {
      const scoreOf = (answer: string): number => scoreOutcome(checks, { ...nothingHappened, answer }).score;
      const { right = [], wrong = [] } = example.answers[id] ?? {};
      expect(right.length * wrong.length, id).toBeGreaterThan(0);
      for (const answer of right) expect(scoreOf(answer), `${id}: ${answer}`).toBe(1);
      for (const answer of wrong) expect(scoreOf(answer), `${id}: ${answer}`).toBeLessThan(1);
    }
  });

  test("keeps published data out of version control, and nothing else", async () => {
    const folder = folderWith(example.files);
    await importing(example, folder, join(folder, "made"));
    const form = forms.find(({ name }) => name === example.form);
    expect(existsSync(join(folder, "made", ".gitignore"))).toBe(form?.thirdParty);
  });

  test("refuses a setting it does not know, and a file it cannot read, and leaves nothing behind", async () => {
    const folder = folderWith({ ...example.files, "broken.jsonl": '{"id": "a", \n' });
    const made = join(folder, "made");
    const wrongSetting = { ...example, settings: { ...example.settings, colour: "red" } };
    expect(await errorOf(importing(wrongSetting, folder, made))).toMatchObject({ code: "unknown-key" });
    const [name = ""] = Object.keys(example.files);
    const first = readFileSync(join(folder, name), "utf8");
    const broken = { ...example, files: { [`x-${basename(name)}`]: `${first.slice(0, -8)}` } };
    const there = folderWith(broken.files);
    expect((await errorOf(importing(broken, there, made))).where?.file).toContain(basename(name));
    expect(readdirSync(folder).filter((entry) => entry.startsWith("made"))).toEqual([]);
  });
});
