import type { Json, Random } from "../../../base/index.ts";
import { sentencesOf } from "../reading/split.ts";
import type { Component } from "./components.ts";
import { taught, teaches, type Intention } from "./edit.ts";
import { chooseStrategy, newSentences, rewriteTool } from "./rewrite.ts";
import { readToolText } from "./tool-text.ts";
import { toolWordings } from "./tool-wordings.ts";
import { composePlatitude } from "./wording.ts";

interface SmallEdit {
  readonly op: "add" | "replace" | "remove" | "set";
  readonly at: string | null;
  readonly text: string | null;
}

/** One or two small edits of a component that carry an intention out. */
export function smallEdits(component: Component, intention: Intention, random: Random): Json {
  const edits = editsOf(component, intention, random);
  return edits.map(({ op, at, text }) => ({ op, at, text }));
}

function editsOf(component: Component, intention: Intention, random: Random): readonly SmallEdit[] {
  switch (component.kind) {
    case "rules":
      return listEdits(component, intention, random);
    case "tool":
      return toolEdits(component, intention, random);
    case "strategy":
      return [{ op: "set", at: null, text: JSON.stringify(chooseStrategy(intention)) }];
    default:
      return textEdits(component, intention, random);
  }
}

function textEdits({ current, most }: Component, intention: Intention, random: Random): readonly SmallEdit[] {
  const added = newSentences(intention, random).join(" ");
  const sentences = sentencesOf(current).map(({ text }) => text);
  const victim = spoiled(sentences, intention, random);
  if (victim !== undefined)
    return [added === "" ? { op: "remove", at: victim, text: null } : { op: "replace", at: victim, text: added }];
  const stale = sentences.find((sentence) => isStale(sentence, intention));
  const full = current.length + added.length + 2 > most;
  const spare = stale ?? (full ? sentences.find((sentence) => !teaches(sentence)) : undefined);
  return [spare === undefined ? { op: "add", at: null, text: added } : { op: "replace", at: spare, text: added }];
}

function listEdits({ current, most }: Component, intention: Intention, random: Random): readonly SmallEdit[] {
  const rules = [...current.matchAll(/^\s*(\d+)[.)]\s+(.+)$/gm)].map(([, number = "", text = ""]) => ({
    number,
    text,
  }));
  const added = newSentences(intention, random).join(" ");
  const numberOf = (text: string): string => rules.find((rule) => rule.text === text)?.number ?? "1";
  const texts = rules.map(({ text }) => text);
  const victim = spoiled(texts, intention, random);
  if (victim !== undefined) {
    const at = numberOf(victim);
    return [added === "" ? { op: "remove", at, text: null } : { op: "replace", at, text: added }];
  }
  const stale = texts.find((text) => isStale(text, intention));
  const full = rules.length >= most;
  const spare = stale ?? (full ? (texts.find((text) => !teaches(text)) ?? texts[0]) : undefined);
  return [
    spare === undefined ? { op: "add", at: null, text: added } : { op: "replace", at: numberOf(spare), text: added },
  ];
}

/** What a harmful edit takes away: something that taught. */
function spoiled(sentences: readonly string[], { sort, harm }: Intention, random: Random): string | undefined {
  if (sort !== "harmful" || harm !== "drops" || sentences.length === 0) return undefined;
  const teaching = sentences.filter(teaches);
  return random.pick(teaching.length > 0 ? teaching : sentences);
}

/** Demands the very mistake that the edit is to mend. */
function isStale(sentence: string, { sort, target }: Intention): boolean {
  return sort === "useful" && target !== undefined && taught(sentence, target) < -0.1;
}

function toolEdits(component: Component, intention: Intention, random: Random): readonly SmallEdit[] {
  const before = readToolText(component.current);
  const name = component.id.replace(/^tool\./, "");
  if (intention.sort === "useful") {
    const missing = toolWordings.filter(
      ({ habit, tool, field, texts }) =>
        habit === intention.target && tool.test(name) && !texts.some((text) => before[field].includes(text)),
    );
    const edits = missing.slice(0, 2).map(({ field, texts }): SmallEdit => {
      const text = random.pick(texts);
      return field === "summary" ? { op: "replace", at: field, text } : { op: "add", at: field, text };
    });
    return edits.length > 0 ? edits : [{ op: "add", at: "when", text: composePlatitude(random) }];
  }
  const after = readToolText(JSON.stringify(rewriteTool(component, intention, random)));
  const fields = (["summary", "when", "when_not"] as const).filter((field) => after[field] !== before[field]);
  const [field = "when"] = fields;
  return after[field] === ""
    ? [{ op: "remove", at: field, text: null }]
    : [{ op: "replace", at: field, text: after[field] }];
}
