import { z } from "zod";
import { AlleleError, messageOf, type Json } from "../../base/index.ts";
import type { CheckResult, Outcome } from "../outcome.ts";
import { commonMembers } from "./common.ts";
import { sameJson, showJson } from "./json-text.ts";

/**
 * A read-only SQL query on the task's world after the run. Exactly one of `value` (the one cell of the one row) and `rows`
 * (objects by column, or lists of cells in column order). The order of the rows counts only with `ordered`.
 */
export const Sql = z
  .strictObject({
    type: z.literal("sql"),
    ...commonMembers,
    group: commonMembers.group.unwrap().default("world"),
    query: z.string().min(1),
    value: z.json().optional(),
    rows: z.array(z.union([z.array(z.json()), z.record(z.string(), z.json())])).optional(),
    ordered: z.boolean().default(false),
    /** How far numbers may be off, absolute. */
    tolerance: z.number().min(0).default(0),
  })
  .refine((check) => (check.value === undefined) !== (check.rows === undefined), {
    error: "an sql check needs either value or rows",
    path: ["query"],
  });
type Sql = z.output<typeof Sql>;
type Row = Readonly<Record<string, unknown>>;

export function judgeSql(check: Sql, { query }: Outcome): CheckResult {
  const found = runQuery(check.query, query);
  if (check.value !== undefined) {
    const cells = found.flatMap((row) => Object.values(row).map(toJson));
    const right = cells.length === 1 && sameJson(cells[0], check.value, check.tolerance);
    const shown = cells.length === 1 ? showJson(cells[0]) : cells.length === 0 ? "nothing" : `${found.length} rows`;
    return right
      ? { score: 1, feedback: `The world holds ${showJson(check.value)}, as expected (${check.query}).` }
      : { score: 0, feedback: `The world should hold ${showJson(check.value)} but holds ${shown} (${check.query}).` };
  }
  const wanted = check.rows ?? [];
  if (sameRows(found, wanted, check)) return { score: 1, feedback: `The world is as expected (${check.query}).` };
  const shown = showJson(found.map((row) => toJson(row)));
  return { score: 0, feedback: `The world should hold ${showJson(wanted)} but holds ${shown} (${check.query}).` };
}

function runQuery(sql: string, query: Outcome["query"]): readonly Row[] {
  if (query === undefined) {
    throw new AlleleError({
      code: "no-world",
      message: `an sql check was asked of a task without a database: ${sql}`,
      hint: "Let the dataset's tool module make a world with a query function, or remove the check.",
    });
  }
  try {
    return query(sql);
  } catch (error) {
    throw new AlleleError({
      code: "bad-query",
      message: `the query of an sql check failed: ${messageOf(error)} (${sql})`,
      hint: "Try the query on the world's schema.",
      cause: error,
    });
  }
}

function sameRows(
  found: readonly Row[],
  wanted: readonly (readonly Json[] | Readonly<Record<string, Json>>)[],
  check: Sql,
): boolean {
  if (found.length !== wanted.length) return false;
  const rest = [...found];
  return wanted.every((row) => {
    const at = check.ordered
      ? sameRow(rest[0], row, check.tolerance)
        ? 0
        : -1
      : rest.findIndex((candidate) => sameRow(candidate, row, check.tolerance));
    if (at !== -1) rest.splice(at, 1);
    return at !== -1;
  });
}

function sameRow(found: Row | undefined, wanted: Json, tolerance: number): boolean {
  if (found === undefined) return false;
  return sameJson(toJson(Array.isArray(wanted) ? Object.values(found) : found), wanted, tolerance);
}

/** SQLite's cells as JSON: large integers as numbers, blobs as text. */
function toJson(cell: unknown): Json {
  if (typeof cell === "bigint") return Number(cell);
  if (cell instanceof Uint8Array) return new TextDecoder().decode(cell);
  if (Array.isArray(cell)) return cell.map(toJson);
  if (cell !== null && typeof cell === "object") {
    return Object.fromEntries(Object.entries(cell).map(([name, value]) => [name, toJson(value)]));
  }
  return (cell ?? null) as Json;
}
