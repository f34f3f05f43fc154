import { tryParseJson, type Json } from "../../base/index.ts";
import type { ChatRequest, Message, ToolDefinition } from "../provider.ts";
import type { Functions, HistoryItem } from "./binding.ts";

type Response = Extract<HistoryItem, { type: "model" }>["response"][number];

/** A conversation in the form of node-llama-cpp: calls of tools and their results are parts of the model's turn. It ends with an open turn of the model. */
export function historyOf(messages: readonly Message[]): readonly HistoryItem[] {
  const history: HistoryItem[] = [];
  const respond = (parts: readonly Response[]): void => {
    const last = history.at(-1);
    const before = last?.type === "model" ? last.response : [];
    if (last?.type === "model") history.pop();
    history.push({ type: "model", response: [...before, ...parts] });
  };
  for (const message of messages) {
    if (message.role === "system" || message.role === "user")
      history.push({ type: message.role, text: message.content });
    else if (message.role === "assistant") {
      const said = message.content === "" ? [] : [message.content];
      respond([...said, ...(message.toolCalls ?? []).map((call) => answered(call, messages))]);
    }
  }
  if (history.at(-1)?.type !== "model") history.push({ type: "model", response: [] });
  return history;
}

function answered(
  { id, name, arguments: written }: { id: string; name: string; arguments: string },
  messages: readonly Message[],
): Response {
  const result = messages.find((message) => message.role === "tool" && message.toolCallId === id);
  return { type: "functionCall", name, params: tryParseJson(written) ?? written, result: result?.content ?? "" };
}

export function functionsOf(tools: ChatRequest["tools"]): Functions | undefined {
  if (tools === undefined || tools.length === 0) return undefined;
  return Object.fromEntries(tools.map((tool: ToolDefinition) => [tool.name, functionOf(tool)]));
}

function functionOf({ description, parameters }: ToolDefinition): Functions[string] {
  return { description, params: grammarSchema(parameters) };
}

const kept = [
  "description",
  "enum",
  "const",
  "required",
  "minItems",
  "maxItems",
  "minLength",
  "maxLength",
  "additionalProperties",
];

/** A JSON Schema with what a grammar can force; patterns, ranges and the like are left to the tool's own check. */
export function grammarSchema(schema: Json): Json {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return {};
  const { type, properties, items, anyOf, oneOf } = schema as Readonly<Record<string, Json>>;
  const either = anyOf ?? oneOf;
  if (Array.isArray(either)) return { oneOf: either.map(grammarSchema) };
  const rest = Object.entries(schema).filter(([key]) => kept.includes(key));
  const members = typeof properties === "object" && properties !== null ? Object.entries(properties) : [];
  return {
    ...(type !== undefined && { type }),
    ...Object.fromEntries(rest),
    ...(type === "object" && {
      properties: Object.fromEntries(members.map(([key, value]) => [key, grammarSchema(value)])),
    }),
    ...(items !== undefined && { items: grammarSchema(items) }),
  };
}
