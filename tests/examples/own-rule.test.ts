import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const script = resolve(import.meta.dirname, "../../examples/own-rule/replay.ts");

test("the example's rule promotes falsely far more often than the gate", () => {
  const lines = execFileSync(process.execPath, [script], { encoding: "utf8" }).trim().split("\n");
  const figures = lines.map((line) =>
    /^(.+): promotes in (\d+) % of games, (\d+) % of that falsely/.exec(line)?.slice(1),
  );
  expect(figures.map((found) => found?.[0])).toEqual(["ten points", "gate"]);
  const [[, often, wrong] = [], [, seldom, right] = []] = figures;
  expect(Number(often)).toBeGreaterThan(Number(seldom));
  expect(Number(wrong)).toBeGreaterThan(10);
  expect(Number(right)).toBeLessThanOrEqual(5);
});
