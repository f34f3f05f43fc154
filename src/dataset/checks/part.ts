import { z } from "zod";
import { compiles, Pattern, PatternFlags } from "./common.ts";
import { findJson, lookUp, JsonPath } from "./json-text.ts";

/**
 * Which part of the answer a check looks at.
 * `after`: what follows the last occurrence of a marker such as "Answer:", to the end of that line (or the next line, when the rest is empty).
 * `matching`: the first capture, or the whole match, of the last match of a regular expression.
 * `json`: the value at a path in the JSON the answer holds, as text.
 * `otherwise: answer`: when that part is missing, the whole answer; else a missing part fails the check.
 */
export const Part = z
  .union(
    [
      z.enum(["answer", "first-line", "last-line"]),
      z.strictObject({ after: z.string().min(1), otherwise: z.literal("answer").optional() }),
      z
        .strictObject({ matching: Pattern, flags: PatternFlags.optional(), otherwise: z.literal("answer").optional() })
        .superRefine(compiles("matching")),
      z.strictObject({ json: JsonPath, otherwise: z.literal("answer").optional() }),
    ],
    {
      error:
        'must be "answer", "first-line", "last-line", { after: TEXT }, { matching: REGEX, flags } or { json: PATH }, the last three optionally with otherwise: answer',
    },
  )
  .default("answer");
export type Part = z.output<typeof Part>;

/** The part of the answer, trimmed; undefined when the answer has no such part. */
export function takePart(answer: string, part: Part): string | undefined {
  const found = typeof part === "string" ? namedPart(answer, part) : markedPart(answer, part);
  if (found !== undefined) return found;
  return typeof part === "object" && part.otherwise === "answer" ? answer.trim() : undefined;
}

/** The part in words, such as `the text after "Answer:"`. */
export function describePart(part: Part): string {
  if (typeof part === "string") return part === "answer" ? "the answer" : `the ${part.replace("-", " ")}`;
  if ("after" in part) return `the text after "${part.after}"`;
  if ("matching" in part) return `the text matching /${part.matching}/`;
  return `the JSON member "${part.json}"`;
}

/** What feedback says when the part is missing. */
export function missingPart(answer: string, part: Part): string {
  if (answer.trim() === "") return "There is no answer.";
  if (typeof part === "object" && "after" in part) return `The answer has no text after "${part.after}".`;
  return `The answer has nothing that is ${describePart(part)}.`;
}

function namedPart(answer: string, part: "answer" | "first-line" | "last-line"): string | undefined {
  if (part === "answer") return answer.trim();
  const lines = linesOf(answer);
  return part === "first-line" ? lines[0] : lines.at(-1);
}

function markedPart(answer: string, part: Exclude<Part, string>): string | undefined {
  if ("after" in part) {
    const at = answer.toLowerCase().lastIndexOf(part.after.toLowerCase());
    if (at === -1) return undefined;
    return linesOf(answer.slice(at + part.after.length)).find((line) => line !== "");
  }
  if ("matching" in part) {
    const match = [...answer.matchAll(new RegExp(part.matching, `g${part.flags ?? ""}`))].at(-1);
    return (match?.[1] ?? match?.[0])?.trim();
  }
  const value = lookUp(findJson(answer), part.json);
  if (value === undefined) return undefined;
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Non-empty lines without the emphasis marks models put around a marker and its value. */
function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/^[\s*_`]+|[\s*_`]+$/g, ""))
    .filter((line) => line !== "");
}
