import { z } from "zod";
import { editDistance } from "../../base/index.ts";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers, quoted, relaxed, Texts, textsOf } from "./common.ts";
import { missingPart, Part, takePart } from "./part.ts";

const members = {
  ...commonMembers,
  of: Part,
  value: Texts,
  /** A similarity below this scores 0. */
  at_least: z.number().min(0).max(1).default(0),
};

/** 1 minus the Levenshtein distance over the longer length, of the relaxed texts; the best of several right texts. */
export const EditDistance = z.strictObject({ type: z.literal("edit_distance"), ...members });
/** F1 of the words both have, without articles and punctuation (the measure of SQuAD, Rajpurkar et al. 2016). */
export const TokenF1 = z.strictObject({ type: z.literal("token_f1"), ...members });

export function judgeSimilarity(
  check: z.output<typeof EditDistance | typeof TokenF1>,
  { answer }: Outcome,
): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const measure = check.type === "token_f1" ? tokenF1 : editSimilarity;
  const best = textsOf(check.value)
    .map((value) => ({ value, similarity: measure(text, value) }))
    .reduce((a, b) => (b.similarity > a.similarity ? b : a));
  const score = best.similarity >= check.at_least ? best.similarity : 0;
  const degree = `${Math.round(best.similarity * 100)} %`;
  return { score, feedback: `${quoted(text)} agrees with ${quoted(best.value)} to ${degree}.` };
}

function editSimilarity(a: string, b: string): number {
  const longer = Math.max(relaxed(a).length, relaxed(b).length);
  return longer === 0 ? 1 : 1 - editDistance(relaxed(a), relaxed(b)) / longer;
}

function tokenF1(a: string, b: string): number {
  const left = wordsOf(a);
  const right = wordsOf(b);
  if (left.length + right.length === 0) return 1;
  const rest = [...right];
  for (const word of left) {
    const at = rest.indexOf(word);
    if (at !== -1) rest.splice(at, 1);
  }
  return (2 * (right.length - rest.length)) / (left.length + right.length);
}

function wordsOf(text: string): string[] {
  return (relaxed(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !["a", "an", "the"].includes(word));
}
