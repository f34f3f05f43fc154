import { tryParseJson, type Json } from "../base/index.ts";
import type { ChatReply } from "../providers/index.ts";
import type { NothingReason } from "./operator.ts";
import type { ReflectedType } from "./prompts.ts";
import { readReplyValue, type ReplyValue } from "./reply-form.ts";

/** What a reflection model's reply says, or why nothing of it may become a gene. */
export type ParsedReply<T extends ReflectedType> =
  | { readonly kind: "value"; readonly value: ReplyValue[T]; readonly hypothesis: string }
  | { readonly kind: "nothing"; readonly reason: NothingReason; readonly detail: string };

/**
 * Reads a reflection reply. A JSON object with `value` is taken first, alone or in a fence; else the last fenced block is the
 * value itself. Text outside a fence is never taken for a value, nor is a reply that was cut off, refused or left empty.
 */
export function parseReply<T extends ReflectedType>(type: T, reply: ChatReply): ParsedReply<T> {
  if (reply.finish === "refusal") return nothing("refusal", "the model refused");
  if (reply.finish === "length") return nothing("truncated-reply", "the reply was cut at the output limit");
  const text = withoutThoughts(reply.content);
  if (text === undefined) return nothing("truncated-reply", "the reply ends inside the model's thoughts");
  if (text === "") return nothing("empty-value", "the reply is empty");

  const blocks = fencedBlocks(text);
  const answer = [text, ...blocks.toReversed()].map(tryParseJson).find(isAnswer);
  if (answer !== undefined) return accept(type, answer["value"], textOf(answer["hypothesis"]));
  if (looksLikeRefusal(text)) return nothing("refusal", excerpt(text));

  const block = blocks.at(-1);
  if (block === undefined) {
    const cut = text.includes("```") || text.startsWith("{");
    return cut
      ? nothing("truncated-reply", "a fence or a JSON object is opened and never closed")
      : nothing("no-value", `neither JSON nor a fenced block: ${excerpt(text)}`);
  }
  return accept(type, type === "text" ? block : tryParseJson(block), "");
}

function accept<T extends ReflectedType>(type: T, raw: unknown, hypothesis: string): ParsedReply<T> {
  const value = readReplyValue(type, raw);
  if (value === undefined) return nothing("wrong-form", `the value has not the form of a ${type} gene`);
  const texts = textsOf(value);
  if (texts.every((text) => text.trim() === "")) return nothing("empty-value", "the value is empty");
  const refusal = texts.find(looksLikeRefusal);
  if (refusal !== undefined) return nothing("refusal", excerpt(refusal));
  return { kind: "value", value, hypothesis };
}

function nothing(reason: NothingReason, detail: string): Extract<ParsedReply<never>, { kind: "nothing" }> {
  return { kind: "nothing", reason, detail };
}

function isAnswer(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "value" in value;
}

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}

/** Every text in a value that the agent would read. */
function textsOf(value: ReplyValue[ReflectedType]): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.map((edit) => edit.text ?? (edit.op === "remove" ? "-" : ""));
  return [value.summary, value.when, value.when_not];
}

/** Leaves out what reasoning models put before their answer; undefined when it never ends. */
function withoutThoughts(content: string): string | undefined {
  const open = content.search(/<think(ing)?>/i);
  const close = content.search(/<\/think(ing)?>/i);
  if (close === -1) return open === -1 ? content.trim() : undefined;
  return content.slice(content.indexOf(">", close) + 1).trim();
}

const tags = new Set(["", "text", "txt", "plain", "plaintext", "markdown", "md", "json", "prompt"]);

/** The contents of fenced blocks. A word after the opening fence is a language only when it is a known one: a prompt may start there. */
function fencedBlocks(text: string): string[] {
  return [...text.matchAll(/^[ \t]*(`{3,})([^\n`]*)\n([\s\S]*?)^[ \t]*\1`*[ \t]*$/gm)].map(
    ([, , info = "", body = ""]) => (tags.has(info.trim().toLowerCase()) ? body : `${info}\n${body}`).trim(),
  );
}

function looksLikeRefusal(text: string): boolean {
  return /^["'\s]*((i('|’)?m| i am)?\s*sorry\b|i (can('|’)?t|cannot|can not|won('|’)?t|am unable to|('|’)?m unable to)\b|as an ai\b|unfortunately, i\b)/i.test(
    text,
  );
}

function excerpt(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
