import { z } from "zod";
import type { Gene } from "../genome/index.ts";
import type { ChatReply } from "../providers/index.ts";
import { looksLikeRefusal, nothing, readReply, withoutAnswer, type Nothing } from "./reply-text.ts";
import { replySchemaOf, type ReplySchema } from "./reply-schema.ts";

/** A gene that a reflection model writes as a whole. */
export type WholeGene = Extract<Gene, { type: "text" | "rules" }>;

const forms = { text: z.string(), rules: z.array(z.string()) };

export function isWhole(gene: Gene | undefined): gene is WholeGene {
  return gene?.type === "text" || gene?.type === "rules";
}

/** JSON Schema of a reply with a whole new value. */
export function wholeSchema(type: WholeGene["type"]): ReplySchema {
  return replySchemaOf(`whole_${type}`, () =>
    z.strictObject({ diagnosis: z.string(), hypothesis: z.string(), value: forms[type] }),
  );
}

/** Reads such a reply; nothing that was cut, refused or left empty. */
export function readWhole(
  type: WholeGene["type"],
  reply: ChatReply,
): { readonly kind: "value"; readonly value: string | string[]; readonly hypothesis: string } | Nothing {
  const read = readReply(reply, "value");
  if (read.kind === "nothing") return read;
  if (read.kind === "text") return withoutAnswer(read);
  const value = forms[type].safeParse(read.object["value"]).data;
  if (value === undefined) return nothing("wrong-form", `the value has not the form of a ${type} gene`);
  const texts = (typeof value === "string" ? [value] : value).map((text) => text.trim());
  if (texts.every((text) => text === "")) return nothing("empty-value", "the value is empty");
  const refusal = texts.find(looksLikeRefusal);
  if (refusal !== undefined) return nothing("refusal", refusal);
  const said = read.object["hypothesis"];
  const hypothesis = typeof said === "string" ? said.trim() : "";
  return {
    kind: "value",
    value: typeof value === "string" ? value.trim() : texts.filter((text) => text !== ""),
    hypothesis,
  };
}
