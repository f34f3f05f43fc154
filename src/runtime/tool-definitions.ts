import { z } from "zod";
import { AlleleError, messageOf, type Json } from "../base/index.ts";
import type { ToolDefinition } from "../providers/index.ts";
import type { Tool } from "./tool.ts";

const known = new WeakMap<z.ZodType, Json>();

/** The tool as the model sees it. Throws AlleleError `tool-schema` when its parameters have no JSON Schema. */
export function toolDefinition(tool: Tool<never>): ToolDefinition {
  return { name: tool.name, description: tool.description, parameters: parametersOf(tool) };
}

function parametersOf(tool: Tool<never>): Json {
  const earlier = known.get(tool.parameters);
  if (earlier !== undefined) return earlier;
  try {
    // As input: a member with a default need not be given. The `$schema` line is for files, not for models.
    const { $schema: _, ...schema } = z.toJSONSchema(tool.parameters, { io: "input" });
    known.set(tool.parameters, schema as Json);
    return schema as Json;
  } catch (error) {
    throw new AlleleError({
      code: "tool-schema",
      message: `the parameters of the tool "${tool.name}" have no JSON Schema: ${messageOf(error)}`,
      hint: "Use only Zod types that JSON can express.",
      cause: error,
    });
  }
}
