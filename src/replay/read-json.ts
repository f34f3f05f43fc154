import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { z } from "zod";
import { AlleleError, messageOf, parseJson, readText, validate } from "../base/index.ts";

/**
 * Reads a JSON file of recorded behaviour, packed (`.gz`) or not, and checks it. Throws AlleleError `file-missing`, `file-unreadable`,
 * `malformed-json`, `unknown-key` or `invalid-value`.
 */
export function readRecordedJson<S extends z.ZodType>(file: string, shape: S): z.output<S> {
  return validate(shape, parseJson(readPacked(file), { file }), () => ({ file }));
}

/** As readRecordedJson, an object a line. */
export function readRecordedLines<S extends z.ZodType>(file: string, shape: S): z.output<S>[] {
  return readPacked(file)
    .split("\n")
    .flatMap((text, index) => {
      const where = { file, line: index + 1 };
      return text.trim() === "" ? [] : [validate(shape, parseJson(text, where), () => where)];
    });
}

function readPacked(file: string): string {
  if (!file.endsWith(".gz")) return readText(file);
  try {
    return gunzipSync(readFileSync(file)).toString();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    throw new AlleleError({
      code: missing ? "file-missing" : "file-unreadable",
      message: missing ? `no such file: ${file}` : `not a whole gzip file: ${messageOf(error)}`,
      hint: missing ? "Check the path." : "Fetch or pack the file again.",
      where: { file },
      cause: error,
    });
  }
}
