import type { Json } from "../../../base/index.ts";
import type { ChatRequest } from "../../provider.ts";
import { namedIn, type AskedKind } from "./named-component.ts";

/** One piece of evidence: what was asked, what the agent did and said, and how it was judged. */
export interface Evidence {
  /** In [0, 1]; 0 where none is told. */
  readonly score: number;
  readonly task: string;
  /** Steps and answer. */
  readonly behaviour: string;
  readonly feedback: readonly string[];
}

/** A JSON object with a member `value`, a fenced block, the bare text, or the text behind the key of its field. */
export type ReplyForm = "json" | "fenced" | "bare" | { readonly key: string };

/** A request to better one component of an agent, as far as it can be understood. */
export interface ReflectionRequest {
  readonly kind: AskedKind;
  /** Name of the component, where it is told; else empty. */
  readonly id: string;
  readonly current: string;
  readonly evidence: readonly Evidence[];
  /** Earlier attempts that did not help, as they are described. */
  readonly failed: readonly string[];
  readonly reply: ReplyForm;
  readonly schema: Json | undefined;
  /** Characters that the new text may have. */
  readonly longest: number;
  /** All that was said, for names that only occur in passing. */
  readonly said: string;
}

const task =
  /\b(?:improv|rewrit|revis|refin|optimi[sz]|mend|better|propos|updat|edit|write (?:a|the|an) (?:new|improved|better))\w*/i;
const thing =
  /\b(?:instructions?|prompts?|genes?|rules?|descriptions?|guidelines?|part of an? (?:ai )?agent|component)\b/i;
const evidenceMark = /\bfeedback\b|\bcritique\b|\bevaluation\b/i;

/** Whether words ask for a better part of an agent. */
export function asksToBetter(words: string): boolean {
  return task.test(words) && thing.test(words);
}

/** Reads a request for a better instruction, list of rules, tool description or the like; undefined when it is something else. */
export function readReflectionRequest({ messages, responseSchema }: ChatRequest): ReflectionRequest | undefined {
  const last = messages.findLast(({ role }) => role === "user")?.content ?? "";
  if (!last.includes("```") || !evidenceMark.test(last)) return undefined;
  const system = messages.flatMap(({ role, content }) => (role === "system" ? [content] : [])).join("\n");
  const fence = firstFence(last);
  if (fence === undefined) return undefined;
  const around = `${system}\n${last.slice(0, fence.start)}\n${last.slice(-1500)}`;
  if (!asksToBetter(around)) return undefined;

  const rest = last.slice(fence.end);
  const value = valueSchema(responseSchema?.schema);
  const told = /^type:\s*(\w+)/m.exec(last.slice(0, fence.start))?.[1];
  const named = namedIn(rest);
  return {
    kind: value !== undefined ? kindOfSchema(value) : told === undefined ? named.kind : kindOf(told),
    id: /^id:\s*(\S+)/m.exec(last)?.[1] ?? named.id,
    current: fence.body,
    evidence: evidenceIn(rest),
    failed: failedIn(rest),
    reply: responseSchema !== undefined || asksForJson(rest) ? "json" : "fenced",
    schema: value,
    longest: longestIn(last),
    said: `${system}\n${last}`,
  };
}

/** Only the words behind the evidence say how to reply; feedback may speak of JSON too. */
function asksForJson(rest: string): boolean {
  const closing = /^#{1,2}\s*reply\b[\s\S]*/im.exec(rest)?.[0] ?? rest.slice(rest.lastIndexOf("```"));
  return /\bJSON object\b/.test(closing);
}

/** Characters that a new text may have, by the tokens that are told. */
export function longestIn(text: string): number {
  return Number(/(?:limit|at most|maximum)[^\n]{0,30}?(\d{2,6}) tokens/i.exec(text)?.[1] ?? 1500) * 4;
}

export interface Fence {
  readonly start: number;
  readonly end: number;
  readonly body: string;
}

