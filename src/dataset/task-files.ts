import { extname } from "node:path";
import { z } from "zod";
import {
  AlleleError,
  contentHash,
  didYouMean,
  parseJson,
  parseJsonAt,
  readText,
  readYamlDocument,
  validate,
  type Json,
  type SourceLocation,
} from "../base/index.ts";
import { Check } from "./check.ts";
import { readCsv, type CsvRow } from "./csv.ts";
import type { Columns, DatasetFile } from "./dataset-file.ts";
import { takesValues, withExpected } from "./expected.ts";

/** A task as it is written. */
const TaskRecord = z.strictObject({
  id: z.union([z.string().min(1), z.int()]).transform(String),
  input: z.string().trim().min(1),
  checks: z
    .array(Check)
    .min(1, "a task needs at least one check")
    .refine((checks) => checks.some(({ weight }) => weight > 0), "at least one check needs a weight above 0"),
  tags: z.array(z.string().min(1)).default([]),
  family: z.string().min(1).optional(),
  split: z.enum(["train", "validation", "test"]).optional(),
  world: z.json().optional(),
});
type TaskRecord = z.output<typeof TaskRecord>;

export interface WrittenTask {
  readonly record: TaskRecord;
  readonly where: SourceLocation;
}

/** Reads a `.jsonl`, `.yaml` or `.csv` file of tasks. Throws AlleleError with file, line and, as far as known, column. */
export function readTasks(file: string, { columns, check }: Pick<DatasetFile, "columns" | "check">): WrittenTask[] {
  const text = readText(file);
  switch (extname(file).toLowerCase()) {
    case ".csv":
      return readCsv(text, file).map((row) => fromRow(row, file, columns, check));
    case ".jsonl":
      return text
        .split("\n")
        .map((line, index) => ({ line, where: { file, line: index + 1 } }))
        .filter(({ line }) => line.trim() !== "")
        .map(({ line, where }) => ({ record: fromJsonLine(line, where), where }));
    default:
      return fromYaml(text, file);
  }
}

/** YAML finds columns where JSON text alone does not; it is asked only when something is wrong. */
function fromJsonLine(line: string, where: SourceLocation): TaskRecord {
  const json = parseJson(line, where);
  try {
    return validate(TaskRecord, json, () => where);
  } catch (error) {
    const column = columnOfMistake(line, where);
    if (!(error instanceof AlleleError) || column === undefined) throw error;
    const { code, message, hint } = error;
    throw new AlleleError({ code, message, hint, where: { ...where, column } });
  }
}

function columnOfMistake(line: string, { file }: SourceLocation): number | undefined {
  try {
    readYamlDocument(line, TaskRecord, file);
    return undefined;
  } catch (error) {
    return error instanceof AlleleError ? error.where?.column : undefined;
  }
}

function fromYaml(text: string, file: string): WrittenTask[] {
  const { document, value } = readYamlDocument(text, z.array(TaskRecord), file);
  return value.map((record, index) => {
    const node = document.getIn([index], true) as { range?: readonly number[] } | undefined;
    const line = text.slice(0, node?.range?.[0] ?? 0).split("\n").length;
    return { record, where: { file, line } };
  });
}

function fromRow(row: CsvRow, file: string, columns: Columns, check: DatasetFile["check"]): WrittenTask {
  const where = { file, line: row.line };
  const cell = (member: keyof Columns): string | undefined => {
    const column = columns[member] ?? member;
    const asked = columns[member] !== undefined;
    if (!Object.hasOwn(row.cells, column) && asked) throw unknownColumn(column, Object.keys(row.cells), where);
    const value = row.cells[column]?.trim();
    return value === "" ? undefined : value;
  };
  const json = (member: keyof Columns): Json | undefined => {
    const text = cell(member);
    return text === undefined ? undefined : parseJsonAt(text, z.json(), where);
  };
  const expected = cell("expected");
  const input = cell("input");
  const record = {
    id: cell("id") ?? contentHash(row.cells).slice("s256:".length, "s256:".length + 12),
    input,
    checks:
      json("checks") ??
      (expected === undefined
        ? []
        : [withExpected(check, takesValues(check["type"]) ? expected.split(/\s*\|\s*/) : [expected])]),
    tags: cell("tags")?.split(/\s*[;,]\s*/),
    family: cell("family"),
    split: cell("split"),
    world: json("world"),
  };
  return { record: validate(TaskRecord, record, () => where), where };
}

function unknownColumn(column: string, known: readonly string[], where: SourceLocation): AlleleError {
  return new AlleleError({
    code: "unknown-column",
    message: `there is no column "${column}"${didYouMean(column, known)}; the columns are ${known.join(", ")}`,
    hint: "Name the file's columns in the columns member of dataset.yaml.",
    where: { ...where, line: 1 },
  });
}
