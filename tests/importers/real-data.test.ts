import { existsSync, readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { Check, scoreOutcome } from "../../src/dataset/index.ts";
import { forms } from "../../src/importers/index.ts";
import { nothingHappened } from "../dataset/support.ts";
import { dbBench, replayed, tauBench, withoutOneWrite } from "./gold.ts";

/** Data of other people that may lie beside the project and are never part of it. */
const home = resolve(import.meta.dirname, "../../../shared/data");
const skip = existsSync(home) ? false : `no recorded data in ${home}`;

const filesIn = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(home, folder))
    .filter((name) => pattern.test(name))
    .map((name) => join(home, folder, name));
const read = (form: string, files: readonly string[]) =>
  forms.find(({ name }) => name === form)?.read(files, {}).tasks ?? [];
const scoreOf = (checks: readonly unknown[], answer: string): number =>
  scoreOutcome(
    checks.map((check) => Check.parse(check)),
    { ...nothingHappened, answer },
  ).score;

describe.skipIf(skip)(`recorded data${skip === false ? "" : ` (skipped: ${skip})`}`, () => {
  test("classification: every label is right for its own row and wrong for the others", () => {
    for (const file of filesIn("classification", /\.jsonl$/)) {
      const tasks = read("classification", [file]);
      const labels = [...new Set(tasks.map(({ label }) => label ?? ""))];
      expect(tasks.length, file).toBeGreaterThan(1000);
      for (const task of tasks.filter((_, index) => index % 50 === 0)) {
        for (const label of labels) expect(scoreOf(task.checks, `Label: ${label}.`)).toBe(Number(label === task.label));
      }
    }
  });

  test("LMentry: every task is read, and what is right is in the answers it takes", () => {
    const files = filesIn("lmentry", /\.jsonl$/);
    expect(files).toHaveLength(23);
    for (const file of files) {
      const name = basename(file, ".jsonl");
      for (const task of read("lmentry", [file]).filter((_, index) => index % 40 === 0)) {
        const answer = firstRight(task.checks[0]);
        if (answer === undefined) continue;
        expect(scoreOf(task.checks, answer), `${name}: ${answer}`).toBe(1);
        expect(scoreOf(task.checks, "zzz qqq"), `${name}: nonsense`).toBe(Number(name === "sentence_not_containing"));
      }
    }
  });

  test("instruction induction: the recorded output is right", () => {
    for (const file of filesIn("instruction-induction", /\.execute\.jsonl$/)) {
      const tasks = read("instruction-induction", [file]);
      expect(new Set(tasks.map(({ split }) => split))).toEqual(new Set(["test"]));
      for (const task of tasks.filter((_, index) => index % 7 === 0)) {
        const check = task.checks[0] as { value?: unknown; values?: readonly string[] };
        const answer = check.values?.join(", ") ?? (Array.isArray(check.value) ? check.value[0] : check.value);
        expect(scoreOf(task.checks, `${answer}`), `${basename(file)}: ${answer}`).toBe(1);
        expect(scoreOf(task.checks, "zzz"), basename(file)).toBeLessThan(1);
      }
    }
  });

  test("HotpotQA: the recorded answer is right, and the documents it rests on can be found and read", () => {
    const tasks = read("hotpotqa", filesIn("hotpotqa", /distractor.*jsonl$/));
    expect(tasks).toHaveLength(100);
    for (const { checks } of tasks) {
      const { value } = checks[0] as { value?: string };
      expect(scoreOf(checks.slice(0, 2), `Answer: ${value}`)).toBe(1);
    }
  });

  test("dbbench: every recorded statement earns the reward, and none without it", () => {
    const { set, module, recorded } = dbBench(filesIn("dbbench", /\.jsonl$/));
    expect(set.leftOut).toMatchObject([{ where: { line: 181 } }]);
    const some = recorded.filter((_, index) => index % 6 === 0);
    for (const one of some) expect(replayed(module, one), one.task.id).toEqual({ score: 1, failed: [] });
    for (const one of some.flatMap((one) => withoutOneWrite(module, one))) {
      expect(replayed(module, one).score, one.task.id).toBe(0);
    }
  });

  test("tau-bench: the recorded actions earn the reward; without one of their writes they do not", () => {
    const folder = join(home, "tau-bench", "airline");
    const { module, recorded } = tauBench(folder, [join(folder, "tasks_test.jsonl")]);
    expect(recorded).toHaveLength(50);
    for (const one of recorded) expect(replayed(module, one), one.task.id).toEqual({ score: 1, failed: [] });
    const cut = recorded.flatMap((one) => withoutOneWrite(module, one));
    expect(cut).toHaveLength(56);
    for (const one of cut) expect(replayed(module, one).score, `${one.task.id} without ${one.left}`).toBe(0);
  });
});

/** The first text a check, or one inside it, takes for right. */
function firstRight(check: unknown): string | undefined {
  const { value, checks } = check as { value?: string | number; checks?: readonly unknown[] };
  return value === undefined ? checks?.map(firstRight).find((found) => found !== undefined) : String(value);
}
