import type { Database } from "better-sqlite3";
import type { World } from "../../../src/index.ts";

/** The world as the tools see it. */
export interface DeskWorld extends World {
  readonly database: Database;
  /** ISO date. */
  readonly today: string;
  row(sql: string, ...values: readonly unknown[]): Row | undefined;
  rows(sql: string, ...values: readonly unknown[]): readonly Row[];
  write(sql: string, ...values: readonly unknown[]): void;
}

export type Row = Readonly<Record<string, string | number | null>>;

export function openWorld(database: Database): DeskWorld {
  const rows: DeskWorld["rows"] = (sql, ...values) => database.prepare<unknown[], Row>(sql).all(...values);
  return {
    database,
    today: String(rows("select value from settings where name = 'today'")[0]?.["value"]),
    row: (sql, ...values) => rows(sql, ...values)[0],
    rows,
    write: (sql, ...values) => {
      database.prepare(sql).run(...values);
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

/** Hundredths as a decimal amount. */
export function decimal(hundredths: unknown): number {
  return Number(hundredths) / 100;
}

export function findOrder(world: DeskWorld, order_id: string): Row {
  return required(world.row("select * from orders where order_id = ?", order_id), `There is no order "${order_id}".`);
}

export function required<T>(value: T | undefined, message: string): T {
  if (value === undefined) throw new Error(message);
  return value;
}

/** Whether every word of the query stands as a whole word in the text, whatever the case. */
export function matchesWords(query: string, text: string): boolean {
  const present = new Set(wordsOf(text));
  const wanted = wordsOf(query);
  return wanted.length > 0 && wanted.every((word) => present.has(word));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
