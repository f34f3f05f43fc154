import { AlleleError } from "../base/index.ts";
import { given } from "./parts.ts";

/** What was written a line each; empty lines do not count. */
export function givenLines(fields: URLSearchParams, name: string): readonly string[] {
  const lines = (fields.get(name) ?? "").split(/\r\n|\r|\n/).map((line) => line.trim());
  return lines.filter((line) => line !== "");
}

/** Throws `bad-field`. */
export function givenNumber(
  fields: URLSearchParams,
  name: string,
  least = 0,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  const text = given(fields, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw badField(name, text, `a number ${Number.isFinite(most) ? `from ${least} to ${most}` : `of at least ${least}`}`);
}

/** Throws `bad-field`. */
export function givenWholeNumber(fields: URLSearchParams, name: string, least: number): number | undefined {
  const text = given(fields, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw badField(name, text, `a whole number of at least ${least}`);
}

/** One of the words that a choice offers, the first where none was chosen. Throws `bad-field`. */
export function givenWord<Word extends string>(
  fields: URLSearchParams,
  name: string,
  words: readonly [Word, ...Word[]],
): Word {
  const text = given(fields, name) ?? words[0];
  const found = words.find((word) => word === text);
  if (found !== undefined) return found;
  throw badField(name, text, `one of ${words.join(", ")}`);
}

function badField(name: string, text: string, wanted: string): AlleleError {
  return new AlleleError({
    code: "bad-field",
    message: `${name}: "${text}" is not ${wanted}`,
    hint: "Correct it and send the form again.",
  });
}
