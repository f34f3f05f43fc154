import { z } from "zod";
import type { ReflectedType } from "./prompts/reflect.ts";
import { replySchemaOf, type ReplySchema } from "./reply-schema.ts";

/** One change to a numbered list of rules. `index` counts from 1 in the list as it was shown. */
export const RuleEdit = z.strictObject({
  op: z.enum(["add", "replace", "remove"]),
  index: z.int().nullable().optional(),
  text: z.string().nullable().optional(),
});
export type RuleEdit = Readonly<z.infer<typeof RuleEdit>>;

const values = {
  text: z.string(),
  rules: z.array(RuleEdit),
  tool: z.strictObject({
    summary: z.string(),
    when: z.string(),
    when_not: z.string(),
    examples: z.array(z.string()),
  }),
} satisfies Record<ReflectedType, z.ZodType>;

/** The part of a reply that becomes a gene's value, by gene type. */
export type ReplyValue = { [T in ReflectedType]: z.infer<(typeof values)[T]> };

/** Checks the value of a reply; undefined when it has not the form asked for. */
export function readReplyValue<T extends ReflectedType>(type: T, value: unknown): ReplyValue[T] | undefined {
  const result = values[type].safeParse(value);
  return result.success ? (result.data as ReplyValue[T]) : undefined;
}

/** JSON Schema of the whole reply: every member required and no others, which is what strict providers ask for. */
export function replySchema(type: ReflectedType): ReplySchema {
  return replySchemaOf(`${type}_gene`, () =>
    z.strictObject({ diagnosis: z.string(), hypothesis: z.string(), value: required[type] }),
  );
}

const required = {
  ...values,
  rules: z.array(
    z.strictObject({
      op: z.enum(["add", "replace", "remove"]),
      index: z.int().nullable(),
      text: z.string().nullable(),
    }),
  ),
} satisfies Record<ReflectedType, z.ZodType>;
