import { tryParseJson, type Json } from "../../../base/index.ts";
import { member, type Evidence } from "./request.ts";

const titles = {
  task: /^(?:task|inputs?|question|request)$/i,
  behaviour: /^(?:steps|answer|generated.?outputs?|outputs?|response|trace|trajectory|prediction)$/i,
  feedback: /^(?:feedback|critique|judge|comments?)$/i,
} as const;

/** Evidence as an array of JSON objects, wherever in a text the first such array stands that tells of tasks; empty without one. */
export function jsonEvidenceIn(text: string): readonly Evidence[] {
  for (const { index } of text.matchAll(/\[\s*\{/g)) {
    const rows = tryParseJson(text.slice(index, endOfArray(text, index)));
    const evidence = Array.isArray(rows) ? rows.map(readRow) : [];
    if (evidence.some(({ task }) => task !== "")) return evidence;
  }
  return [];
}

/** Behind the bracket that closes the one at `start`; brackets in strings do not count. */
function endOfArray(text: string, start: number): number {
  let depth = 0;
  for (const { 0: piece, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\.)*"|[[\]]/g)) {
    if (piece === "[") depth += 1;
    if (piece === "]") depth -= 1;
    if (depth === 0 && piece === "]") return start + index + 1;
  }
  return text.length;
}

function readRow(row: Json): Evidence {
  const feedback = linesOf(stringsUnder(row, titles.feedback));
  const told = member(row, "score") ?? /\bscore\b\D{0,6}(\d(?:\.\d+)?)/i.exec(feedback.join("\n"))?.[1];
  return {
    score: Math.min(1, Number(told ?? 0)),
    task: stringsUnder(row, titles.task).join("\n"),
    behaviour: stringsUnder(row, titles.behaviour).join("\n"),
    feedback,
  };
}

/** All texts at or below members of such a name, but feedback within something else is feedback only. */
function stringsUnder(value: Json, title: RegExp, within = false): readonly string[] {
  if (typeof value === "string") return within ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => stringsUnder(one, title, within));
  return Object.entries(value).flatMap(([name, one]) => {
    const isFeedback = titles.feedback.test(name);
    if (isFeedback && title !== titles.feedback) return [];
    return stringsUnder(one, title, within || title.test(name));
  });
}

function linesOf(texts: readonly string[]): readonly string[] {
  return texts
    .flatMap((text) => text.split("\n"))
    .map((line) => line.replace(/^\s*[-*]\s*/, "").trim())
    .filter((line) => line !== "");
}
