import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseJson } from "../../src/base/index.ts";
import { allele, projectFolder } from "./allele.ts";

interface Label {
  readonly task: string;
  readonly score: number;
  readonly human: number | null;
  readonly disagreements: readonly string[];
}

test("answers are rated, listed where people and checks disagree, exported as checks, and held against judges", async () => {
  const folder = projectFolder();
  const run = (...argv: readonly string[]) => allele(folder, argv);
  await run("init");
  await run("evaluate", "-g", "starter", "-d", "starter", "-n", "4");
  const [first = "", second = ""] = readFileSync(join(folder, "datasets/starter/tasks.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => parseJson(line) as unknown as { readonly id: string; readonly split: string })
    .flatMap(({ id, split }) => (split === "validation" ? [id] : []));

  const rated = await run("rate", "starter", first, "-d", "starter", "--score", "0.5", "--comment", "half of it");
  expect([rated.code, rated.stdout]).toEqual([0, expect.stringContaining("kept as rating 1")]);
  const answered = ["--answer", "forty-two", "--author", "ann", "--json"];
  const right = await run("rate", "starter", second, "-d", "starter", "--good", ...answered);
  expect(parseJson(right.stdout)).toMatchObject({ index: 2, score: 1, answer: "forty-two", author: "ann" });
  await run("rate", "starter", second, "-d", "starter", "--bad", "--author", "bob");

  const listed = parseJson((await run("labels", "list", "--json")).stdout) as unknown as readonly Label[];
  expect(listed.map(({ task, human }) => [task, human])).toEqual([
    [second, 0.5],
    [first, 0.5],
  ]);
  const odd = parseJson(
    (await run("labels", "list", "--disagreements", "--json")).stdout,
  ) as unknown as readonly Label[];
  expect(odd.map(({ task }) => task)).toContain(second);

  const exported = await run("labels", "export", "starter", "-o", "labelled.jsonl");
  expect([exported.code, exported.stderr]).toEqual([0, expect.stringContaining("1 tasks with a labelled answer")]);
  expect(readFileSync(join(folder, "labelled.jsonl"), "utf8")).toContain("forty-two");
  const calibrated = await run("labels", "calibrate", "--json");
  expect([calibrated.code, parseJson(calibrated.stdout)]).toEqual([3, { judges: [], pairs: null }]);
});
