import { AlleleError } from "../base/index.ts";

export function runMissing(id: string): AlleleError {
  return new AlleleError({
    code: "run-missing",
    message: `no run "${id}" in this store`,
    hint: "List the runs with `allele runs`.",
  });
}
