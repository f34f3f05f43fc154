import { closeSync, openSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { AlleleError, messageOf } from "../base/index.ts";
import type { Workbench } from "./workbench.ts";

interface EvaluationLog {
  /** Adds the time to the entry. */
  write(entry: object): void;
  close(): void;
}

/** Opens a file to append lines of JSON to; without a path nothing is written. Throws AlleleError `log-unwritable`. */
export function openEvaluationLog(workbench: Workbench, path: string | undefined): EvaluationLog {
  if (path === undefined) return { write: () => {}, close: () => {} };
  let file: number;
  try {
    file = openSync(resolve(workbench.root, path), "a");
  } catch (error) {
    throw new AlleleError({
      code: "log-unwritable",
      message: `cannot write ${path}: ${messageOf(error)}`,
      hint: "Choose another file with --log.",
      cause: error,
    });
  }
  return {
    write: (entry) => writeSync(file, `${JSON.stringify({ at: workbench.clock.now(), ...entry })}\n`),
    close: () => closeSync(file),
  };
}
