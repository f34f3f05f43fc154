import { tryParseJson, type Json } from "../base/index.ts";
import type { ChatReply } from "../providers/index.ts";
import type { NothingReason, Proposal } from "./operator.ts";

export type Nothing = Extract<Proposal, { kind: "nothing" }>;

/** What a model wrote: a JSON object with the member asked for, alone or in a fence, or else text with its fenced blocks. */
export type ReplyText =
  | { readonly kind: "object"; readonly object: { readonly [key: string]: Json } }
  | { readonly kind: "text"; readonly text: string; readonly blocks: readonly string[] }
  | Nothing;

/** Reads a reply. One that was cut off, refused or left empty is nothing. */
export function readReply(reply: ChatReply, member: string): ReplyText {
  if (reply.finish === "refusal") return nothing("refusal", "the model refused");
  if (reply.finish === "length") return nothing("truncated-reply", "the reply was cut at the output limit");
  const text = withoutThoughts(reply.content);
  if (text === undefined) return nothing("truncated-reply", "the reply ends inside the model's thoughts");
  if (text === "") return nothing("empty-value", "the reply is empty");
  const blocks = fencedBlocks(text);
  const object = [text, ...blocks.toReversed()]
    .map(tryParseJson)
    .find((value): value is { readonly [key: string]: Json } => hasMember(value, member));
  if (object !== undefined) return { kind: "object", object };
  return looksLikeRefusal(text) ? nothing("refusal", excerpt(text)) : { kind: "text", text, blocks };
}

/** Why a text without what was asked for is no answer. */
export function withoutAnswer({ text }: { readonly text: string }): Nothing {
  const cut = text.includes("```") || text.startsWith("{");
  return cut
    ? nothing("truncated-reply", "a fence or a JSON object is opened and never closed")
    : nothing("no-value", `neither JSON nor a fenced block: ${excerpt(text)}`);
}

export function nothing(reason: NothingReason, detail: string): Nothing {
  return { kind: "nothing", reason, detail };
}

export function looksLikeRefusal(text: string): boolean {
  return /^["'\s]*((i('|’)?m| i am)?\s*sorry\b|i (can('|’)?t|cannot|can not|won('|’)?t|am unable to|('|’)?m unable to)\b|as an ai\b|unfortunately, i\b)/i.test(
    text,
  );
}

export function excerpt(text: string): string {
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function hasMember(value: Json | undefined, member: string): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && member in value;
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
