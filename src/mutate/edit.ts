import { z } from "zod";
import { tryParseJson } from "../base/index.ts";
import { StrategyValue, type Gene, type ToolText } from "../genome/index.ts";
import { applyRuleEdits } from "./rule-edits.ts";
import type { RuleEdit } from "./reply-form.ts";

/** One small change within one gene. `at` says where: a passage of a text, numbers of rules, a member of a tool description. */
export const Edit = z.object({
  op: z.enum(["add", "replace", "remove", "merge", "set"]),
  at: z.union([z.string(), z.number()]).nullish(),
  text: z.union([z.string(), z.number(), z.boolean()]).nullish(),
});
export type Edit = Readonly<z.infer<typeof Edit>>;

/** As a strict provider asks for it: every member required, all of one kind. */
export const EditForm = z.strictObject({
  op: z.enum(["add", "replace", "remove", "merge", "set"]),
  at: z.string().nullable(),
  text: z.string().nullable(),
});

export type Edited = { readonly value: Gene["value"] } | { readonly flaw: string };

/** A gene's value after edits, or why they make no sense: nothing is guessed. Bounds are checked elsewhere. */
export function applyEdits(gene: Gene, edits: readonly Edit[]): Edited {
  if (edits.length === 0) return { flaw: "no edit" };
  switch (gene.type) {
    case "text":
      return editText(gene.value, edits);
    case "rules":
      return editRules(gene.value, edits);
    case "tool":
      return editTool(gene.value, edits);
    case "set":
      return editSet(gene.value, edits);
    case "demos":
      return { flaw: "examples are taken from solved tasks, not written" };
    case "labels":
      return rewordLabels(gene, edits);
    default:
      return setValue(gene, edits);
  }
}

function editText(before: string, edits: readonly Edit[]): Edited {
  let value = before;
  for (const edit of edits) {
    const [text, passage] = [textOf(edit), placeOf(edit)];
    if (edit.op === "merge") return { flaw: "a text has no parts to merge" };
    if (edit.op !== "remove" && text === "") return { flaw: `${edit.op} without a text` };
    if (edit.op === "set") value = text;
    else if (edit.op === "add") value = joined(value, text);
    else {
      const found = occurrence(value, passage);
      if (found === undefined) return { flaw: `${edit.op} of a passage that does not stand there: "${passage}"` };
      value = tidy(`${value.slice(0, found.start)}${edit.op === "remove" ? "" : text}${value.slice(found.end)}`);
    }
  }
  return { value };
}

/** A sentence more, in the manner of the text: a list goes on as a list, paragraphs as paragraphs. */
function joined(text: string, sentence: string): string {
  if (text.trim() === "") return sentence;
  const bullet = /^\s*[-*•]\s/m.test(text) && !/^\s*[-*•]\s/.test(sentence) ? "\n- " : undefined;
  return `${text.trimEnd()}${bullet ?? (text.includes("\n") ? "\n" : " ")}${sentence}`;
}

/** Where a passage stands, whatever its blanks and line ends. */
function occurrence(text: string, passage: string): { readonly start: number; readonly end: number } | undefined {
  const words = passage.split(/\s+/).filter((word) => word !== "");
  if (words.length === 0) return undefined;
  const pattern = words.map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
  const found = new RegExp(pattern).exec(text);
  return found === null ? undefined : { start: found.index, end: found.index + found[0].length };
}

function tidy(text: string): string {
  return text
    .replaceAll(/[ \t]+\n/g, "\n")
    .replaceAll(/\n\s*[-*•]\s*(?=\n|$)/g, "")
    .replaceAll(/(\S) {2,}/g, "$1 ")
    .trim();
}

