import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseJson } from "../../src/base/index.ts";
import { exportAgent, resolveGenome } from "../../src/workbench/index.ts";
import { fromTextForm } from "../../src/workbench/gene-text-form.ts";
import { allele, projectFolder } from "../cli/allele.ts";
import { shop } from "../live/shop.ts";
import { project } from "./project.ts";

test("GEPA's candidate holds every text of a genome that may change, which reads back as the gene it was", async () => {
  const { workbench } = project();
  const { files, notes } = await exportAgent(workbench, { genome: "desk-reference", format: "gepa" });
  const candidate = parseJson(files["candidate.json"] ?? "") as Readonly<Record<string, string>>;
  const { genes } = resolveGenome(workbench, "desk-reference").genome;
  expect(Object.keys(candidate).length).toBeGreaterThan(3);
  expect(candidate["system"]).toBe(genes["system"]?.value);
  for (const [id, text] of Object.entries(candidate)) {
    expect(fromTextForm(genes[id] as NonNullable<(typeof genes)[string]>, text), id).toEqual(genes[id]?.value);
  }
  expect(notes.join("\n")).toContain("plan");
});

test("promptfoo's configuration of an agent with tools names a command that answers", async () => {
  const folder = projectFolder();
  const written = await allele(folder, [
    "export",
    "agent",
    "desk-reference",
    "-d",
    "desk",
    "-f",
    "promptfoo",
    "-o",
    "pf",
  ]);
  expect(written.code, written.stderr).toBe(0);
  expect(written.stderr).toContain("tasks left out");
  const config = parse(readFileSync(join(folder, "pf/promptfooconfig.yaml"), "utf8")) as {
    readonly providers: readonly [{ readonly id: string }];
  };
  const words = config.providers[0].id.replace("exec: npx allele ", "").split(" ");
  const answer = await allele(folder, [...words, "What is the status of order O-10113?"]);
  expect(answer.code, answer.stderr).toBe(0);
  expect(answer.stdout).toMatch(/delivered/i);
});

test("the tasks of the sealed test go to another tool only by name, and are counted", async () => {
  const { folder } = await shop();
  const exported = (...more: readonly string[]): ReturnType<typeof allele> =>
    allele(folder, ["export", "agent", "thorough", "-d", "questions", "-f", "promptfoo", "-o", "pf", ...more]);
  const tests = (): readonly { readonly metadata: { readonly split: string } }[] =>
    parse(readFileSync(join(folder, "pf/promptfooconfig.yaml"), "utf8")).tests;
  await exported();
  expect(new Set(tests().map(({ metadata }) => metadata.split))).toEqual(new Set(["train", "validation"]));
  const sealed = await exported("-s", "test");
  expect(sealed.stderr).toContain("the sealed test is in these files");
  expect(tests()).toHaveLength(40);
});
