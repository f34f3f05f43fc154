import type { Check } from "./check.ts";
import type { Judge } from "./checks/judge.ts";

/** The checks that ask a model, those inside `all`, `any` and `not` too. */
export function judgeChecksIn(checks: readonly Check[]): readonly Judge[] {
  return checks.flatMap((check) => {
    if (check.type === "judge") return [check];
    if (check.type === "all" || check.type === "any") return judgeChecksIn(check.checks);
    return check.type === "not" ? judgeChecksIn([check.check]) : [];
  });
}
