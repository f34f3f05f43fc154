import { describe, expect, test } from "vitest";
import { betterOnSealedTest, costCeiling, noTagWorse, runGates } from "../../src/promote/index.ts";
import type { Comparison } from "../../src/report/index.ts";
import { pairedComparison, type PairedComparison } from "../../src/statistics/index.ts";
import { makeRandom } from "../../src/base/index.ts";

interface Made {
  readonly byTag?: Readonly<Record<string, readonly [before: number, after: number, tasks: number]>>;
  readonly tokens?: readonly [before: number, after: number];
  readonly usd?: readonly [before: number, after: number];
}

/** A comparison of scores of 0 and 1: by tag, how many of its tasks each side passes. */
function comparisonOf({ byTag = { all: [10, 40, 50] }, tokens = [1000, 1000], usd = [0, 0] }: Made): Comparison {
  const random = makeRandom(1);
  const rows = Object.entries(byTag).map(([tag, [before, after, tasks]]) => {
    const scores = (passed: number): number[] => Array.from({ length: tasks }, (_, i) => (i < passed ? 1 : 0));
    return { tag, a: scores(before), b: scores(after) };
  });
  const compare = (a: readonly number[], b: readonly number[]): PairedComparison => pairedComparison(a, b, random);
  const side = (i: 0 | 1): Comparison["a"] => ({ score: 0.5, tokens: tokens[i], usd: usd[i] });
  return {
    ...compare(
      rows.flatMap(({ a }) => a),
      rows.flatMap(({ b }) => b),
    ),
    a: side(0),
    b: side(1),
    fixed: [],
    broken: [],
    excluded: 0,
    byTag: Object.fromEntries(rows.map(({ tag, a, b }) => [tag, compare(a, b)])),
  };
}

describe("the gates before a promotion", () => {
  test("let through what is better with confidence, and nothing else", () => {
    expect(betterOnSealedTest.check({ comparison: comparisonOf({}) }).passed).toBe(true);
    const unclear = betterOnSealedTest.check({ comparison: comparisonOf({ byTag: { all: [20, 22, 50] } }) });
    expect(unclear.passed).toBe(false);
    expect(unclear.evidence).toContain("n=50");
  });

  test("hold back what is better in all and significantly worse on one kind of task, which they name", () => {
    const comparison = comparisonOf({ byTag: { refunds: [30, 5, 40], orders: [10, 90, 100], talk: [20, 19, 20] } });
    expect(betterOnSealedTest.check({ comparison }).passed).toBe(true);
    const { passed, evidence } = noTagWorse.check({ comparison });
    expect(passed).toBe(false);
    expect(evidence).toContain("refunds");
    expect(evidence).not.toContain("talk");
  });

  test("hold back what costs too many times as much, in tokens or in money", () => {
    const gate = costCeiling(2);
    expect(gate.check({ comparison: comparisonOf({ tokens: [1000, 1900] }) }).passed).toBe(true);
    expect(gate.check({ comparison: comparisonOf({ tokens: [1000, 2100] }) }).passed).toBe(false);
    expect(gate.check({ comparison: comparisonOf({ usd: [1, 3] }) }).passed).toBe(false);
    expect(gate.check({ comparison: comparisonOf({ usd: [0, 3] }) }).passed).toBe(false);
  });

  test("are all asked, so that a refusal tells everything that is wrong", () => {
    const comparison = comparisonOf({ byTag: { all: [40, 10, 50] }, tokens: [1000, 9000] });
    const results = runGates([betterOnSealedTest, noTagWorse, costCeiling(2)], { comparison });
    expect(results.map(({ name, passed }) => [name, passed])).toEqual([
      ["better-on-sealed-test", false],
      ["no-tag-worse", false],
      ["cost-ceiling", false],
    ]);
  });
});
