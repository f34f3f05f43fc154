import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readGenome, writeGenome } from "../../src/genome/index.ts";
import { junitXml, runPage } from "../../src/report/index.ts";
import {
  compareSeveral,
  initialize,
  renderComparisonView,
  renderRun,
  renderRuns,
  listRuns,
  reportRun,
  viewRun,
} from "../../src/workbench/index.ts";
import { hostile } from "../report/hostile.ts";
import { makeRun, type MadeRun } from "../report/made-run.ts";
import { project } from "./project.ts";

/** A project with the starter's genome and dataset. */
function started(): ReturnType<typeof project> {
  const made = project();
  initialize(made.folder, ".");
  return made;
}

const compare = (workbench: Parameters<typeof compareSeveral>[0], a: string, ...bs: readonly string[]) =>
  compareSeveral(workbench, { a, bs, dataset: "starter", split: "validation", repeats: 1 });

describe("comparing what cannot be compared", () => {
  test.for<[string, MadeRun]>([
    ["is still going", { until: "search", status: "running" }],
    ["was interrupted", { until: "search", status: "interrupted" }],
    ["failed", { until: "search", status: "failed" }],
    ["has only begun", { until: "seed", status: "running" }],
  ])("a run that %s has no winner yet, and its candidates are named instead", async ([, made]) => {
    const { workbench } = started();
    const run = makeRun(workbench, made);
    await expect(compare(workbench, "starter", run)).rejects.toMatchObject({
      code: "run-unfinished",
      hint: expect.stringContaining(`${run}#0 being the seed`),
    });
  });

  test.for(["running", "interrupted", "failed"] as const)("a run that is %s says once what to type", async (status) => {
    const { workbench } = started();
    const run = makeRun(workbench, { until: "search", status });
    const view = await viewRun(workbench, run);
    const told = [view.sentence, ...view.notes].join(" ");
    expect(told.match(/allele (resume|stop) /g)).toHaveLength(1);
    expect(told).toContain(status === "failed" ? "what was known when it failed" : "what is known so far");
  });

  test("a run without an entry in its journal has no candidate, and is shown as what it is", async () => {
    const { workbench } = started();
    const { options = null } = workbench.store.runs.get(makeRun(workbench)) ?? {};
    workbench.store.runs.create({ id: "empty-1", options, createdAt: 1 });
    await expect(compare(workbench, "starter", "empty-1#0")).rejects.toMatchObject({
      code: "unknown-candidate",
      hint: expect.stringContaining("It has none yet"),
    });
    const view = await viewRun(workbench, "empty-1");
    expect(view.sentence).toContain("No verdict yet");
    expect(runPage(view)).toContain("Nothing has been measured yet");
    expect(junitXml(view)).toContain("<testsuite");
    expect(renderRun(reportRun(workbench, "empty-1"), 80)).toContain("not opened");
    expect(renderRuns(listRuns(workbench), 80)).toContain("empty-1");
  });

  test("a run of another version is refused with what to do, a genome that is gone by its hash", async () => {
    const { workbench } = started();
    workbench.store.runs.create({ id: "old-1", options: { version: 0 }, createdAt: 0 });
    await expect(compare(workbench, "starter", "old-1")).rejects.toMatchObject({ code: "run-options" });
    const run = makeRun(workbench, { run: "made-2" });
    const kept = { ...workbench.store.genomes, get: () => undefined };
    const without = { ...workbench, store: { ...workbench.store, genomes: kept } };
    await expect(compare(without, "starter", `${run}#1`)).rejects.toMatchObject({
      code: "unknown-genome",
      message: expect.stringMatching(/genome s256:[0-9a-f]+ is not in the store/),
    });
  });

  test("a genome file that was deleted is named by what was asked for; one with hostile texts is compared harmlessly", async () => {
    const { workbench, folder } = started();
    const file = join(folder, "genomes/starter.yaml");
    const seed = readGenome(file);
    const { rules } = seed.genes;
    if (rules?.type !== "rules") throw new Error("the starter has rules");
    const evil = join(folder, "genomes/evil.yaml");
    writeGenome(evil, { ...seed, genes: { ...seed.genes, rules: { ...rules, value: [hostile] } } });
    const view = await compare(workbench, "starter", "genomes/evil.yaml");
    const text = renderComparisonView(view, 80);
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    expect(text).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F\u202A-\u202E]/);
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    rmSync(evil);
    await expect(compare(workbench, "starter", "genomes/evil.yaml")).rejects.toMatchObject({
      message: expect.stringContaining("genomes/evil.yaml"),
    });
  });
});
