import { tryParseJson, type Json } from "../base/index.ts";
import type { ChatReply } from "../providers/index.ts";
import type { ReflectedType } from "./prompts/reflect.ts";
import { readReplyValue, type ReplyValue } from "./reply-form.ts";
import { excerpt, looksLikeRefusal, nothing, readReply, withoutAnswer, type Nothing } from "./reply-text.ts";

/** What a reflection model's reply says, or why nothing of it may become a gene. */
export type ParsedReply<T extends ReflectedType> =
  | { readonly kind: "value"; readonly value: ReplyValue[T]; readonly hypothesis: string }
  | Nothing;

/**
 * Reads a reflection reply. A JSON object with `value` is taken first, alone or in a fence; else the last fenced block is the
 * value itself. Text outside a fence is never taken for a value, nor is a reply that was cut off, refused or left empty.
 */
export function parseReply<T extends ReflectedType>(type: T, reply: ChatReply): ParsedReply<T> {
  const read = readReply(reply, "value");
  switch (read.kind) {
    case "nothing":
      return read;
    case "object":
      return accept(type, read.object["value"], textOf(read.object["hypothesis"]));
    case "text": {
      const block = read.blocks.at(-1);
      return block === undefined
        ? withoutAnswer(read)
        : accept(type, type === "text" ? block : tryParseJson(block), "");
    }
  }
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

function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value.trim() : "";
}

/** Every text in a value that the agent would read. */
function textsOf(value: ReplyValue[ReflectedType]): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.map((edit) => edit.text ?? (edit.op === "remove" ? "-" : ""));
  return [value.summary, value.when, value.when_not];
}
