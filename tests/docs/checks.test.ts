import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import {
  Check,
  checkTypes,
  judgeChecksIn,
  judgeKey,
  loadDataset,
  scoreOutcome,
  type Outcome,
} from "../../src/dataset/index.ts";
import { folderWith, header, nothingHappened } from "../dataset/support.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/checks.md"), "utf8");
const [module = ""] = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block ?? "");
/** Everything in the text that is written as YAML. */
const written = [...page.matchAll(/`(\{ [^`]*\})`/g)]
  .map(([, text]) => text ?? "")
  .filter((text) => !text.startsWith("{ score"));
const examples = written.filter((text) => text.startsWith("{ type: "));

/** For each type of check in the examples, something that meets it. */
const meets: Readonly<Record<string, Partial<Outcome> | string>> = {
  equals: "Billing.",
  label: "Rather positive, not negative.",
  number: "That makes 84.30 EUR.",
  contains: "It was refunded today.",
  contains_all: "DHL has it as JD123.",
  regex: "Looked it up.\nAnswer: O-1",
  json_value: '{ "order": { "id": "O-1" } }',
  json_schema: '{ "id": 1 }',
  set: "O-2 and O-1",
  token_f1: "The red one.",
  ifeval: "Three words here.",
  sql: { query: () => [{ "count(*)": 1 }] },
  tool_called: { toolCalls: [{ name: "identity_verify", arguments: { customer_id: "C-1", code: 7 }, ok: true }] },
  tools_in_order: {
    toolCalls: ["refund_quote", "refund_issue"].map((name) => ({ name, arguments: {}, ok: true })),
  },
  tool_calls_at_most: { toolCalls: [] },
  limit: { steps: 8, tokens: 6000 },
  custom: "If you please.",
  judge: "It comes on Friday.",
  any: "refunds",
  not: "Gladly.",
};
/** For those that nothing at all meets as well, something that does not. */
const misses: Readonly<Record<string, Partial<Outcome> | string>> = {
  sql: { query: () => [{ "count(*)": 2 }] },
  tool_calls_at_most: { toolCalls: Array.from({ length: 6 }, () => ({ name: "x", arguments: {}, ok: true })) },
  limit: { steps: 9, tokens: 6000 },
  not: "Sorry.",
};

function outcome(given: Partial<Outcome> | string): Outcome {
  return { ...nothingHappened, ...(typeof given === "string" ? { answer: given } : given) };
}

test("the page shows every type of check, most with an example", () => {
  expect(written.filter((text) => text.includes("..."))).toEqual([]);
  for (const type of checkTypes) expect(page, type).toContain(`\`${type}\``);
  expect(examples.map((text) => (parse(text) as { type: string }).type)).toEqual(Object.keys(meets));
});

test.each(examples)("%s scores what meets it and what does not, in a dataset with the page's module", async (text) => {
  const { type, ...members } = parse(text) as { readonly type: string };
  const folder = folderWith({
    "dataset.yaml": `${header}tasks: tasks.jsonl\n`,
    "tasks.jsonl": JSON.stringify({ id: "a", input: "Do it.", split: "train", checks: [{ type, ...members }] }),
    "checks.ts": module,
  });
  const { tasks, customChecks } = await loadDataset(folder);
  const checks = tasks[0]?.checks ?? [];
  const verdicts = (score: number) =>
    new Map(judgeChecksIn(checks).map((check) => [judgeKey(check), { score, feedback: "So it seems." }]));
  expect(scoreOutcome(checks, outcome(meets[type] ?? ""), customChecks, verdicts(1)).score).toBe(1);
  expect(scoreOutcome(checks, outcome(misses[type] ?? ""), customChecks, verdicts(0)).score).toBeLessThan(1);
});

test("each check counts for the objective that the page says", () => {
  expect(page).toContain("`world` for `sql`, `effort` for `limit`, `answer` for all others");
  for (const text of examples) {
    const { type, group } = Check.parse(parse(text));
    expect(group, type).toBe(type === "sql" ? "world" : type === "limit" ? "effort" : "answer");
  }
});

test("parts of answers and sentences of feedback are as the page writes them", () => {
  const others = written.filter((text) => !examples.includes(text)).map((text) => parse(text) as object);
  const feedback = others.filter((value) => "fail" in value);
  const parts = others.filter((value) => !("fail" in value));
  expect(feedback).toHaveLength(1);
  expect(parts).toHaveLength(3);
  const answer = 'Well, total: 7\nAnswer: 7\n{ "order": { "total": 7 } }';
  for (const of of [...parts, "answer", "first-line", "last-line"]) {
    const check = Check.parse({ type: "contains", value: "7", of, feedback: feedback[0] });
    expect(scoreOutcome([check], outcome(answer))).toMatchObject({ score: 1, feedback: ["The total is right."] });
    expect(scoreOutcome([check], outcome("8"))).toMatchObject({ score: 0, feedback: ["The total is wrong."] });
  }
});