function editRules(rules: readonly string[], edits: readonly Edit[]): Edited {
  const steps = edits.flatMap((edit): RuleEdit[] => {
    const text = textOf(edit);
    if (edit.op === "add") return [{ op: "add", text }];
    const numbers = ruleNumbers(rules, placeOf(edit));
    if (edit.op === "remove") return numbers.map((index) => ({ op: "remove", index }));
    const [first = 0, ...rest] = numbers;
    const merged = edit.op === "merge" ? rest.map((index): RuleEdit => ({ op: "remove", index })) : [];
    return [{ op: "replace", index: first, text }, ...merged];
  });
  const value = edits.some(({ op }) => op === "set") ? "rules are edited one by one" : applyRuleEdits(rules, steps);
  return typeof value === "string" ? { flaw: value } : { value: [...value] };
}

/** Numbers as they are given, or the number of a rule given by its text; [0] names none. */
function ruleNumbers(rules: readonly string[], place: string): readonly number[] {
  const position = rules.indexOf(place.trim());
  if (position !== -1) return [position + 1];
  if (!/^[\s\d,;#and.]+$/.test(place)) return [0];
  const numbers = [...place.matchAll(/\d+/g)].map(([number]) => Number(number));
  return numbers.length === 0 ? [0] : numbers;
}

function editTool(before: ToolText, edits: readonly Edit[]): Edited {
  let value: ToolText = before;
  for (const edit of edits) {
    const [text, place] = [textOf(edit), placeOf(edit)];
    if (edit.op === "merge") return { flaw: "a tool description has no parts to merge" };
    if (edit.op !== "remove" && text === "") return { flaw: `${edit.op} without a text` };
    if (place === "examples") value = { ...value, examples: editExamples(value.examples, edit.op, text) };
    else if (place === "summary" || place === "when" || place === "when_not") {
      const old = value[place];
      value = { ...value, [place]: edit.op === "remove" ? "" : edit.op === "add" ? joined(old, text) : text };
    } else return { flaw: `a tool description has no member "${place}"` };
  }
  return { value };
}

function editExamples(examples: readonly string[], op: Edit["op"], text: string): string[] {
  if (op === "remove") return [];
  return op === "add" ? [...examples.filter((example) => example !== text), text] : [text];
}

function editSet(before: readonly string[], edits: readonly Edit[]): Edited {
  let value = [...before];
  for (const edit of edits) {
    const member = textOf(edit) || placeOf(edit);
    if (edit.op === "add") value = [...value.filter((other) => other !== member), member];
    else if (edit.op === "remove") {
      if (!value.includes(member)) return { flaw: `remove of "${member}", which is not there` };
      value = value.filter((other) => other !== member);
    } else return { flaw: "members of a set are added or removed" };
  }
  return { value };
}

/** `at` names an answer, `text` its new wording. */
function rewordLabels({ answers, value: before }: Extract<Gene, { type: "labels" }>, edits: readonly Edit[]): Edited {
  let value = before;
  for (const edit of edits) {
    const index = answers.indexOf(placeOf(edit));
    if (index === -1) return { flaw: `there is no answer "${placeOf(edit)}"` };
    if ((edit.op !== "set" && edit.op !== "replace") || textOf(edit) === "") return { flaw: "a wording is replaced" };
    value = value.with(index, textOf(edit));
  }
  return { value };
}

type Single = Extract<Gene, { type: "enum" | "model" | "number" | "boolean" | "strategy" }>;

function setValue(gene: Single, edits: readonly Edit[]): Edited {
  const [edit] = edits;
  if (edit === undefined || edits.length > 1 || (edit.op !== "set" && edit.op !== "replace"))
    return { flaw: `a ${gene.type} gene is set, once` };
  const text = textOf(edit);
  if (gene.type === "enum" || gene.type === "model") return { value: text };
  const value = tryParseJson(text);
  if (gene.type === "number") return typeof value === "number" ? { value } : { flaw: `"${text}" is no number` };
  if (gene.type === "boolean")
    return typeof value === "boolean" ? { value } : { flaw: `"${text}" is not true or false` };
  const strategy = StrategyValue.safeParse(value);
  return strategy.success ? { value: strategy.data } : { flaw: "not the form of a strategy" };
}

function textOf({ text }: Edit): string {
  return String(text ?? "").trim();
}

function placeOf({ at }: Edit): string {
  return String(at ?? "").trim();
}
