import { basename } from "node:path";
import { textHash } from "../../base/index.ts";
import type { WrittenCheck } from "../../dataset/index.ts";
import type { Form, ImportedTask } from "../form.ts";
import { readRows, textAt, textsAt, valueAt, type Row } from "../rows.ts";
import { readSettings } from "../settings.ts";
import { z } from "zod";

interface Kind {
  readonly input?: (row: Row) => string;
  /** All right answers. */
  readonly answers?: (row: Row) => readonly string[];
  readonly check?: (answers: readonly string[]) => WrittenCheck;
}

/** Exact: the first line, case, spacing and closing punctuation aside. */
const exact = (answers: readonly string[]): WrittenCheck => ({ type: "equals", of: "first-line", value: answers });
const overlap = (answers: readonly string[]): WrittenCheck => ({ type: "token_f1", of: "first-line", value: answers });
const words = ([answer = ""]: readonly string[]): WrittenCheck => ({
  type: "set",
  of: "first-line",
  values: answer.split(/[\s,]+/).filter((word) => word !== ""),
  item: "[^\\s,;.]+",
  partial: false,
});
const contained = (answers: readonly string[]): WrittenCheck => ({
  type: "contains_any",
  of: "first-line",
  values: answers,
  whole_words: true,
});

/** What differs from `input`, `output` and an exact match. Metrics after Honovich et al. 2022 and the APE repository. */
const kinds: Readonly<Record<string, Kind>> = {
  cause_and_effect: { input: shuffledPair, answers: (row) => [textAt(row, "cause")] },
  common_concept: {
    input: (row) => textAt(row, "items"),
    answers: (row) => textsAt(row, "all_common_concepts"),
    check: overlap,
  },
  informal_to_formal: { check: overlap },
  orthography_starts_with: { check: words },
  taxonomy_animal: { check: words },
  synonyms: { check: contained },
  rhymes: {
    answers: (row) => textsAt(row, "other_rhymes").filter((word) => word !== textAt(row, "input")),
  },
  num_to_verbal: { answers: (row) => spellings(textAt(row, "output")) },
  "translation_en-de": { answers: (row) => withOthers(row, "possible_translations") },
  "translation_en-es": { answers: (row) => withOthers(row, "possible_translations") },
  "translation_en-fr": { answers: (row) => withOthers(row, "possible_translations") },
  word_in_context: { answers: (row) => withOthers(row, "possible_outputs") },
};

/**
 * Instruction induction (Honovich et al. 2022): the agent sees an input alone and has to know from its instruction what to do with it. Rows of
 * `NAME.execute.jsonl` are the held-out test; those of `NAME.induce.jsonl` become train and validation.
 */
export const instructionInduction: Form = {
  name: "instruction-induction",
  about: "instruction induction: NAME.induce.jsonl (train and validation) and NAME.execute.jsonl (test)",
  licence: "MIT",
  source: "Instruction induction (Honovich et al. 2022), in the form of the automatic_prompt_engineer repository",
  thirdParty: true,
  read: (files, settings) => {
    readSettings(z.strictObject({}), settings, "instruction-induction");
    return {
      description: `Instruction induction: ${[...new Set(files.map(nameOf))].join(", ")}.`,
      tasks: files.flatMap((file) => readRows(file).map((row) => taskOf(row, file))),
      leftOut: [],
    };
  },
};

function taskOf(row: Row, file: string): ImportedTask {
  const kind = kinds[nameOf(file)] ?? {};
  const answers = kind.answers?.(row) ?? textsAt(row, "output");
  return {
    id: textAt(row, "id"),
    input: kind.input?.(row) ?? textAt(row, "input"),
    checks: [(kind.check ?? exact)(answers)],
    tags: [nameOf(file)],
    split: /\.execute\.\w+$/.test(file) ? "test" : undefined,
    where: row.where,
  };
}

const nameOf = (file: string): string => basename(file).replace(/(?:\.(?:execute|induce))?\.\w+$/, "");

/** Cause and effect in an order that follows from the texts alone. */
function shuffledPair(row: Row): string {
  const pair = [textAt(row, "cause"), textAt(row, "effect")];
  const [first, second] = /[0-7]$/.test(textHash(pair.join("\n"))) ? pair : pair.toReversed();
  return `Sentence 1: ${first} Sentence 2: ${second}`;
}

function withOthers(row: Row, path: string): readonly string[] {
  const others = valueAt(row, path) === undefined ? [] : textsAt(row, path);
  return [...new Set([textAt(row, "output"), ...others])];
}

/** "one hundred and twenty-two" with and without its hyphens, commas and "and". */
function spellings(text: string): readonly string[] {
  const variants = [
    text,
    text.replaceAll(" and ", " "),
    text.replaceAll(",", ""),
    text.replaceAll(",", "").replaceAll(" and ", " "),
  ];
  return [...new Set(variants.flatMap((variant) => [variant, variant.replaceAll("-", " ")]))];
}
