import { z } from "zod";
import type { Json } from "../../base/index.ts";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers, relaxed } from "./common.ts";
import { sameJson, showJson } from "./json-text.ts";

const arguments_ = z.record(z.string(), z.json());

const members = {
  ...commonMembers,
  tool: z.string().min(1),
  /** A subset: the call has these arguments, and may have more. Strings are compared without case and spacing. */
  arguments: arguments_.optional(),
  /** Count only calls that succeeded (true) or failed (false). */
  ok: z.boolean().optional(),
};

export const ToolCalled = z.strictObject({
  type: z.literal("tool_called"),
  ...members,
  /** At least this often. */
  times: z.int().min(1).default(1),
});
export const ToolNotCalled = z.strictObject({ type: z.literal("tool_not_called"), ...members });
/** The calls happened in this order, others possibly between. Score: the share of the sequence that was reached. */
export const ToolsInOrder = z.strictObject({
  type: z.literal("tools_in_order"),
  ...commonMembers,
  calls: z
    .array(
      z.union([
        z.string().min(1),
        z.strictObject({ tool: z.string().min(1), arguments: arguments_.optional(), ok: z.boolean().optional() }),
      ]),
    )
    .min(1),
});
/** At most `at_most` calls, of `tool` or of all tools. Score above that: `at_most` over the calls made. */
export const ToolCallsAtMost = z.strictObject({
  type: z.literal("tool_calls_at_most"),
  ...commonMembers,
  tool: z.string().min(1).optional(),
  at_most: z.int().min(0),
});

type Call = Outcome["toolCalls"][number];
interface Wanted {
  readonly tool: string;
  readonly arguments?: Readonly<Record<string, Json>> | undefined;
  readonly ok?: boolean | undefined;
}

export function judgeToolCalled(check: z.output<typeof ToolCalled>, { toolCalls }: Outcome): CheckResult {
  const count = toolCalls.filter((call) => fits(call, check)).length;
  if (count >= check.times) return { score: 1, feedback: `${describe(check)} was called, as expected.` };
  const others = toolCalls.filter((call) => call.name === check.tool);
  if (count > 0) {
    return {
      score: count / check.times,
      feedback: `${describe(check)} was called ${count} times instead of ${check.times}.`,
    };
  }
  const last = others.at(-1);
  return last === undefined
    ? { score: 0, feedback: `${check.tool} was not called.` }
    : {
        score: 0,
        feedback: `${describe(check)} was expected; it was called with ${showJson(last.arguments)}${outcomeOf(last)}.`,
      };
}

export function judgeToolNotCalled(check: z.output<typeof ToolNotCalled>, { toolCalls }: Outcome): CheckResult {
  const called = toolCalls.some((call) => fits(call, check));
  return called
    ? { score: 0, feedback: `${describe(check)} was called although it should not have been.` }
    : { score: 1, feedback: `${describe(check)} was not called, as expected.` };
}

export function judgeToolsInOrder(check: z.output<typeof ToolsInOrder>, { toolCalls }: Outcome): CheckResult {
  const wanted = check.calls.map((call): Wanted => (typeof call === "string" ? { tool: call } : call));
  let reached = 0;
  for (const call of toolCalls) {
    const next = wanted[reached];
    if (next !== undefined && fits(call, next)) reached += 1;
  }
  const missing = wanted[reached];
  if (missing === undefined) return { score: 1, feedback: `The calls came in the right order.` };
  const previous = wanted[reached - 1];
  const place = previous === undefined ? "" : ` after ${describe(previous)}`;
  return { score: reached / wanted.length, feedback: `${describe(missing)} was not called${place}.` };
}

export function judgeToolCallsAtMost(check: z.output<typeof ToolCallsAtMost>, { toolCalls }: Outcome): CheckResult {
  const count = toolCalls.filter((call) => check.tool === undefined || call.name === check.tool).length;
  const what = check.tool === undefined ? "tool calls" : `calls of ${check.tool}`;
  if (count <= check.at_most) return { score: 1, feedback: `${count} ${what}: no more than needed.` };
  return { score: check.at_most / count, feedback: `${count} ${what} where ${check.at_most} are enough.` };
}

function fits(call: Call, wanted: Wanted): boolean {
  if (call.name !== wanted.tool || (wanted.ok !== undefined && call.ok !== wanted.ok)) return false;
  return wanted.arguments === undefined || isSubset(wanted.arguments, call.arguments);
}

function isSubset(wanted: Json | undefined, given: Json | undefined): boolean {
  if (wanted === null || typeof wanted !== "object" || Array.isArray(wanted)) {
    return sameJson(wanted, given, 0, (a, b) => relaxed(a) === relaxed(b));
  }
  if (given === undefined || given === null || typeof given !== "object" || Array.isArray(given)) return false;
  const members = given as Readonly<Record<string, Json>>;
  return Object.entries(wanted).every(
    ([name, value]) => Object.hasOwn(members, name) && isSubset(value, members[name]),
  );
}

function describe({ tool, arguments: given, ok }: Wanted): string {
  const manner = ok === undefined ? "" : ok ? " successfully" : " in vain";
  return `${tool}${given === undefined ? "" : ` with ${showJson(given)}`}${manner}`;
}

function outcomeOf(call: Call): string {
  return call.ok ? "" : ", which failed";
}
