import type { Json } from "../base/index.ts";
import type { Message, ToolDefinition } from "../providers/index.ts";

/** A message as OpenAI's chat API, and whatever follows it, writes it; arguments of tools are JSON text. */
export function chatMessage(message: Message): Json {
  switch (message.role) {
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: message.content };
    case "assistant":
      return {
        role: "assistant",
        content: message.content,
        ...(message.toolCalls !== undefined && {
          tool_calls: message.toolCalls.map(({ id, name, arguments: given }) => ({
            id,
            type: "function",
            function: { name, arguments: given },
          })),
        }),
      };
    default:
      return { role: message.role, content: message.content };
  }
}

/** A tool as the same API writes it. */
export function chatTool({ name, description, parameters }: ToolDefinition): Json {
  return { type: "function", function: { name, description, parameters } };
}
