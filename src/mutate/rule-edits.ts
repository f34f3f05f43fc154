import type { RuleEdit } from "./reply-form.ts";

/**
 * Applies edits to a list of rules, all indices counting from 1 in the list as it was before any of them; additions go to
 * the end in their order. A string says why the edits make no sense: nothing is guessed.
 */
export function applyRuleEdits(rules: readonly string[], edits: readonly RuleEdit[]): readonly string[] | string {
  const replaced = new Map<number, string | undefined>();
  const added: string[] = [];
  for (const { op, index, text } of edits) {
    const rule = text?.replaceAll(/\s+/g, " ").trim() ?? "";
    if (op !== "remove" && rule === "") return `${op} without a text`;
    if (op === "add") {
      added.push(rule);
      continue;
    }
    if (typeof index !== "number" || index < 1 || index > rules.length)
      return `${op} of rule ${index}, which is not there`;
    if (replaced.has(index)) return `two edits of rule ${index}`;
    replaced.set(index, op === "remove" ? undefined : rule);
  }
  const kept = rules.flatMap((rule, i) => (replaced.has(i + 1) ? (replaced.get(i + 1) ?? []) : rule));
  return [...kept, ...added];
}
