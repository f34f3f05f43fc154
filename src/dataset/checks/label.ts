import { z } from "zod";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers, escapePattern, quoted, relaxed, sentence, Text } from "./common.ts";
import { describePart, missingPart, Part, takePart } from "./part.ts";

/**
 * A class of a closed set. What counts is the first of the labels that stands in the answer as whole words, whatever its case; where two
 * begin at one place, the longer. So "Sentiment: Negative." is the label "negative", and "positive, not negative" is "positive".
 */
export const Label = z
  .strictObject({
    type: z.literal("label"),
    ...commonMembers,
    of: Part,
    value: Text,
    labels: z.array(Text).min(2),
  })
  .refine(({ value, labels }) => labels.some((label) => relaxed(String(label)) === relaxed(String(value))), {
    error: "value must be one of labels",
    path: ["value"],
  });

export function judgeLabel(check: z.output<typeof Label>, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const labels = check.labels.map(String);
  const found = firstLabel(text, labels);
  const part = sentence(describePart(check.of));
  if (found === undefined) {
    return {
      score: 0,
      feedback: `${part} names none of the labels ${labels.map(quoted).join(", ")}: ${quoted(text)}.`,
    };
  }
  const right = relaxed(String(check.value));
  if (found === right) return { score: 1, feedback: `${part} is ${quoted(found)}, as expected.` };
  return { score: 0, feedback: `${part} says ${quoted(found)} where ${quoted(String(check.value))} is right.` };
}

function firstLabel(text: string, labels: readonly string[]): string | undefined {
  const longestFirst = labels.map(relaxed).toSorted((a, b) => b.length - a.length);
  const pattern = `(?<![\\p{L}\\p{N}])(?:${longestFirst.map(escapePattern).join("|")})(?![\\p{L}\\p{N}])`;
  return new RegExp(pattern, "u").exec(relaxed(text))?.[0];
}
