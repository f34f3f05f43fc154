import { basename } from "node:path";
import { z } from "zod";
import { validate } from "../../base/index.ts";
import { readRows } from "../../importers/index.ts";
import { tableOf, type RecordedResult } from "../recorded-table.ts";
import type { RecordedForm } from "./form.ts";

const Name = z.union([z.string().trim().min(1, "a name is needed"), z.number().transform(String)]);
/** Of a CSV file every cell is text; an empty one is no number. */
const number = (text: unknown): unknown => (typeof text === "string" && text.trim() !== "" ? Number(text) : text);
const nothing = (value: unknown): unknown => (value === "" || value === null ? undefined : value);

const Row = z.strictObject({
  arm: Name,
  item: Name,
  score: z.preprocess(number, z.number("a number in [0, 1] is needed").min(0).max(1)),
  cost: z.preprocess((value) => number(nothing(value)), z.number("a number of at least 0 is needed").min(0).optional()),
  split: z.preprocess(nothing, z.enum(["play", "test"]).default("play")),
  table: z.preprocess(nothing, Name.optional()),
});

/** Allele's own form of recorded behaviour: a result a line. */
export const rows: RecordedForm = {
  name: "rows",
  about: "CSV or JSONL with arm, item, score and, where wanted, cost, split (play, test) and table",
  read: (files, holes, wants) => {
    const found = files.flatMap((file) =>
      readRows(file).map(({ values, where }) => {
        const { table = basename(file).replace(/\.\w+$/, ""), split, ...result } = validate(Row, values, () => where);
        return { table, result: { ...result, isTest: split === "test", where } satisfies RecordedResult };
      }),
    );
    const sets = [...Map.groupBy(found, ({ table }) => table)]
      .filter(([name]) => wants(name))
      .map(([name, own]) =>
        tableOf(
          name,
          own.map(({ result }) => result),
          holes,
        ),
      );
    return { tables: sets.map(({ table }) => table), notes: sets.flatMap(({ note }) => note ?? []) };
  },
};
