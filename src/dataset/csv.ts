import { AlleleError } from "../base/index.ts";

/** One record of a CSV file by column name; `line` is where it begins, from 1. */
export interface CsvRow {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/**
 * Reads CSV after RFC 4180 with a header row: quoted fields may hold commas, line breaks and doubled quotes; empty lines are
 * skipped. Throws AlleleError `malformed-csv` for an open or stray quote, a row with too many or too few fields, or a header
 * that repeats a name.
 */
export function readCsv(text: string, file: string): CsvRow[] {
  const [header, ...rows] = readRecords(text, file);
  if (header === undefined) return [];
  const repeated = header.fields.find((name, index) => header.fields.indexOf(name) !== index);
  if (repeated !== undefined) throw malformed(`the header has two columns named "${repeated}"`, file, header.line);
  return rows.map(({ line, fields }) => {
    if (fields.length !== header.fields.length) {
      throw malformed(`${fields.length} fields where the header has ${header.fields.length}`, file, line);
    }
    return { line, cells: Object.fromEntries(header.fields.map((name, index) => [name.trim(), fields[index] ?? ""])) };
  });
}

interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

function readRecords(text: string, file: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  let fields: string[] = [];
  let line = 1;
  let recordLine = 1;
  while (field.lastIndex < text.length || fields.length > 0) {
    const start = field.lastIndex;
    const match = field.exec(text);
    if (match === null) {
      const column = start - text.lastIndexOf("\n", start - 1);
      const open = text[start] === '"' && !/^"(?:[^"]|"")*"/.test(text.slice(start));
      throw malformed(open ? "a quoted field that never ends" : 'a stray " in a field', file, line, column);
    }
    const [whole, quoted, bare = "", end] = match;
    fields.push(quoted?.replaceAll('""', '"') ?? bare);
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    if (fields.length > 1 || fields[0] !== "" || quoted !== undefined) records.push({ line: recordLine, fields });
    fields = [];
    recordLine = line;
  }
  return records;
}

function malformed(message: string, file: string, line: number, column?: number): AlleleError {
  return new AlleleError({
    code: "malformed-csv",
    message: `not valid CSV: ${message}`,
    hint: 'Put fields with commas, quotes or line breaks in quotes, and write a quote inside as "".',
    where: { file, line, column },
  });
}
