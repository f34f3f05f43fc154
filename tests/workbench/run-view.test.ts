import { describe, expect, test } from "vitest";
import { writeFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../src/base/index.ts";
import {
  junitXml,
  pullRequestComment,
  renderMarkdown,
  renderText,
  runBlocks,
  runPage,
  viewBlocks,
} from "../../src/report/index.ts";
import { viewRun, writeReport } from "../../src/workbench/index.ts";
import { makeRun, type MadeRun } from "../report/made-run.ts";
import { madeView } from "../report/made-view.ts";
import { project } from "./project.ts";

describe("the view of a run", () => {
  test("is plain data: what comes back from JSON is the same, and no figure is lost", async () => {
    const view = await madeView({ tasks: 60, candidates: 8 });
    const through = parseJson(JSON.stringify(view));
    expect(parseJson(JSON.stringify(through))).toEqual(through);
    expect(JSON.stringify(view)).not.toContain("undefined");
    expect(view.matrix.scores).toHaveLength(8);
    expect(view.front).toHaveLength(8);
    expect(view.front.some(({ onFront }) => !onFront)).toBe(true);
  });

  test("tells with the same figures what decided", async () => {
    const { comparison, matrix, sentence, finalistTest, seed } = await madeView({
      tasks: 200,
      candidates: 6,
      gain: 0.08,
    });
    expect(sentence).toContain(`n=${comparison?.n}`);
    const sealed = matrix.tasks.filter(({ split }) => split === "test");
    const marked = (mark: "fixed" | "broken"): string[] =>
      sealed.filter(({ marks }) => marks.includes(mark)).map(({ task }) => task);
    expect(marked("fixed").toSorted()).toEqual(comparison?.fixed.toSorted());
    expect(marked("broken").toSorted()).toEqual(comparison?.broken.toSorted());
    expect((finalistTest?.score ?? 0) - (seed.test?.score ?? 0)).toBeCloseTo(comparison?.difference ?? Number.NaN, 9);
  });

  test("has a node with a reason for every child and refused idea", async () => {
    const { lineage } = await madeView({ candidates: 5 });
    const fates = Map.groupBy(lineage, ({ fate }) => fate);
    expect(Object.fromEntries([...fates].map(([fate, nodes]) => [fate, nodes.length]))).toEqual({
      seed: 1,
      refused: 4,
      rejected: 4,
      accepted: 3,
      incumbent: 1,
    });
    expect(lineage.every(({ reason }) => reason !== "")).toBe(true);
    expect(fates.get("incumbent")?.[0]?.reason).toContain("Proven better than the incumbent #0");
  });

  test("shows seed and finalist at work on tasks that were broken or fixed, and where they part", async () => {
    const { traces, matrix } = await madeView({ tasks: 200, candidates: 6, gain: 0.08 });
    expect(traces.length).toBeGreaterThan(2);
    for (const { task, a, b, parting } of traces) {
      expect(
        matrix.tasks.find((row) => row.task === task)?.marks.some((mark) => mark === "fixed" || mark === "broken"),
      ).toBe(true);
      expect([a?.steps.length, b?.steps.length, parting]).toEqual([2, 2, 0]);
    }
  });

  test("shows the traces of the tasks that were asked for, and names the nearest where there is none such", async () => {
    const { workbench } = project();
    const run = makeRun(workbench);
    const view = await viewRun(workbench, run, { tasks: ["test-3", "validation-1"] });
    expect(view.traces.map(({ task }) => task)).toEqual(["test-3", "validation-1"]);
    await expect(viewRun(workbench, run, { tasks: ["test-33"] })).rejects.toMatchObject({
      code: "unknown-task",
      message: expect.stringContaining("test-3"),
    });
  });

  test("calls a task flaky when the seed passed it in one run and failed it in another", async () => {
    const { workbench } = project();
    const run = makeRun(workbench);
    const before = await viewRun(workbench, run);
    expect(before.matrix.repeated).toBe(0);
    const genome = before.seed.genome as `s256:${string}`;
    const [known] = workbench.store.rollouts.listByGenome(genome);
    if (known === undefined) throw new Error("nothing is kept");
    const score = (known.rollout as { readonly score: number }).score;
    const rollout = { ...(known.rollout as object), score: score >= 0.9 ? 0 : 1 };
    workbench.store.rollouts.put({ ...known, key: "s256:repeat", repeat: 1, rollout }, 0);
    const { matrix } = await viewRun(workbench, run);
    expect(matrix.repeated).toBe(1);
    expect(matrix.tasks.find(({ task }) => task === known.task)?.marks).toContain("flaky");
  });

  test.for<[string, MadeRun, RegExp, RegExp]>([
    ["is still going", { until: "search", status: "running" }, /still going/, /No verdict yet/],
    ["was interrupted", { until: "search", status: "interrupted" }, /known so far/, /No verdict yet.*allele resume/],
    ["failed", { until: "search", status: "failed" }, /known when it failed/, /No verdict yet.*allele resume/],
    ["has only begun", { until: "seed", status: "running" }, /still going/, /No verdict yet/],
  ])("of a run that %s says so and shows what there is", async ([, made, note, sentence]) => {
    const view = await madeView(made);
    expect(view.notes[0]).toMatch(note);
    expect(view.sentence).toMatch(sentence);
    const page = runPage(view);
    expect(page).toContain("No verdict yet");
    expect(page.match(/<section/g)?.length).toBeGreaterThan(10);
  });

  test("of a run that was cut within its sealed test never says that it has not been opened", async () => {
    const view = await madeView({ until: "test" });
    const told = [
      renderText("", runBlocks(view)),
      runPage(view),
      pullRequestComment(view),
      junitXml(view),
      renderMarkdown("", viewBlocks(view)),
    ];
    expect(view.sentence).toContain("has been opened and not finished");
    for (const text of told) expect(text).not.toMatch(/not (been )?opened/);
    expect(told[0]).toContain("opened, no score");
  });

  test("of a run whose dataset is gone, broken or changed says so", async () => {
    const { workbench, folder } = project();
    const run = makeRun(workbench);
    expect((await viewRun(workbench, run)).notes[0]).toContain("is gone");
    mkdirSync(join(folder, "datasets/made"), { recursive: true });
    writeFileSync(join(folder, "datasets/made/dataset.yaml"), "allele: [");
    expect((await viewRun(workbench, run)).notes[0]).toContain("cannot be read");
    writeFileSync(
      join(folder, "datasets/made/tasks.jsonl"),
      '{"id":"test-0","input":"What is it?","checks":[{"type":"equals","value":"x"}],"split":"test"}\n',
    );
    writeFileSync(
      join(folder, "datasets/made/dataset.yaml"),
      "allele: dataset/1\nname: made\ndescription: d\nlicence: MIT\nsource: made up\ntasks: tasks.jsonl\n",
    );
    const view = await viewRun(workbench, run, { tasks: ["test-0"] });
    expect(view.notes[0]).toContain("was changed after the run");
    expect(view.traces[0]?.input).toBe("What is it?");
  });

  test("of a run that another version recorded is refused with what to do", async () => {
    const { workbench } = project();
    workbench.store.runs.create({ id: "old-1", options: { version: 0 }, createdAt: 0 });
    await expect(viewRun(workbench, "old-1")).rejects.toMatchObject({ code: "run-options" });
    await expect(viewRun(workbench, "old-2")).rejects.toMatchObject({ code: "unknown-run" });
  });

  test("is not written to a file of an unknown kind", async () => {
    const { workbench } = project();
    const view = await viewRun(workbench, makeRun(workbench));
    expect(() => writeReport(workbench, view, "report.pdf")).toThrow(
      'cannot tell the form of a report from "report.pdf"',
    );
  });
});
