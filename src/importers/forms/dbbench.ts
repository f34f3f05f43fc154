import { basename } from "node:path";
import { z } from "zod";
import { messageOf, textHash, validate, type Json } from "../../base/index.ts";
import type { WrittenCheck } from "../../dataset/index.ts";
import { openTable, quoteName } from "../../worlds/index.ts";
import type { Form, ImportedTask, LeftOut } from "../form.ts";
import { readRows, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";
import { worldTools } from "../world-tools.ts";

const Cell = z.union([z.string(), z.number(), z.null()]);
const Entry = z.looseObject({
  description: z.string().min(1),
  add_description: z.string().default(""),
  label: z.array(z.union([z.string(), z.number()])).min(1),
  type: z.array(z.string()).min(1),
  table: z.looseObject({
    table_name: z.string().min(1),
    table_info: z.looseObject({
      columns: z.array(z.looseObject({ name: z.string(), type: z.string() })),
      rows: z.array(z.array(Cell)),
    }),
  }),
});
type Entry = z.output<typeof Entry>;

const answerPart = { after: "Answer:", otherwise: "answer" };

/**
 * The database tasks of AgentBench (Liu et al. 2023): one table each, and a question or a change. Changes are judged by the table that is left, held
 * against the table after the recorded statement; entries whose recorded statement does not run are left out. `standard.jsonl` is the test.
 */
export const dbbench: Form = {
  name: "dbbench",
  about: "AgentBench's database tasks: standard.jsonl (test) and dev.jsonl (train, validation)",
  licence: "Apache-2.0",
  source: "AgentBench DB (Liu et al. 2023), tables from WikiSQL, WikiTQ, FeTaQA and HybridQA",
  thirdParty: true,
  read: (files, settings) => {
    readSettings(z.strictObject({}), settings, "dbbench");
    const found = files.flatMap((file) => readRows(file).map((row) => taskOf(row, basename(file))));
    return {
      description: "Questions about a table in SQLite, and changes of it, through a tool that runs SQL.",
      tasks: found.filter((entry): entry is ImportedTask => "checks" in entry),
      leftOut: found.filter((entry): entry is LeftOut => "reason" in entry),
      files: { "tools.ts": worldTools("table") },
    };
  },
};

function taskOf({ values, where }: Row, file: string): ImportedTask | LeftOut {
  const entry = validate(Entry, values, () => where);
  const { table_name: name, table_info } = entry.table;
  const columns = table_info.columns.map((column) => ({ name: column.name, type: column.type }));
  const world = { table: { name, columns, rows: table_info.rows } };
  const kind = entry.type[0] ?? "other";
  const writes = kind === "INSERT" || kind === "UPDATE";
  let checks: readonly WrittenCheck[];
  try {
    checks = [writes ? leftTable(entry, world) : answerCheck(entry.label.map(String))];
    openTable(world).close();
  } catch (error) {
    return { where, reason: `the recorded statement or its table does not work in SQLite: ${messageOf(error)}` };
  }
  return {
    id: `${file.replace(/\.\w+$/, "")}-${where.line}`,
    input: `${entry.description}\n${entry.add_description}\n${manner(writes)}`,
    checks,
    tags: [kind, writes ? "write" : "read"],
    family: textHash(name),
    split: file.startsWith("standard") ? "test" : undefined,
    world,
    where,
  };
}

const manner = (writes: boolean): string =>
  writes
    ? "Change the table."
    : 'Finish with a line "Answer:" and the result; several results as a JSON list of strings.';

/** The table as it is after the recorded statement, whatever the order of its rows. Throws what SQLite says. */
function leftTable(entry: Entry, spec: Json): WrittenCheck {
  const world = openTable(spec);
  try {
    for (const statement of entry.label) world.run(String(statement));
    const query = `select * from ${quoteName(entry.table.table_name)}`;
    const rows = world.query(query).map((row) => Object.values(row) as Json[]);
    return { type: "sql", query, rows, feedback: "The table that was left is not the one asked for." };
  } finally {
    world.close();
  }
}

/** One number with a tolerance, one text, or several of either in any order. */
function answerCheck(labels: readonly string[]): WrittenCheck {
  const [only = "", ...more] = labels;
  if (more.length > 0) return { type: "set", of: answerPart, values: labels, partial: false };
  const number = /^-?\d[\d,]*(?:\.\d+)?$/.test(only) ? Number(only.replaceAll(",", "")) : Number.NaN;
  const listed = { type: "set", of: answerPart, values: [only], partial: false };
  const exact = { type: "equals", of: answerPart, value: only };
  if (Number.isNaN(number)) return { type: "any", checks: [exact, listed] };
  return { type: "any", checks: [{ type: "number", of: answerPart, value: number, tolerance: 0.01 }, exact] };
}
