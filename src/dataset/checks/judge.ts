import { z } from "zod";
import { AlleleError, canonicalJson } from "../../base/index.ts";
import type { CheckResult } from "../outcome.ts";
import { commonMembers } from "./common.ts";

/** A language model's opinion of the answer. It is asked for before scoring, so that scoring itself stays pure. */
export const Judge = z.strictObject({
  type: z.literal("judge"),
  ...commonMembers,
  /** What a good answer is, in words. */
  rubric: z.string().trim().min(1),
  /** A right answer to hold this one against. */
  reference: z.string().min(1).optional(),
});
export type Judge = z.output<typeof Judge>;

/** What a judge found about one answer, by `judgeKey`. */
export type Verdicts = ReadonlyMap<string, CheckResult>;

/** Checks that ask the same share a verdict. */
export function judgeKey({ rubric, reference }: Judge): string {
  return canonicalJson({ rubric, reference });
}

/** Throws AlleleError `verdict-missing` when no judge was asked. */
export function verdictOf(check: Judge, verdicts: Verdicts): CheckResult {
  const verdict = verdicts.get(judgeKey(check));
  if (verdict !== undefined) return verdict;
  throw new AlleleError({
    code: "verdict-missing",
    message: "a judge check has no verdict",
    hint: "An evaluator asks the judge; who scores outcomes alone hands the verdicts on.",
  });
}
