import { textsOf } from "./checks/common.ts";
import type { Task } from "./task.ts";

/** The right answer of a task, the first where several are right, if exactly one of its checks compares the answer with texts; undefined elsewhere. */
export function solutionOf({ checks }: Task): string | undefined {
  const named = checks.flatMap((check) =>
    check.type === "equals" || check.type === "label" ? [textsOf(check.value)] : [],
  );
  return named.length === 1 ? named[0]?.[0] : undefined;
}
