import { z } from "zod";
import { tryParseJson, type Json } from "../../base/index.ts";

/** A place in JSON: member names and 0-based positions, such as `orders[0].id` or `orders.0.id`. Empty: the whole. */
export const JsonPath = z
  .string()
  .regex(/^(?:[^.[\]]+|\[\d+\])?(?:\.[^.[\]]+|\[\d+\])*$/, "a path looks like orders[0].id");

/**
 * The JSON a text holds: the text itself, else its last fenced block, else the last object or list in it that parses.
 * Undefined when there is none. A bare word or number counts only when it is the whole text.
 */
export function findJson(text: string): Json | undefined {
  const whole = tryParseJson(text.trim());
  if (whole !== undefined) return whole;
  const fenced = [...text.matchAll(/```\w*\n?([\s\S]*?)```/g)]
    .map((match) => tryParseJson((match[1] ?? "").trim()))
    .findLast((value) => value !== undefined);
  return fenced ?? lastBracketed(text);
}

/** The value at a path, or undefined. */
export function lookUp(value: Json | undefined, path: string): Json | undefined {
  const steps = path.split(/[.[\]]+/).filter((step) => step !== "");
  return steps.reduce<Json | undefined>((at, step) => {
    if (at === null || typeof at !== "object") return undefined;
    return Object.hasOwn(at, step) ? (at as Readonly<Record<string, Json>>)[step] : undefined;
  }, value);
}

/** A short text for feedback. */
export function showJson(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 117)}...`;
}

/** Equal data; numbers within `tolerance` (absolute, or one part in 10^9); strings as `sameText` says. */
export function sameJson(
  a: Json | undefined,
  b: Json | undefined,
  tolerance = 0,
  sameText: (a: string, b: string) => boolean = Object.is,
): boolean {
  if (typeof a === "number" && typeof b === "number") return nearlyEqual(a, b, tolerance);
  if (typeof a === "string" && typeof b === "string") return sameText(a, b);
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Readonly<Record<string, Json>>;
  const right = b as Readonly<Record<string, Json>>;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key], tolerance, sameText));
}

/** Whether two numbers differ by no more than `tolerance`, or by rounding of the machine (one part in 10^9). */
export function nearlyEqual(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a - b) <= tolerance + 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
}

function lastBracketed(text: string): Json | undefined {
  let found: Json | undefined;
  let index = 0;
  while (index < text.length) {
    const end = text[index] === "{" || text[index] === "[" ? closingBracket(text, index) : -1;
    const value = end === -1 ? undefined : tryParseJson(text.slice(index, end + 1));
    if (value !== undefined) found = value;
    index = value === undefined ? index + 1 : end + 1;
  }
  return found;
}

function closingBracket(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === "\\") index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}
