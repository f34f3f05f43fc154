import { AlleleError, didYouMean } from "../base/index.ts";
import { capo } from "./forms/capo.ts";
import type { RecordedForm, RecordedSet } from "./forms/form.ts";
import { gepaPrompts, scaffolds } from "./forms/matrices.ts";
import { rows } from "./forms/rows.ts";
import { slab } from "./forms/slab.ts";
import { requireChoice, type Holes } from "./recorded-table.ts";

/** All forms in which recorded behaviour is read. */
const recordedForms: readonly RecordedForm[] = [rows, capo, slab, gepaPrompts, scaffolds];

interface ReadOptions {
  /** Name of the form; default `rows`. */
  readonly form?: string | undefined;
  /** Default: refuse. */
  readonly holes?: Holes | undefined;
  /** Only tables whose name is this or begins with it; default: all. */
  readonly table?: string | undefined;
}

/**
 * Reads tables of recorded behaviour. Throws AlleleError `unknown-form`, `unknown-table`, `too-few-arms`, `too-few-items` and what the
 * form throws.
 */
export function readRecorded(files: readonly string[], options: ReadOptions = {}): RecordedSet {
  const { form: name = rows.name, holes = "refuse", table: wanted = "" } = options;
  const form = recordedForms.find((known) => known.name === name);
  if (form === undefined) throw unknown("unknown-form", `form "${name}"`, name, recordedForms);
  const seen: { name: string }[] = [];
  const set = form.read(files, holes, (table) => {
    seen.push({ name: table });
    return table.startsWith(wanted);
  });
  if (set.tables.length === 0) throw unknown("unknown-table", `table "${wanted}" in ${files.join(", ")}`, wanted, seen);
  for (const table of set.tables) requireChoice(table);
  return set;
}

/** Names that an error lists. */
const SHOWN = 20;

function unknown(code: string, what: string, name: string, known: readonly { readonly name: string }[]): AlleleError {
  const names = known.map((one) => one.name);
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return new AlleleError({
    code,
    message: `there is no ${what}${didYouMean(name, names)}`,
    hint: names.length === 0 ? "The file is empty." : `There are: ${names.slice(0, SHOWN).join(", ")}${more}.`,
  });
}
