import { expect, test } from "vitest";
import type { RunEvent } from "../../src/evolve/index.ts";
import { continueRun, startRun } from "../../src/workbench/index.ts";
import type { LiveRun } from "../../src/report/index.ts";
import { followLive } from "../../src/workbench/live-run.ts";
import type { JournalEvent } from "../../src/evolve/index.ts";
import { project } from "./project.ts";

test("what is seen of a run while it goes on agrees with what its report says in the end, also of one taken up in the middle", async () => {
  const { workbench } = project();
  const run = await startRun(workbench, { genome: "desk-seed", dataset: "desk", rollouts: 700, seed: 3, lanes: 4 });
  const facts = { run, dataset: "desk", simulated: true, since: 0, budget: { rollouts: 700 } };
  const heard: RunEvent[] = [];
  const live = followLive(facts, []);
  const views: { readonly view: LiveRun; readonly isOver: boolean }[] = [];
  let isOver = false;
  const report = await continueRun(workbench, run, {
    listen: (event) => {
      heard.push(event);
      live.hear(event);
      isOver ||= event.type === "run-stopped";
      views.push({ view: live.view(), isOver });
    },
  });
  // Looked at here: what a listener throws ends nothing.
  const most = (which: boolean): number =>
    Math.max(...views.filter((one) => one.isOver === which).map(({ view: { batches } }) => batches.length));
  expect(most(false)).toBeGreaterThan(1);
  // After the search nothing runs side by side, and what ran before is over.
  expect(most(true)).toBe(1);
  expect(Math.max(...views.map(({ view: { spent } }) => spent.rollouts))).toBeLessThanOrEqual(700);
  expect(views.flatMap(({ view: { batches } }) => batches).filter(({ done, total }) => done >= total)).toEqual([]);
  const view = live.view();
  expect(view).toMatchObject({
    phase: "finished",
    spent: { rollouts: report.rollouts, tokens: report.tokens, usd: report.usd },
    iterations: report.iterations,
    failed: report.failedRollouts,
    batches: [],
  });
  expect(view.history.length).toBe(report.iterations);
  const enough = report.candidates.filter(({ validation }) => validation.n >= 16);
  expect(enough.length).toBeGreaterThan(1);
  expect(view.best?.score).toBe(Math.max(...enough.map(({ validation }) => validation.score)));
  const byOperator = report.candidates.filter(({ origin }) => !["seed", "merge", "rebase"].includes(origin));
  expect(view.operators.reduce((sum, { kept }) => sum + kept, 0)).toBe(byOperator.length);

  const journal = heard.filter(
    (event): event is JournalEvent => event.type !== "batch-started" && event.type !== "rollout-finished",
  );
  const later = followLive(facts, journal.slice(0, 20));
  for (const event of journal.slice(20)) later.hear(event);
  expect(later.view()).toEqual({ ...view, paid: 0 });
});
