import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { allele, projectFolder } from "./allele.ts";

const quiz = "question,answer,topic\n2 + 2?,4,sums\n3 + 3?,6,sums\nCapital of France?,Paris,places\n";

test("a CSV file becomes a dataset of the project, by settings or by a mapping file", async () => {
  const folder = projectFolder();
  writeFileSync(join(folder, "quiz.csv"), quiz);
  writeFileSync(join(folder, "map.yaml"), 'input: "Q: {question}"\nexpected: answer\ntags: [topic]\n');
  const licence = ["--licence", "our own"];
  const settings = ["--set", "input=Q: {question}", "expected=answer", "tags=topic"];
  const first = await allele(folder, ["dataset", "import", "quiz.csv", ...licence, ...settings]);
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining("imported quiz: train") });
  const second = await allele(folder, [
    "dataset",
    "import",
    "quiz.csv",
    ...licence,
    "--mapping",
    "map.yaml",
    "--to",
    "elsewhere/again",
    "--json",
  ]);
  expect(parseJson(second.stdout)).toMatchObject({ name: "again", licence: "our own", leftOut: [] });
  const stats = await allele(folder, ["dataset", "stats", "quiz", "--json"]);
  expect(parseJson(stats.stdout)).toMatchObject({ dataset: "quiz", tasks: 3 });
});

test("what is wrong with a row is said with its line, and no folder is made", async () => {
  const folder = projectFolder();
  writeFileSync(join(folder, "quiz.csv"), `${quiz}Where?,,places\n`);
  const failed = await allele(folder, [
    "dataset",
    "import",
    "quiz.csv",
    "--licence",
    "MIT",
    "--set",
    "input=question",
    "expected=answer",
  ]);
  expect(failed).toMatchObject({ code: 2, stdout: "" });
  expect(failed.stderr).toContain("quiz.csv:5");
  expect(failed.stderr).toContain("empty-field");
  expect(existsSync(join(folder, "datasets"))).toBe(false);
});

test("options that cannot be read are refused", async () => {
  const folder = projectFolder();
  writeFileSync(join(folder, "quiz.csv"), quiz);
  const with_ = (...more: readonly string[]) => allele(folder, ["dataset", "import", "quiz.csv", ...more]);
  expect((await with_("--limit", "train:3")).stderr).toContain("bad-option");
  expect((await with_("--shares", "0.5,0.5,0.5")).stderr).toContain("must sum to 1");
  expect((await with_("--shares", "0.5,0.5")).stderr).toContain("is not three shares");
  expect((await with_("--limit", "0")).stderr).toContain("no task is left");
  expect((await with_("--licence", "MIT")).stderr).toContain(
    "input: not said which column or path it is: --set input=",
  );
  expect((await with_("--form", "lmentri")).stderr).toContain('did you mean "lmentry"');
});