export function firstFence(text: string): Fence | undefined {
  const match = /^(`{3,})[^\n`]*\n([\s\S]*?)^\1[ \t]*$/m.exec(text);
  if (match === null) return undefined;
  return { start: match.index, end: match.index + match[0].length, body: (match[2] ?? "").replace(/\n$/, "") };
}

/** Examples begin at a numbered heading and end before the next heading of their level or the fence that holds them. */
export function evidenceIn(text: string): readonly Evidence[] {
  const heads = [...text.matchAll(/^(#{1,4})\s*(?:example|case|sample|task)\s*#?\d+.*$/gim)];
  return heads.map((head, index) => {
    const from = head.index + head[0].length;
    const depth = head[1]?.length ?? 1;
    const next = heads[index + 1]?.index ?? text.length;
    const body = text.slice(from, next);
    const end = body.search(new RegExp(`^#{1,${depth}}\\s|^\`{3,}\\s*$`, "m"));
    return readExample(head[0], end === -1 ? body : body.slice(0, end));
  });
}

function readExample(heading: string, body: string): Evidence {
  const parts = body.split(/^#{2,6}\s*/m).map((part) => {
    const [title = "", ...lines] = part.split("\n");
    return { title: title.trim(), text: lines.join("\n").trim() };
  });
  const textOf = (title: RegExp): string =>
    parts.flatMap((part) => (title.test(part.title) ? [part.text] : [])).join("\n");
  const score = /\bscore\b\D{0,3}(\d(?:\.\d+)?)/i.exec(heading) ?? /\bscore\b\D{0,6}(\d(?:\.\d+)?)/i.exec(body);
  return {
    score: Math.min(1, Number(score?.[1] ?? 0)),
    task: textOf(/^(?:task|inputs?|question|request)/i),
    behaviour: textOf(/^(?:steps|answer|generated|outputs?|response|trace|trajectory|what)/i),
    feedback: textOf(/^(?:feedback|critique|judge|comments?)/i)
      .split("\n")
      .map((line) => line.replace(/^\s*[-*]\s*/, "").trim())
      .filter((line) => line !== ""),
  };
}

export function failedIn(text: string): readonly string[] {
  const section =
    /^#{1,4}\s*[^\n]*\b(?:failed|rejected|did not help|tried)\b[^\n]*\n([\s\S]*?)(?=^#{1,2}\s|$(?![\s\S]))/im.exec(
      text,
    );
  return (section?.[1] ?? "")
    .split("\n")
    .filter((line) => /^\s*[-*]\s/.test(line))
    .map((line) => line.replace(/^\s*[-*]\s*/, ""));
}

function valueSchema(schema: Json | undefined): Json | undefined {
  return member(member(schema, "properties"), "value") ?? schema;
}

function kindOf(told: string | undefined): AskedKind {
  const kinds: readonly AskedKind[] = [
    "text",
    "rules",
    "tool",
    "demos",
    "enum",
    "number",
    "boolean",
    "set",
    "strategy",
  ];
  return kinds.find((kind) => kind === told) ?? "text";
}

function kindOfSchema(schema: Json): AskedKind {
  const type = member(schema, "type");
  if (Array.isArray(member(schema, "enum"))) return "enum";
  if (type === "string") return "text";
  if (type === "number" || type === "integer") return "number";
  if (type === "boolean") return "boolean";
  if (type === "array") {
    const item = member(schema, "items");
    const members = member(item, "properties");
    if (member(members, "op") !== undefined) return "rules";
    if (member(members, "output") !== undefined) return "demos";
    return member(item, "type") === "string" ? "set" : "unknown";
  }
  const members = member(schema, "properties");
  if (member(members, "summary") !== undefined) return "tool";
  if (
    member(members, "kind") !== undefined ||
    member(schema, "oneOf") !== undefined ||
    member(schema, "anyOf") !== undefined
  )
    return "strategy";
  return "unknown";
}

/** A member of a JSON object; undefined when it is not there or not an object. */
export function member(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return (value as { readonly [key: string]: Json })[key];
}
