import { z } from "zod";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers } from "./common.ts";

const resources = ["steps", "tokens", "usd", "milliseconds"] as const;

/**
 * Bounds on what the run used: model calls, tokens of input and output, US dollars, milliseconds of wall clock (which no two
 * runs share: a score that depends on it cannot be reproduced). Score: the smallest of bound over use, at most 1.
 */
export const Limit = z
  .strictObject({
    type: z.literal("limit"),
    ...commonMembers,
    group: commonMembers.group.unwrap().default("effort"),
    steps: z.int().min(0).optional(),
    tokens: z.int().min(0).optional(),
    usd: z.number().min(0).optional(),
    milliseconds: z.number().min(0).optional(),
  })
  .refine((check) => resources.some((resource) => check[resource] !== undefined), {
    error: `a limit needs at least one of ${resources.join(", ")}`,
  });

export function judgeLimit(check: z.output<typeof Limit>, outcome: Outcome): CheckResult {
  const exceeded = resources
    .map((resource) => ({ resource, used: outcome[resource], bound: check[resource] ?? Number.POSITIVE_INFINITY }))
    .filter(({ used, bound }) => used > bound);
  if (exceeded.length === 0) return { score: 1, feedback: "The run kept its limits." };
  const score = Math.min(...exceeded.map(({ used, bound }) => bound / used));
  const complaints = exceeded.map(({ resource, used, bound }) => `${used} ${resource} where ${bound} are allowed`);
  return { score, feedback: `The run took ${complaints.join(" and ")}.` };
}
