import { join } from "node:path";
import type { z } from "zod";
import { AlleleError, parseJson, readText, textHash, validate } from "../base/index.ts";

/** Reads `db/NAME.json`, an object of records by id. Throws AlleleError with the file when it is not there or of another shape. */
export function readRecords<T>(
  folder: string,
  name: string,
  shape: z.ZodType<Record<string, T>>,
): ReadonlyMap<string, T> {
  const file = join(folder, "db", `${name}.json`);
  return new Map(Object.entries(validate(shape, parseJson(readText(file), { file }), () => ({ file }))));
}

/** Identity of the data files, for the tasks' worlds: other data are another task. */
export function dataHash(texts: readonly string[]): string {
  return textHash(texts.join("\n"));
}

/** Throws AlleleError `world-data-changed` when the files are no longer those that the tasks were made on. */
export function requireSameData(folder: string, names: readonly string[], wanted: string): void {
  const found = dataHash(names.map((name) => readText(join(folder, "db", `${name}.json`))));
  if (found === wanted) return;
  throw new AlleleError({
    code: "world-data-changed",
    message: `the data in ${join(folder, "db")} are not those that the tasks were made on`,
    hint: "Import the dataset again.",
    where: { file: join(folder, "db") },
  });
}
