import { z } from "zod";
import type { CheckResult, Outcome } from "../outcome.ts";
import {
  bare,
  commonMembers,
  compiles,
  escapePattern,
  Pattern,
  PatternFlags,
  quoted,
  relaxed,
  sentence,
  Text,
  Texts,
  textsOf,
} from "./common.ts";
import { describePart, missingPart, Part, takePart } from "./part.ts";

/** `exact`: to the character; else case, spacing, surrounding quotes and closing punctuation do not matter. */
const exact = z.boolean().default(false);
/** The text must stand between word boundaries: "paid" is not found in "unpaid". */
const wholeWords = z.boolean().default(false);
const values = z.array(Text).min(1);

export const Equals = z.strictObject({
  type: z.literal("equals"),
  ...commonMembers,
  of: Part,
  value: Texts,
  exact,
});
export const Contains = z.strictObject({
  type: z.literal("contains"),
  ...commonMembers,
  of: Part,
  value: Text,
  exact,
  whole_words: wholeWords,
});
export const ContainsAny = z.strictObject({
  type: z.literal("contains_any"),
  ...commonMembers,
  of: Part,
  values,
  exact,
  whole_words: wholeWords,
});
/** Scores the share of the texts that are there. */
export const ContainsAll = z.strictObject({
  type: z.literal("contains_all"),
  ...commonMembers,
  of: Part,
  values,
  exact,
  whole_words: wholeWords,
});
export const Regex = z
  .strictObject({
    type: z.literal("regex"),
    ...commonMembers,
    of: Part,
    pattern: Pattern,
    flags: PatternFlags.default(""),
  })
  .superRefine(compiles("pattern"));

export function judgeEquals(check: z.output<typeof Equals>, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const form = check.exact ? (value: string): string => value : bare;
  const right = textsOf(check.value);
  if (right.some((value) => form(value) === form(text))) {
    return { score: 1, feedback: `${sentence(describePart(check.of))} is ${quoted(text)}, as expected.` };
  }
  const expected = right.map(quoted).join(" or ");
  return { score: 0, feedback: `${sentence(describePart(check.of))} should be ${expected} but is ${quoted(text)}.` };
}

type ContainsCheck = z.output<typeof Contains | typeof ContainsAny | typeof ContainsAll>;

export function judgeContains(check: ContainsCheck, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const wanted = (check.type === "contains" ? [check.value] : check.values).map(String);
  const missing = wanted.filter((value) => !holds(text, value, check));
  const part = describePart(check.of);
  const all = check.type !== "contains_any";
  if (all ? missing.length === 0 : missing.length < wanted.length) {
    const found = wanted.filter((value) => !missing.includes(value));
    return { score: 1, feedback: `${sentence(part)} contains ${found.map(quoted).join(", ")}.` };
  }
  const lacking = all ? missing.map(quoted).join(", ") : `any of ${wanted.map(quoted).join(", ")}`;
  const score = all ? 1 - missing.length / wanted.length : 0;
  return { score, feedback: `${sentence(part)} does not contain ${lacking}.` };
}

export function judgeRegex(check: z.output<typeof Regex>, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const met = new RegExp(check.pattern, check.flags).test(text);
  const part = sentence(describePart(check.of));
  return { score: met ? 1 : 0, feedback: `${part} ${met ? "matches" : "does not match"} /${check.pattern}/.` };
}

function holds(text: string, value: string, options: { exact: boolean; whole_words: boolean }): boolean {
  const form = options.exact ? (item: string): string => item : relaxed;
  if (!options.whole_words) return form(text).includes(form(value));
  return new RegExp(`(?<![\\p{L}\\p{N}])${escapePattern(form(value))}(?![\\p{L}\\p{N}])`, "u").test(form(text));
}
