import { z } from "zod";
import type { CheckResult, Outcome } from "../outcome.ts";
import { bare, commonMembers, compiles, Pattern, quoted, Text } from "./common.ts";
import { findJson } from "./json-text.ts";
import { missingPart, Part, takePart } from "./part.ts";

const members = {
  ...commonMembers,
  of: Part,
  /** May be empty: nothing is to be named. */
  values: z.array(Text),
  /** What an item looks like: the items are all matches. Else a JSON list, else what commas, semicolons, lines and "and" part. */
  item: Pattern.optional(),
  /** False: everything right or nothing. */
  partial: z.boolean().default(true),
};

/** The items in any order, each counted once. Score: F1 of the items named. */
export const SetCheck = z.strictObject({ type: z.literal("set"), ...members }).superRefine(compiles("item"));
/** The items in this order. Score: twice the longest common subsequence over both lengths. */
export const ListCheck = z.strictObject({ type: z.literal("list"), ...members }).superRefine(compiles("item"));

export function judgeCollection(check: z.output<typeof SetCheck | typeof ListCheck>, { answer }: Outcome): CheckResult {
  const text = takePart(answer, check.of);
  if (text === undefined) return { score: 0, feedback: missingPart(answer, check.of) };
  const once = (items: readonly string[]): string[] => (check.type === "set" ? [...new Set(items)] : [...items]);
  const found = once(itemsOf(text, check.item));
  const wanted = once(check.values.map((value) => bare(String(value))));
  const both =
    check.type === "set" ? found.filter((item) => wanted.includes(item)).length : commonLength(found, wanted);
  const total = found.length + wanted.length;
  const graded = total === 0 ? 1 : (2 * both) / total;
  return { score: check.partial || graded === 1 ? graded : 0, feedback: describe(check.type, found, wanted) };
}

/** The items a text names, in order, each in its bare form. */
function itemsOf(text: string, item: string | undefined): string[] {
  if (item !== undefined) return [...text.matchAll(new RegExp(item, "gi"))].map((match) => bare(match[1] ?? match[0]));
  const json = findJson(text);
  if (Array.isArray(json)) return json.map((value) => bare(typeof value === "string" ? value : JSON.stringify(value)));
  return text
    .split(/[\n,;]+|\s+(?:and|&)\s+/)
    .map((part) => bare(part.replace(/^\s*(?:[-*•]|\d+[.)])\s+|^\s*and\s+/, "")))
    .filter((part) => part !== "" && part !== "none");
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let row = b.map(() => 0);
  for (const item of a) {
    const next: number[] = [];
    for (const [index, other] of b.entries()) {
      const diagonal = index === 0 ? 0 : (row[index - 1] ?? 0);
      next.push(item === other ? diagonal + 1 : Math.max(row[index] ?? 0, next[index - 1] ?? 0));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function describe(type: "set" | "list", found: readonly string[], wanted: readonly string[]): string {
  const missing = wanted.filter((item) => !found.includes(item));
  const extra = found.filter((item) => !wanted.includes(item));
  const complaints = [
    ...(missing.length > 0 ? [`lacks ${missing.map(quoted).join(", ")}`] : []),
    ...(extra.length > 0 ? [`names ${extra.map(quoted).join(", ")}, which does not belong there`] : []),
  ];
  if (complaints.length > 0) return `The ${type} ${complaints.join(" and ")}.`;
  if (type === "list" && (found.length !== wanted.length || found.some((item, index) => item !== wanted[index]))) {
    return `The list has the right items in the wrong order or number; it should be ${wanted.map(quoted).join(", ")}.`;
  }
  return `The ${type} is complete and has nothing else.`;
}
