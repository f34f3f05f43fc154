import type { ChatReply, ChatRequest, Provider, ToolCall } from "../../src/providers/index.ts";

export interface Scripted extends Provider {
  /** Every request, in order. */
  readonly requests: readonly ChatRequest[];
}

type Line = string | readonly ToolCall[] | ((request: ChatRequest) => string | readonly ToolCall[]);

/** A provider that says its lines one after the other; the last again when they run out. Each call uses 100 + 10 tokens. */
export function scripted(...lines: readonly Line[]): Scripted {
  const requests: ChatRequest[] = [];
  return {
    name: "scripted",
    requests,
    complete: async (request, options) => {
      options?.signal?.throwIfAborted();
      const line = lines[Math.min(requests.length, lines.length - 1)] ?? "";
      requests.push(structuredClone(request));
      const said = typeof line === "function" ? line(request) : line;
      if (typeof said === "string") options?.onText?.(said);
      return reply(said);
    },
  };
}

export function call(id: string, name: string, given: unknown): ToolCall {
  return { id, name, arguments: typeof given === "string" ? given : JSON.stringify(given) };
}

function reply(said: string | readonly ToolCall[]): ChatReply {
  const usage = { inputTokens: 100, outputTokens: 10 };
  return typeof said === "string"
    ? { content: said, toolCalls: [], usage, finish: "stop" }
    : { content: "", toolCalls: said, usage, finish: "tool-calls" };
}
