import { z } from "zod";
import type { Json } from "../base/index.ts";

/** The form of a reply, as a provider is told of it. */
export interface ReplySchema {
  readonly name: string;
  readonly schema: Json;
}

const made = new Map<string, ReplySchema>();

/**
 * JSON Schema of a reply. Made once for a name and the choices that its form offers: to make it takes longer than to write the rest of a request.
 */
export function replySchemaOf(name: string, form: () => z.ZodType, choices: readonly string[] = []): ReplySchema {
  const key = [name, ...choices].join("\n");
  const known = made.get(key);
  if (known !== undefined) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(form()) as Record<string, Json>;
  made.set(key, { name, schema });
  return { name, schema };
}
