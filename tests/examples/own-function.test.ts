import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";

const script = resolve(import.meta.dirname, "../../examples/own-function/evolve.ts");

test("the example's function is proven better, and a second sitting asks for nothing", () => {
  const folder = mkdtempSync(join(tmpdir(), "allele-own-function-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const sitting = (): string[] =>
    execFileSync(process.execPath, [script, join(folder, "urgency.db")], { encoding: "utf8" })
      .trim()
      .split("\n");
  const [counts, verdict, ...genes] = sitting();
  const [, rollouts, asked] = /^(\d+) evaluations, (\d+) of them/.exec(counts ?? "") ?? [];
  expect(Number(rollouts)).toBeGreaterThan(300);
  expect(Number(rollouts)).toBeLessThanOrEqual(3000);
  expect(asked).toBe(rollouts);
  expect(verdict).toMatch(/^better by 0\.[1-9]\d* on the sealed test$/);
  expect(genes.map((line) => line.split(":")[0])).toEqual(["alarming", "calming", "threshold", "whole_words"]);

  const [again, ...same] = sitting();
  expect(again).toBe(`${rollouts} evaluations, 0 of them asked for in this sitting`);
  expect(same).toEqual([verdict, ...genes]);
});
