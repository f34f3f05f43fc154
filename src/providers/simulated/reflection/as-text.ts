import { tryParseJson, type Json, type Random } from "../../../base/index.ts";
import type { Intention } from "./edit.ts";
import { member, type ReflectionRequest } from "./request.ts";
import { rewrite } from "./rewrite.ts";
import { readToolText, writeToolText } from "./tool-text.ts";

/** The new value of a component for a request that wants the component itself and no JSON about it: in the form in which it was shown. */
export function rewriteAsText(request: ReflectionRequest, intention: Intention, random: Random): string {
  const { kind, current } = request;
  if (kind === "rules") {
    const rules = current.split("\n").map((line) => line.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/, "").trim());
    const present = rules.filter((rule) => rule !== "");
    const numbered = present.map((rule, i) => `${i + 1}. ${rule}`).join("\n");
    return edited(present, rewrite({ ...request, current: numbered }, intention, random)).join("\n");
  }
  const value = rewrite(request, intention, random);
  if (typeof value === "string") return value;
  const isJson = tryParseJson(current) !== undefined;
  const written = JSON.stringify(value, null, 2);
  return kind === "tool" && !isJson ? writeToolText(readToolText(written)) : written;
}

function edited(rules: readonly string[], edits: Json): readonly string[] {
  const list = Array.isArray(edits) ? edits : [];
  return list.reduce<readonly string[]>((now, edit) => {
    const [op, index, text] = ["op", "index", "text"].map((name) => member(edit, name));
    const at = Number(index) - 1;
    if (op === "remove") return now.toSpliced(at, 1);
    if (typeof text !== "string") return now;
    return op === "replace" ? now.with(at, text) : [...now, text];
  }, rules);
}
