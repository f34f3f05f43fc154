import type { Json } from "../base/index.ts";

/** A check as an author writes it. */
export type WrittenCheck = Readonly<Record<string, Json>>;

const ofLists = ["contains_any", "contains_all", "set", "list"];

/** Whether a type of check takes a list of `values` instead of one `value`. */
export function takesValues(type: unknown): boolean {
  return ofLists.some((name) => name === type);
}

/** A check without its value, completed by the right answers: as `values`, as a number, or as a text (several where any is right). */
export function withExpected(check: WrittenCheck, expected: readonly string[]): WrittenCheck {
  const type = check["type"];
  if (takesValues(type)) return { ...check, values: expected };
  const [first = ""] = expected;
  if (type === "number") return { ...check, value: Number(first) };
  return { ...check, value: expected.length > 1 ? expected : first };
}
