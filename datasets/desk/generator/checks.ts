import type { Json, Random } from "../../../src/base/index.ts";
import type { WrittenCheck } from "./scene.ts";

/** The result is looked for on the `Answer:` line, or in the whole reply when there is none. */
const result: Json = { after: "Answer:", otherwise: "answer" };

/** Shares of the score of a question. */
const shares = { value: 0.6, line: 0.15, world: 0.1, effort: 0.15 } as const;

const lineComplaints = [
  'No line of the reply starts with "Answer:", so the result had to be searched for.',
  'The result stands somewhere in the text instead of on an "Answer:" line.',
  'The reply has no final "Answer:" line; the reader could not pick out the result at a glance.',
  'What the reader wanted was missing from its place: there is no closing line "Answer: ...".',
] as const;
const decimalComplaints = [
  "The amount is not written with two decimals.",
  "The cents are missing or too many: amounts here have exactly two decimals.",
  "The amount was rounded or written in an unusual way; bookkeeping reads two decimals.",
] as const;
const effortComplaints = [
  "More tool calls were made than the question needed.",
  "The way to the result was roundabout: several look-ups added nothing, or the ones that mattered were never made.",
  "The tools were used wastefully, or the source that holds the fact was not asked at all.",
] as const;
const changeComplaints = [
  "The question only asked for information, but there was no reply, or something was changed in the shop's records.",
  "Either nothing was replied, or a record was written although nobody had asked for a change.",
] as const;

export function textCheck(values: readonly string[], feedback: string, weight: number = shares.value): WrittenCheck {
  return { type: "contains_any", of: result, values, whole_words: true, weight, feedback };
}

export function allTextsCheck(values: readonly string[], feedback: string): WrittenCheck {
  return { type: "contains_all", of: result, values, whole_words: true, weight: shares.value, feedback };
}

/** A figure, with its unit when there is one; without the unit it earns half. */
export function numberCheck(
  value: number,
  unit: string | undefined,
  tolerance: number,
  feedback: string,
): WrittenCheck {
  return { type: "number", of: result, value, ...(unit ? { unit } : {}), tolerance, weight: shares.value, feedback };
}

/** A list of things: mostly for the whole list, a little for each thing on it. */
export function setChecks(
  values: readonly string[],
  item: string,
  feedback: readonly [string, string],
): readonly WrittenCheck[] {
  const check = { type: "set", of: result, values, item };
  return [
    { ...check, partial: false, weight: shares.value * 0.7, feedback: feedback[0] },
    { ...check, weight: shares.value * 0.3, feedback: feedback[1] },
  ];
}

/**
 * Reports a likely cause when the answer is one of these wrong values; counts nothing. Leaves out those that cannot be told
 * from the right value, and all but the first of those that cannot be told from each other.
 */
export function causes(
  right: number,
  unit: string | undefined,
  tolerance: number,
  wrong: readonly (readonly [value: number, feedback: string])[],
): readonly WrittenCheck[] {
  const apart = (one: number, other: number): boolean => Math.abs(one - other) > 2 * tolerance + 0.001;
  const kept = wrong
    .filter(([value]) => apart(value, right))
    .filter(([value], index, all) => all.slice(0, index).every(([earlier]) => apart(value, earlier)));
  return kept.map(([value, feedback]) => {
    const check = {
      type: "number",
      of: result,
      value: Math.round(value * 100) / 100,
      ...(unit ? { unit } : {}),
      tolerance,
    };
    return { type: "not", check, weight: 0, feedback };
  });
}

export function causeText(value: string, feedback: string): WrittenCheck {
  return { type: "not", check: { type: "contains", of: result, value, whole_words: true }, weight: 0, feedback };
}

export function lineCheck(random: Random, weight: number = shares.line): WrittenCheck {
  return {
    type: "regex",
    pattern: "^[\\s*_`]*answer:[\\s*_`]*\\S",
    flags: "im",
    weight,
    feedback: random.pick(lineComplaints),
  };
}

function moneyLineChecks(random: Random): readonly WrittenCheck[] {
  const decimals: WrittenCheck = {
    type: "regex",
    of: result,
    pattern: "\\d[.,]\\d{2}(?![\\d])",
    weight: 0.05,
    feedback: random.pick(decimalComplaints),
  };
  return [lineCheck(random, 0.1), decimals];
}

/** At most `calls` tool calls; counts only when the tool that holds the fact was asked. */
export function effortCheck(random: Random, tool: string | undefined, calls: number, weight: number): WrittenCheck {
  const most: WrittenCheck = { type: "tool_calls_at_most", at_most: calls };
  const feedback = random.pick(effortComplaints);
  const all = tool === undefined ? [most, hasAnswer] : [most, { type: "tool_called", tool, ok: true }];
  return { type: "all", group: "effort", checks: all, weight, feedback };
}

export const hasAnswer: WrittenCheck = { type: "regex", pattern: "\\S" };

export const nothingChanged: WrittenCheck = { type: "sql", query: "select count(*) from changes", value: 0 };

/** Nothing was changed on the way to an answer. */
export function noChangesCheck(random: Random): WrittenCheck {
  const checks = [hasAnswer, nothingChanged];
  return { type: "all", group: "world", checks, weight: shares.world, feedback: random.pick(changeComplaints) };
}

export function sqlCheck(query: string, value: Json, feedback: string, weight: number, group?: string): WrittenCheck {
  return { type: "sql", ...(group ? { group } : {}), query, value, weight, feedback };
}

export interface Question {
  readonly value: WrittenCheck | readonly WrittenCheck[];
  readonly causes?: readonly WrittenCheck[];
  /** The tool that holds the fact. */
  readonly source: string;
  /** Tool calls a careful agent makes. */
  readonly calls: number;
  readonly money?: boolean;
}

/** All checks of a question that is answered by looking things up. */
export function questionChecks(random: Random, { value, causes = [], source, calls, money }: Question): WrittenCheck[] {
  return [
    ...[value].flat(),
    ...causes,
    ...(money === true ? moneyLineChecks(random) : [lineCheck(random)]),
    noChangesCheck(random),
    effortCheck(random, source, calls + Math.max(1, Math.round(calls / 4)), shares.effort),
  ];
}
