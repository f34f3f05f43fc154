import { z } from "zod";
import type { ChatReply } from "../providers/index.ts";
import { Edit, EditForm } from "./edit.ts";
import { nothing, readReply, withoutAnswer, type Nothing } from "./reply-text.ts";
import { replySchemaOf, type ReplySchema } from "./reply-schema.ts";

/** One cause of failures, one change of one gene that should mend it, and the numbers of the examples that should get better. */
const Hypothesis = z.object({
  cause: z.string().default(""),
  gene: z.string(),
  hypothesis: z.string().default(""),
  examples: z.array(z.coerce.number()).default([]),
  edits: z.array(Edit).min(1),
});
export type Hypothesis = Readonly<z.infer<typeof Hypothesis>>;

/** Reads the hypotheses of a reply. One that has not the form asked for is left out as long as another has it. */
export function readHypotheses(
  reply: ChatReply,
): { readonly kind: "found"; readonly hypotheses: readonly Hypothesis[] } | Nothing {
  const read = readReply(reply, "hypotheses");
  if (read.kind === "nothing") return read;
  if (read.kind === "text") return withoutAnswer(read);
  const list = read.object["hypotheses"];
  if (!Array.isArray(list)) return nothing("wrong-form", "the hypotheses are no list");
  const hypotheses = list.flatMap((item) => Hypothesis.safeParse(item).data ?? []);
  if (hypotheses.length > 0) return { kind: "found", hypotheses };
  return list.length === 0
    ? nothing("no-value", "the reply holds no hypothesis")
    : nothing("wrong-form", "no hypothesis has the form asked for");
}

/** JSON Schema of the reply: every member required and no others, which is what strict providers ask for. */
export function hypothesesSchema(genes: readonly string[]): ReplySchema {
  const form = (): z.ZodType =>
    z.strictObject({
      hypotheses: z.array(
        z.strictObject({
          cause: z.string(),
          gene: z.enum(genes),
          hypothesis: z.string(),
          examples: z.array(z.int()),
          edits: z.array(EditForm),
        }),
      ),
    });
  return replySchemaOf("hypotheses", form, genes);
}
