import type { Check } from "./check.ts";
import { textsOf } from "./checks/common.ts";
import type { Task } from "./task.ts";

/** The right answer of a task, the first where several are right, if exactly one of its checks compares the answer with texts; undefined elsewhere. */
export function solutionOf({ checks }: Task): string | undefined {
  const named = checks.flatMap((check) => rightAnswer(check) ?? []);
  return named.length === 1 ? named[0] : undefined;
}

/** What passes a check for certain; of checks any of which will do, the first that names something. */
function rightAnswer(check: Check): string | undefined {
  if (check.type === "equals" || check.type === "label") return textsOf(check.value)[0];
  return check.type === "any" ? check.checks.map(rightAnswer).find((answer) => answer !== undefined) : undefined;
}
