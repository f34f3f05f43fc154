import { z } from "zod";
import type { Json } from "../base/index.ts";
import type { ToolModule, World } from "../runtime/index.ts";
import { openMemoryDatabase } from "../store/index.ts";
import { define } from "./define.ts";

const Cell = z.union([z.string(), z.number(), z.null()]);
const Table = z.strictObject({
  name: z.string().min(1),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string() })).min(1),
  rows: z.array(z.array(Cell)),
});
const Spec = z.strictObject({ table: Table });

/** A world of one SQLite table. */
export interface TableWorld extends World {
  /** Runs one statement; rows for a query, the number of rows changed for a write. Throws what SQLite says. */
  run(sql: string): unknown;
  query(sql: string): readonly Readonly<Record<string, unknown>>[];
  close(): void;
}

/** Most rows one statement shows. */
const mostRows = 50;

/** One table in SQLite, and a tool that runs statements on it. A task's world is `{ table: { name, columns, rows } }`. */
export function table(): ToolModule {
  return {
    version: "1",
    tools: [
      define(
        "write",
        "sql",
        "Run one SQLite statement on the table.",
        z.strictObject({ statement: z.string().min(1) }),
        (world: TableWorld, { statement }) => world.run(statement),
      ),
    ],
    createWorld: openTable,
  };
}

/** Makes the world of a table. Values are kept as they are written, text in every column: the source's tables mix types. */
export function openTable(spec: Json | undefined): TableWorld {
  const { name, columns, rows } = Spec.parse(spec).table;
  const database = openMemoryDatabase();
  const described = columns.map((column) => `${quoteName(column.name)} ${affinity(column.type)}`);
  database.exec(`create table ${quoteName(name)} (${described.join(", ")})`);
  const insert = database.prepare(`insert into ${quoteName(name)} values (${columns.map(() => "?").join(", ")})`);
  for (const row of rows) insert.run(...columns.map((_, index) => row[index] ?? null));
  return {
    run: (sql) => {
      const statement = database.prepare<unknown[], Record<string, unknown>>(
        withTexts(sql, [name, ...columns.map((column) => column.name)]),
      );
      if (!statement.reader) return { changed: statement.run().changes };
      const found = statement.all();
      const shown = found.slice(0, mostRows);
      return found.length > shown.length ? { rows: shown, more: found.length - shown.length } : { rows: shown };
    },
    query: (sql) => {
      const statement = database.prepare<unknown[], Record<string, unknown>>(sql);
      if (!statement.readonly) throw new Error("Only reading is allowed here.");
      return statement.all();
    },
    close: () => {
      database.close();
    },
  };
}

/**
 * Text in double quotes, as MySQL takes it and the recorded statements write it, in single quotes: unless it names the table or a column.
 */
function withTexts(sql: string, names: readonly string[]): string {
  const known = new Set(names.map((one) => one.toLowerCase()));
  return sql.replaceAll(/'(?:[^']|'')*'|`[^`]*`|"((?:[^"]|"")*)"/g, (found, text: string | undefined) =>
    text === undefined || known.has(text.toLowerCase())
      ? found
      : `'${text.replaceAll('""', '"').replaceAll("'", "''")}'`,
  );
}

/** An identifier as SQLite takes it, whatever it holds. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Only whole and real numbers have types that SQLite and the sources mean alike. */
function affinity(type: string): string {
  if (/^(int|integer|year)\b/i.test(type)) return "integer";
  return /^(real|float|double|decimal|numeric)/i.test(type) ? "numeric" : "text";
}
