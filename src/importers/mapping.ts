import { z } from "zod";
import { AlleleError, contentHash, didYouMean, type Json, type SourceLocation } from "../base/index.ts";
import { withExpected, type SplitName, type WrittenCheck } from "../dataset/index.ts";
import type { ImportedTask } from "./form.ts";
import { textAt, textsAt, valueAt, type Row } from "./rows.ts";
import { Names } from "./settings.ts";

const needed = (example: string) =>
  z
    .string({
      error: ({ input }) =>
        input === undefined
          ? `not said which column or path it is: --set ${example}, or in a file for --mapping`
          : undefined,
    })
    .min(1);

/**
 * Which column or path of a row becomes what. `input` may be a template with paths in braces, `Question: {question}`; a path alone is short
 * for it in braces. `check` is a type of check or a whole check without its value.
 */
export const Mapping = z.strictObject({
  input: needed("input=question"),
  expected: needed("expected=answer"),
  check: z
    .union([
      z
        .string()
        .min(1)
        .transform((type) => ({ type })),
      z.record(z.string(), z.json()),
    ])
    .optional()
    .transform((check): WrittenCheck | undefined => check),
  /** The closed set of right answers; the check is then of type `label` unless another is given. */
  labels: Names.optional(),
  /** Paths whose texts become tags. */
  tags: Names.default([]),
  split: z.string().min(1).optional(),
  family: z.string().min(1).optional(),
  /** Absent: the id is made from the row's content. */
  id: z.string().min(1).optional(),
});
export type Mapping = z.output<typeof Mapping>;

/**
 * Makes a task of a row. Throws AlleleError, each with file and line: `empty-row`, `missing-field`, `empty-field`, `not-a-text`,
 * `unknown-label`, `unknown-split`, `not-a-number`.
 */
export function taskOf(row: Row, mapping: Mapping): ImportedTask {
  refuseEmpty(row);
  const optional = (path: string | undefined): string | undefined => {
    const value = path === undefined ? undefined : valueAt(row, path);
    return path === undefined || value === undefined || value === null || value === "" ? undefined : textAt(row, path);
  };
  const split = optional(mapping.split);
  const expected = textsAt(row, mapping.expected).map((text) => text.trim());
  if (expected.every((text) => text === "")) textAt(row, mapping.expected);
  return {
    id:
      mapping.id === undefined
        ? contentHash(row.values).slice("s256:".length, "s256:".length + 12)
        : textAt(row, mapping.id),
    input: fillTemplate(mapping.input, row),
    checks: [checkOf(mapping, expected, row.where)],
    tags: mapping.tags.flatMap((path) => optional(path) ?? []),
    family: optional(mapping.family),
    split: split === undefined ? undefined : splitNamed(split, row.where),
    label: mapping.labels === undefined ? undefined : expected[0],
    where: row.where,
  };
}

/** A template with every `{path}` replaced by what stands there; `{{` and `}}` are braces. */
export function fillTemplate(template: string, row: Row): string {
  if (!/[{}]/.test(template)) return textAt(row, template);
  return template
    .replaceAll("\\n", "\n")
    .replaceAll(/\{\{|\}\}|\{([^{}]+)\}/g, (found, path: string | undefined) =>
      path === undefined ? (found[0] ?? "") : textAt(row, path.trim()),
    );
}

const splitWords: Readonly<Record<string, SplitName>> = {
  train: "train",
  training: "train",
  validation: "validation",
  valid: "validation",
  val: "validation",
  dev: "validation",
  development: "validation",
  test: "test",
  testing: "test",
};

function splitNamed(word: string, where: SourceLocation): SplitName {
  const split = splitWords[word.trim().toLowerCase()];
  if (split !== undefined) return split;
  throw new AlleleError({
    code: "unknown-split",
    message: `"${word}" is no split${didYouMean(word, Object.keys(splitWords))}; known are ${Object.keys(splitWords).join(", ")}`,
    hint: "Correct it, or leave split out of the mapping: then a hash of the input decides.",
    where,
  });
}

function checkOf(mapping: Mapping, expected: readonly string[], where: SourceLocation): WrittenCheck {
  const check = mapping.check ?? { type: mapping.labels === undefined ? "equals" : "label" };
  if (check["type"] === "number" && !Number.isFinite(Number(expected[0]))) {
    throw new AlleleError({
      code: "not-a-number",
      message: `"${expected[0]}" is no number, and the check is of type number`,
      hint: "Mend the row, or choose a check that compares texts.",
      where,
    });
  }
  if (mapping.labels === undefined) return withExpected(check, expected);
  const strange = expected.find((text) => !mapping.labels?.includes(text));
  if (strange === undefined) {
    return { ...withExpected(check, expected), ...(check["type"] === "label" ? { labels: mapping.labels } : {}) };
  }
  throw new AlleleError({
    code: "unknown-label",
    message: `"${strange}" is not in the set of labels${didYouMean(strange, mapping.labels)}: ${mapping.labels.join(", ")}`,
    hint: "Mend the row, or add the label to labels.",
    where,
  });
}

function refuseEmpty({ values, where }: Row): void {
  const written = Object.values(values).some((value) => value !== null && !isBlank(value));
  if (written) return;
  throw new AlleleError({ code: "empty-row", message: "this row is empty", hint: "Remove it.", where });
}

const isBlank = (value: Json): boolean => typeof value === "string" && value.trim() === "";
