import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ToolModule, World } from "../../src/runtime/index.ts";
import { calculate } from "../../src/worlds/arithmetic.ts";
import { sentencesOf, worlds } from "../../src/worlds/index.ts";
import { call } from "./call.ts";

describe("documents", () => {
  const module = worlds["documents"]?.({}) as ToolModule;
  const world = module.createWorld({
    documents: [
      { title: "Old Bridge", sentences: ["A bridge of stone.", " Built by Ada Klein."] },
      { title: "New Bridge", sentences: ["A bridge of steel."] },
    ],
  });
  test("are found by their rarer words first, and read by title", () => {
    expect(call(module, world, "search", { query: "Who built the bridge?" })).toMatchObject([
      { title: "Old Bridge", sentence: "Built by Ada Klein." },
      { title: "New Bridge" },
    ]);
    expect(call(module, world, "search", { query: "zebra" })).toEqual([]);
    expect(call(module, world, "read", { title: "old bridge" })).toBe("A bridge of stone. Built by Ada Klein.");
    expect(call(module, world, "read", { title: "Bridge" })).toBe('There is no document "Bridge".');
  });
});

describe("a table", () => {
  const module = worlds["table"]?.({}) as ToolModule;
  const open = () =>
    module.createWorld({
      table: {
        name: 'odd "name"',
        columns: [
          { name: "a b", type: "TEXT" },
          { name: "n", type: "INT" },
          { name: "", type: "X" },
        ],
        rows: [
          ["x", "1", null],
          ["it's", "two", null],
        ],
      },
    });
  const run = (world: World, statement: string) => call(module, world, "sql", { statement });
  test("takes statements, text in double quotes too, and says what is wrong with one", () => {
    const world = open();
    expect(run(world, 'select n from "odd ""name""" where "a b" = "it\'s"')).toEqual({ rows: [{ n: "two" }] });
    expect(run(world, "update `odd \"name\"` set n = 3 where `a b` = 'x'")).toEqual({ changed: 1 });
    expect(run(world, "selec")).toContain("syntax error");
    expect(() => world.query?.('delete from `odd "name"`')).toThrow("Only reading");
  });
  test("shows at most fifty rows of a query", () => {
    const world = open();
    const many = "with recursive k(i) as (select 1 union all select i + 1 from k where i < 60) select i from k";
    expect(run(world, many)).toMatchObject({ more: 10 });
  });
});

describe("a sum", () => {
  test("of numbers and brackets is worked out as anywhere", () => {
    interface Sum {
      readonly text: string;
      readonly value: number;
    }
    const operations = {
      "+": (a: number, b: number) => a + b,
      "-": (a: number, b: number) => a - b,
      "*": (a: number, b: number) => a * b,
    };
    const leaf = fc.integer({ min: 0, max: 99 }).map((value): Sum => ({ text: String(value), value }));
    const sign = fc.constantFrom(...(["+", "-", "*"] as const));
    const { sum } = fc.letrec<{ sum: Sum }>((tie) => ({
      sum: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.tuple(tie("sum"), sign, tie("sum")).map(([a, by, b]): Sum => ({
          text: `(${a.text} ${by} ${b.text})`,
          value: operations[by](a.value, b.value),
        })),
      ),
    }));
    fc.assert(
      fc.property(sum, ({ text, value }) => {
        expect(calculate(text)).toBe(value + 0); // A sum that is nothing has no sign.
      }),
    );
    expect([calculate("2 + 3 * 4"), calculate("20 / 2 / 5"), calculate("10 - 3 - 2")]).toEqual([14, 2, 5]);
  });
  test("rounds to cents, and refuses what is none", () => {
    expect([calculate("10 / 4 - -.5"), calculate("0.1 + 0.2"), calculate("0 - 0.001")]).toEqual([3, 0.3, 0]);
    for (const text of ["", "2 +", "(1", "1 / 0", "alert(1)", "1 2"])
      expect(() => calculate(text), text).toThrow(Error);
  });
});

test("an instruction is told sentence by sentence", () => {
  expect(sentencesOf("You are Al. You want a shirt!  No hurry.")).toEqual([
    "You are Al.",
    "You want a shirt!",
    "No hurry.",
  ]);
});
