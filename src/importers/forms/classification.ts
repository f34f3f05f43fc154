import { AlleleError } from "../../base/index.ts";
import type { Form } from "../form.ts";
import { Mapping, taskOf } from "../mapping.ts";
import { readRows, textAt, valueAt, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";

/** More classes than this are taken for a mistake of the mapping. */
const mostLabels = 100;

/**
 * Texts with one of a few labels in words, such as SST-2, SUBJ, TREC, SMS Spam, or sentence pairs. Without settings: `text` (or `premise` and
 * `hypothesis`), `label`, `split` and `id`; the labels are those of the files. Scored by the first label the answer names.
 */
export const classification: Form = {
  name: "classification",
  about: "texts with one of a few labels in words: text, label, and split and id where there are any",
  thirdParty: true,
  read: (files, settings) => {
    const rows = files.flatMap(readRows);
    const expected = typeof settings["expected"] === "string" ? settings["expected"] : "label";
    const defaults = {
      input:
        rows[0] !== undefined && Object.hasOwn(rows[0].values, "premise")
          ? "Premise: {premise}\nHypothesis: {hypothesis}"
          : "text",
      expected,
      ...(settings["labels"] === undefined ? { labels: labelsOf(rows, expected) } : {}),
      split: "split",
      ...(rows.every((row) => valueAt(row, "id") !== undefined) ? { id: "id" } : {}),
    };
    const mapping = readSettings(Mapping, { ...defaults, ...settings }, "classification");
    const labels = mapping.labels ?? [];
    return {
      description: `Classification: ${labels.join(", ")}.`,
      tasks: rows.map((row) => {
        const task = taskOf(row, mapping);
        return { ...task, tags: [`label:${task.label}`, ...(task.tags ?? [])] };
      }),
      leftOut: [],
    };
  },
};

function labelsOf(rows: readonly Row[], expected: string): readonly string[] {
  const labels = [...new Set(rows.map((row) => textAt(row, expected).trim()))].toSorted();
  if (labels.length >= 2 && labels.length <= mostLabels) return labels;
  throw new AlleleError({
    code: "no-label-set",
    message: `the column "${expected}" holds ${labels.length} different labels, which is no set to classify by`,
    hint: "Name the column with expected, or the labels with labels.",
    where: rows[0]?.where,
  });
}
