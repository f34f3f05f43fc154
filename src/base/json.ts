import { AlleleError, messageOf, type SourceLocation } from "./error.ts";

/** Anything that JSON can write. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Parses JSON text. Throws AlleleError `malformed-json` with the line and column of the mistake where the engine tells. */
export function parseJson(text: string, where: SourceLocation = { file: "input" }): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(messageOf(error))?.[1] ?? Number.NaN);
    throw new AlleleError({
      code: "malformed-json",
      message: `not valid JSON: ${messageOf(error)}`,
      hint: "Check for a missing quote, comma or bracket; a truncated file ends too early.",
      where: Number.isNaN(offset) ? where : locate(text, offset, where),
      cause: error,
    });
  }
}

/** Parses JSON from a model or a server: undefined instead of an error. */
export function tryParseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Canonical JSON: object keys sorted, no whitespace, undefined members left out. Equal data gives equal text.
 * Throws RangeError for numbers JSON cannot hold (NaN, infinities).
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`);
    return JSON.stringify(value);
  }
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) text += `${text === "" ? "" : ","}${canonicalJson(item ?? null)}`;
    return `[${text}]`;
  }
  if (typeof value === "object") {
    const members = value as Record<string, unknown>;
    for (const key of Object.keys(members).toSorted()) {
      const member = members[key];
      if (member !== undefined) text += `${text === "" ? "" : ","}${quoted(key)}:${canonicalJson(member)}`;
    }
    return `{${text}}`;
  }
  throw new TypeError(`a ${typeof value} has no JSON form`);
}

/** Short words in which nothing needs escaping: most of what a journal holds. */
const plain = /^[\w .:,/-]{0,40}$/;

function quoted(text: string): string {
  return plain.test(text) ? `"${text}"` : JSON.stringify(text);
}

function locate(text: string, offset: number, where: SourceLocation): SourceLocation {
  const before = text.slice(0, offset).split("\n");
  return {
    file: where.file,
    line: (where.line ?? 1) + before.length - 1,
    column: (before.at(-1)?.length ?? 0) + 1,
  };
}
