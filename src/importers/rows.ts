import { extname } from "node:path";
import { AlleleError, didYouMean, parseJson, type Json, type SourceLocation } from "../base/index.ts";
import { readCsv } from "../dataset/index.ts";
import { readForeignText } from "./foreign-text.ts";

/** One record of a data file, and where it stands. */
export interface Row {
  readonly values: Readonly<Record<string, Json>>;
  readonly where: SourceLocation;
}

/**
 * Reads a `.jsonl` (or `.ndjson`) file of objects or a `.csv` file with a header; blank lines are skipped. Throws AlleleError
 * `wrong-encoding`, `malformed-json`, `malformed-csv`, `not-an-object`, `unknown-file-type` or `no-rows`, with file and line.
 */
export function readRows(file: string): readonly Row[] {
  const rows = rowsOf(file);
  if (rows.length > 0) return rows;
  throw new AlleleError({
    code: "no-rows",
    message: `${file} has no rows`,
    hint: "A CSV file needs a header and at least one row, a JSONL file one object a line.",
    where: { file },
  });
}

function rowsOf(file: string): readonly Row[] {
  switch (extname(file).toLowerCase()) {
    case ".csv":
      return readCsv(readForeignText(file), file).map(({ line, cells }) => ({ values: cells, where: { file, line } }));
    case ".jsonl":
    case ".ndjson":
      return readForeignText(file)
        .split("\n")
        .map((text, index) => ({ text, where: { file, line: index + 1 } }))
        .filter(({ text }) => text.trim() !== "")
        .map(({ text, where }) => ({ values: objectOf(parseJson(text, where), where), where }));
    default:
      throw new AlleleError({
        code: "unknown-file-type",
        message: `${file} is neither .jsonl nor .csv`,
        hint: "Save the data as JSON Lines (one object a line) or as CSV with a header.",
        where: { file },
      });
  }
}

function objectOf(value: Json, where: SourceLocation): Row["values"] {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Row["values"];
  throw new AlleleError({
    code: "not-an-object",
    message: `a line must hold one JSON object, and this one holds ${Array.isArray(value) ? "a list" : "a single value"}`,
    hint: 'Write each row as { "name": value, ... }.',
    where,
  });
}

/** What stands at a path such as `answer.0.text`: a member of that name, or members and list positions parted by points. */
export function valueAt({ values }: Row, path: string): Json | undefined {
  if (Object.hasOwn(values, path)) return values[path];
  return path.split(".").reduce<Json | undefined>((value, step) => {
    if (value === null || typeof value !== "object" || !Object.hasOwn(value, step)) return undefined;
    return (value as Readonly<Record<string, Json>>)[step];
  }, values);
}

/** The texts at a path: one, or those of a list. Throws `missing-field` when nothing is there, `not-a-text` for objects. */
export function textsAt(row: Row, path: string): readonly string[] {
  const value = valueAt(row, path);
  if (value === undefined || value === null) throw missingField(row, path);
  const texts = (Array.isArray(value) ? value : [value]) as readonly Json[];
  const odd = texts.find((text) => text === null || typeof text === "object");
  if (odd === undefined) return texts.map(String);
  throw new AlleleError({
    code: "not-a-text",
    message: `"${path}" holds ${odd === null ? "null" : "an object or a nested list"} where a text is needed`,
    hint: `Name the part of it that is meant, such as ${path}.0 or ${path}.text.`,
    where: row.where,
  });
}

/** The one text at a path; a list is joined with commas. Throws as textsAt, and `empty-field` when nothing is written there. */
export function textAt(row: Row, path: string): string {
  const text = textsAt(row, path).join(", ");
  if (text.trim() !== "") return text;
  throw new AlleleError({
    code: "empty-field",
    message: `"${path}" is empty here`,
    hint: "Fill the field in or remove the row.",
    where: row.where,
  });
}

function missingField({ values, where }: Row, path: string): AlleleError {
  const names = Object.keys(values);
  return new AlleleError({
    code: "missing-field",
    message: `there is no "${path}" in this row${didYouMean(path, names)}; it has ${names.join(", ") || "nothing"}`,
    hint: "Correct the mapping, or mend or remove the row.",
    where,
  });
}
