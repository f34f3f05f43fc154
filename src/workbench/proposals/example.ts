import type { Json } from "../../base/index.ts";

/** What stands in an example for a text of one's own. */
const PLACEHOLDER = "...";

/** A value of a JSON Schema, with placeholders for texts: its form, not its content. */
export function exampleOf(schema: Json): Json {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return PLACEHOLDER;
  const { type, enum: options, const: only, anyOf, properties, items } = schema as Readonly<Record<string, Json>>;
  if (only !== undefined) return only;
  if (Array.isArray(options)) return (options as readonly Json[])[0] ?? null;
  if (Array.isArray(anyOf)) return exampleOf((anyOf as readonly Json[])[0] ?? null);
  if (type === "object") {
    const members = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
    return Object.fromEntries(members.map(([key, value]) => [key, exampleOf(value)]));
  }
  if (type === "array") return items === undefined ? [] : [exampleOf(items)];
  if (type === "integer" || type === "number") return 1;
  if (type === "boolean") return true;
  return type === "null" ? null : PLACEHOLDER;
}
