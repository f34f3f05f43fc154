import { z } from "zod";
import { AlleleError, type Json } from "../../base/index.ts";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers } from "./common.ts";

/** A function of a TypeScript or JavaScript module beside the dataset. */
export const Custom = z.strictObject({
  type: z.literal("custom"),
  ...commonMembers,
  /** Path of the module, from the dataset's folder. */
  module: z.string().min(1),
  name: z.string().min(1),
  /** Handed to the function. */
  options: z.json().optional(),
  /** Hash of the module's text, written at load: when the module changes, so does the task. */
  version: z.string().optional(),
});
type Custom = z.output<typeof Custom>;

/**
 * What a dataset's own check is: a synchronous, deterministic function that returns true or false, a score in [0, 1],
 * or a score with its sentence.
 */
export type CustomCheck = (outcome: Outcome, options: Json | undefined) => boolean | number | CheckResult;

/** The functions a dataset's custom checks name, by `customKey`. */
export type CustomChecks = ReadonlyMap<string, CustomCheck>;

export function customKey({ module, name }: { readonly module: string; readonly name: string }): string {
  return `${module}#${name}`;
}

/** Throws AlleleError `bad-score` for anything but a score in [0, 1], `unknown-function` when the function was not loaded. */
export function judgeCustom(check: Custom, outcome: Outcome, custom: CustomChecks): CheckResult {
  const judge = custom.get(customKey(check));
  if (judge === undefined) {
    throw new AlleleError({
      code: "unknown-function",
      message: `the custom check ${customKey(check)} is not loaded`,
      hint: "Load the dataset with loadDataset and hand on its customChecks.",
    });
  }
  const result: unknown = judge(outcome, check.options);
  const score = typeof result === "boolean" ? Number(result) : typeof result === "number" ? result : scoreOf(result);
  if (typeof score !== "number" || !(score >= 0 && score <= 1)) {
    throw new AlleleError({
      code: "bad-score",
      message: `the custom check ${customKey(check)} returned ${describe(result)}, which is no score`,
      hint: "Return true, false, a number from 0 to 1, or { score, feedback }; a promise is not awaited.",
    });
  }
  const sentence = (result as { feedback?: unknown } | null)?.feedback;
  const fallback = `${check.name} gave ${score}.`;
  return { score, feedback: typeof sentence === "string" && sentence !== "" ? sentence : fallback };
}

function scoreOf(result: unknown): unknown {
  return result !== null && typeof result === "object" && "score" in result ? result.score : undefined;
}

function describe(result: unknown): string {
  if (result instanceof Promise) return "a promise";
  const score = scoreOf(result) ?? result;
  return typeof score === "number" ? `the score ${score}` : `a value of type ${typeof score}`;
}
