import type { Form } from "../form.ts";
import { Mapping, taskOf } from "../mapping.ts";
import { readRows } from "../rows.ts";
import { readSettings } from "../settings.ts";

/** Any JSONL or CSV file, by a mapping. */
export const rows: Form = {
  name: "rows",
  about: "any JSONL or CSV file, by a mapping of its columns or paths",
  thirdParty: false,
  read: (files, settings) => {
    const mapping = readSettings(Mapping, settings, "rows");
    return {
      description: `Imported rows: ${mapping.input} to ${mapping.expected}.`,
      tasks: files.flatMap(readRows).map((row) => taskOf(row, mapping)),
      leftOut: [],
    };
  },
};
