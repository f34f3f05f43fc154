import type { ChatRequest, Message } from "./provider.ts";

/** Tokens of a text, roughly: four bytes of UTF-8 each, as English prose has. For reservations and for servers that do not count. */
export function estimateTokens(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 4);
}

/** Input tokens of a request, roughly: texts, tool calls and definitions, and four tokens a message for its frame. */
export function estimateInputTokens(request: Pick<ChatRequest, "messages" | "tools">): number {
  const messages = request.messages.reduce((sum, message) => sum + 4 + messageTokens(message), 0);
  const tools = request.tools ?? [];
  return (
    messages +
    tools.reduce(
      (sum, tool) =>
        sum + estimateTokens(tool.name + tool.description) + estimateTokens(JSON.stringify(tool.parameters)),
      0,
    )
  );
}

function messageTokens(message: Message): number {
  const calls = message.role === "assistant" ? (message.toolCalls ?? []) : [];
  return (
    estimateTokens(message.content) + calls.reduce((sum, call) => sum + estimateTokens(call.name + call.arguments), 0)
  );
}
