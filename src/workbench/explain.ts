import { AlleleError, messageOf } from "../base/index.ts";

/** What is wrong and what to do, for an error that is told of and not thrown. */
export function explain(error: unknown): string {
  const hint = error instanceof AlleleError && error.hint !== undefined ? ` ${error.hint}` : "";
  return `${messageOf(error)}.${hint}`;
}
