import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { arenas, type Arena } from "../benchmarks/peers/arena.ts";
import { clockTable, clockVerdict, secondsTo, utilisation } from "../benchmarks/peers/clock-table.ts";
import { conditions, measure, nameOf, type Trial } from "../benchmarks/peers/measure.ts";
import type { Optimizer } from "../benchmarks/peers/optimizers.ts";
import { openResults, type Measured } from "../benchmarks/peers/results.ts";
import { differences, scoresTable, scoresVerdict, type Row } from "../benchmarks/peers/scores-table.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "allele-results-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

function result(test: readonly number[], more: Partial<Measured> = {}): Measured {
  const picks = [
    { seconds: 2, rollouts: 10, validation: 0.4, test: 0.4 },
    { seconds: 8, rollouts: 50, validation: 0.7, test: 0.6 },
  ];
  const calls = { task: 50, reflection: 4, failed: 0, busy: 16_000 };
  const told = { rollouts: 50, seconds: 10, ownCount: 28, ended: "by itself", conditions: "c", date: "2026-01-01" };
  return { picks, calls, test: [...test], ...told, ...more };
}

function row(title: string, results: Row["results"], more: Partial<Row> = {}): Row {
  return { title, version: "1", results, stale: false, ...more };
}

/** Searches nothing and counts how often it was asked. */
function counted(): Optimizer & { asked(): number } {
  let asked = 0;
  return {
    name: "counted",
    title: "Counted",
    genes: "textOnly",
    needs: "gepa",
    asked: () => asked,
    search: async ({ seed }) => {
      asked += 1;
      if (seed === 9) throw new Error("no luck");
      const { picks, test: _test, conditions: _conditions, date: _date, ...told } = result([]);
      return { ...told, picks: picks.map(({ test: _score, ...pick }) => ({ ...pick, candidate: {} })) };
    },
  };
}

const examiner = { testTasks: 2, examine: async () => [0.25, 0.75], close: () => {} };
const trialOf = (optimizer: Optimizer, more: Partial<Trial> = {}): Trial => ({
  arena: arenas[0] as Arena,
  optimizer,
  version: "1",
  budget: 50,
  seed: 0,
  concurrency: 4,
  ...more,
});

test("a result is kept and not measured again while its conditions last", async () => {
  const results = openResults(folder());
  const optimizer = counted();
  const first = await measure(trialOf(optimizer), examiner, results);
  expect(first).toMatchObject({ test: [0.25, 0.75], rollouts: 50 });
  expect(await measure(trialOf(optimizer), examiner, results)).toEqual(first);
  expect(optimizer.asked()).toBe(1);
  await measure(trialOf(optimizer, { version: "2" }), examiner, results);
  expect(optimizer.asked()).toBe(2);
  await measure(trialOf(optimizer, { latency: { task: 1, reflection: 1 } }), examiner, results);
  expect(optimizer.asked()).toBe(3);
});

test("a failure is told with its reason and tried again the next time", async () => {
  const results = openResults(folder());
  const optimizer = counted();
  const trial = trialOf(optimizer, { seed: 9 });
  expect(await measure(trial, examiner, results)).toMatchObject({ failure: "no luck", test: [] });
  await measure(trial, examiner, results);
  expect(optimizer.asked()).toBe(2);
});

test("a kept file of another form counts as none", () => {
  const place = folder();
  writeFileSync(join(place, "odd.json"), '{"conditions": 1}');
  expect(openResults(place).get("odd")).toBeUndefined();
});

test("a peer's result depends on the model, the tasks and its driver; Allele's on all of its code", () => {
  const peer = trialOf(counted());
  const ours = { ...peer, optimizer: { ...peer.optimizer, needs: undefined } };
  expect(conditions(peer)).not.toBe(conditions(ours));
  expect(conditions(peer)).toBe(conditions({ ...peer, seed: 3 }));
  expect(conditions(peer)).not.toBe(conditions({ ...peer, budget: 51 }));
  expect(nameOf(peer)).not.toBe(nameOf({ ...peer, latency: { task: 1, reflection: 1 } }));
});

test("differences are paired over tasks and seeds, and a seed that failed for one is left out for both", () => {
  const ours = row("Allele", [result([1, 0.5]), result([0.5, 0.5]), result([1, 1])]);
  const failed = result([], { failure: "no luck" });
  const other = row("Other", [result([0.5, 0.5]), failed, result([0.5, 0])]);
  expect(differences(ours, other)).toEqual([0.25, 0.75]);
  const table = scoresTable([ours, other, row("Absent", [], { missing: "no python | none" })]);
  expect(table).toContain("| Other | 1 | 2 | 0.375 | 0.375 | +0.500");
  expect(table).toContain("not installed: no python / none");
  const wins = row(
    "Allele",
    [1, 0.9, 0.8].map((score) => result([score])),
  );
  const near = row(
    "Near",
    [0.9, 1, 0.7].map((score) => result([score])),
  );
  const far = row(
    "Far",
    [0.1, 0.2, 0.1].map((score) => result([score])),
  );
  expect(scoresVerdict([wins, far])).toContain("met");
  expect(scoresVerdict([wins, near, far])).toBe(
    "Target (better than every peer, each interval above zero) missed against: Near.",
  );
});

test("the time to a score is that of the first candidate that has it; who never comes there counts last", () => {
  const slow = result([], { seconds: 20 });
  expect(secondsTo(0.5, slow)).toBe(8);
  expect(secondsTo(0.9, slow)).toBeUndefined();
  expect(utilisation(result([]), 32)).toBeCloseTo(16 / 10 / 32);
  const table = clockTable([row("One", [slow, result([]), result([], { picks: [] })])], {
    workers: 32,
    targets: [0.5, 0.9],
  });
  expect(table).toContain("8.0 (2 of 3 come there) | never (0 of 3 come there)");
  const quick = row("Allele", [result([], { picks: [{ seconds: 2, rollouts: 9, validation: 1, test: 0.95 }] })]);
  expect(clockVerdict([quick, row("Slow", [slow]), row("Absent", [])], [0.5, 0.9])).toBe(
    "Time of Allele: 0.25 of Slow (to 0.50).",
  );
});
