import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { Check, scoreOutcome, type Outcome } from "../../src/dataset/index.ts";
import { errorOf, judge, nothingHappened, scoreOf } from "./support.ts";

describe("JSON checks", () => {
  const answer = 'Here it is:\n```json\n{"order": {"id": "O-1", "lines": [{"qty": 2}]}, "total": 9.999}\n```\nDone.';
  test("a value is found at its path, in fences and prose", () => {
    expect(scoreOf({ type: "json_value", path: "order.id", value: "o-1" }, answer)).toBe(1);
    expect(scoreOf({ type: "json_value", path: "order.lines[0].qty", value: 2 }, answer)).toBe(1);
    expect(scoreOf({ type: "json_value", path: "order.lines[0].qty", value: "2" }, answer)).toBe(0);
    expect(scoreOf({ type: "json_value", value: { a: [1] } }, 'so {"a": [1]} it is')).toBe(1);
  });
  test("numbers have a tolerance, strings may be exact, presence alone may be asked for", () => {
    expect(scoreOf({ type: "json_value", path: "total", value: 10, tolerance: 0.01 }, answer)).toBe(1);
    expect(scoreOf({ type: "json_value", path: "total", value: 10 }, answer)).toBe(0);
    expect(scoreOf({ type: "json_value", path: "order.id", value: "o-1", exact: true }, answer)).toBe(0);
    expect(scoreOf({ type: "json_value", path: "total" }, answer)).toBe(1);
    expect(judge({ type: "json_value", path: "sum" }, answer).feedback).toBe('The JSON member "sum" is missing.');
  });
  test("an answer without JSON says so", () => {
    expect(judge({ type: "json_value", path: "a", value: 1 }, "a is 1")).toEqual({
      score: 0,
      feedback: "The answer holds no valid JSON.",
    });
  });
  test("a schema is kept or broken at a place", () => {
    const schema = { type: "object", properties: { total: { type: "integer" } }, required: ["total"] };
    expect(scoreOf({ type: "json_schema", schema }, '{"total": 3}')).toBe(1);
    expect(judge({ type: "json_schema", schema }, '{"total": 3.5}').feedback).toContain("at total");
  });
});

describe("sql", () => {
  function world(): NonNullable<Outcome["query"]> {
    const database = new Database(":memory:");
    onTestFinished(() => void database.close());
    database.exec("CREATE TABLE refunds (id TEXT, amount REAL); INSERT INTO refunds VALUES ('R-1', 5.5), ('R-2', 7)");
    return (sql) => database.prepare<[], Record<string, unknown>>(sql).all();
  }
  test("compares a single value", () => {
    const query = world();
    const check = { type: "sql", query: "SELECT count(*) FROM refunds", value: 2 };
    expect(scoreOf(check, { query })).toBe(1);
    expect(judge({ ...check, value: 3 }, { query }).feedback).toContain("should hold 3 but holds 2");
    expect(scoreOf({ type: "sql", query: "SELECT amount FROM refunds WHERE id = 'R-9'", value: 2 }, { query })).toBe(0);
  });
  test("compares rows, in any order unless told otherwise", () => {
    const query = world();
    const rows = [["R-2", 7], { id: "R-1", amount: 5.5 }];
    expect(scoreOf({ type: "sql", query: "SELECT * FROM refunds ORDER BY id", rows }, { query })).toBe(1);
    expect(scoreOf({ type: "sql", query: "SELECT * FROM refunds ORDER BY id", rows, ordered: true }, { query })).toBe(
      0,
    );
    expect(scoreOf({ type: "sql", query: "SELECT * FROM refunds", rows: [] }, { query })).toBe(0);
  });
  test("counts for the group world by default", () => {
    const check = Check.parse({ type: "sql", query: "SELECT 1", value: 1 });
    expect(scoreOutcome([check], { ...nothingHappened, query: world() }).objectives).toEqual({ world: 1 });
  });
  test("a query that fails or a world without one stops the scoring", async () => {
    const query = world();
    expect((await errorOf(() => scoreOf({ type: "sql", query: "SELEC", value: 1 }, { query }))).code).toBe("bad-query");
    expect((await errorOf(() => scoreOf({ type: "sql", query: "SELECT 1", value: 1 }, ""))).code).toBe("no-world");
  });
});

describe("tool checks", () => {
  const toolCalls = [
    { name: "verify", arguments: { id: "C-1", email: "A@x.org" }, ok: false },
    { name: "verify", arguments: { id: "C-1", email: "a@y.org" }, ok: true },
    { name: "refund", arguments: { order: "O-1", amount: 5, more: { reason: "late" } }, ok: true },
  ];
  test("called, with a subset of its arguments, successfully, often enough", () => {
    expect(scoreOf({ type: "tool_called", tool: "refund" }, { toolCalls })).toBe(1);
    const nested = { amount: 5, more: { reason: "Late" } };
    expect(scoreOf({ type: "tool_called", tool: "refund", arguments: nested }, { toolCalls })).toBe(1);
    expect(scoreOf({ type: "tool_called", tool: "refund", arguments: { amount: 6 } }, { toolCalls })).toBe(0);
    expect(
      scoreOf({ type: "tool_called", tool: "verify", arguments: { email: "a@x.org" }, ok: true }, { toolCalls }),
    ).toBe(0);
    expect(scoreOf({ type: "tool_called", tool: "verify", times: 4 }, { toolCalls })).toBe(0.5);
  });
  test("not called", () => {
    expect(scoreOf({ type: "tool_not_called", tool: "cancel" }, { toolCalls })).toBe(1);
    expect(scoreOf({ type: "tool_not_called", tool: "refund" }, { toolCalls })).toBe(0);
    expect(scoreOf({ type: "tool_not_called", tool: "refund", arguments: { amount: 6 } }, { toolCalls })).toBe(1);
  });
  test("in order", () => {
    const calls = [{ tool: "verify", ok: true }, "refund"];
    expect(scoreOf({ type: "tools_in_order", calls }, { toolCalls })).toBe(1);
    expect(judge({ type: "tools_in_order", calls }, { toolCalls: toolCalls.toReversed() })).toEqual({
      score: 0.5,
      feedback: "refund was not called after verify successfully.",
    });
  });
  test("at most so many", () => {
    expect(scoreOf({ type: "tool_calls_at_most", at_most: 3 }, { toolCalls })).toBe(1);
    expect(scoreOf({ type: "tool_calls_at_most", tool: "verify", at_most: 1 }, { toolCalls })).toBe(0.5);
    expect(scoreOf({ type: "tool_calls_at_most", at_most: 0 }, { toolCalls })).toBe(0);
    expect(scoreOf({ type: "tool_calls_at_most", at_most: 0 }, { toolCalls: [] })).toBe(1);
  });
});

describe("a limit", () => {
  test("is kept, or scores the worst ratio and says what was exceeded", () => {
    const used = { steps: 4, tokens: 1000, usd: 0.02, milliseconds: 50 };
    expect(scoreOf({ type: "limit", steps: 4, tokens: 1000, usd: 0.02, milliseconds: 50 }, used)).toBe(1);
    expect(judge({ type: "limit", steps: 3, tokens: 500 }, used)).toEqual({
      score: 0.5,
      feedback: "The run took 4 steps where 3 are allowed and 1000 tokens where 500 are allowed.",
    });
  });
});
