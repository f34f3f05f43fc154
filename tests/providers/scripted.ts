import { ProviderError, type ProviderErrorCode } from "../../src/providers/provider-error.ts";
import type { CallOptions, ChatReply, ChatRequest, Provider } from "../../src/providers/provider.ts";

export const reply: ChatReply = {
  content: "Hello there",
  toolCalls: [],
  usage: { inputTokens: 12, outputTokens: 3 },
  finish: "stop",
};

export function ask(content = "How late is it?"): ChatRequest {
  return { model: "test", messages: [{ role: "user", content }] };
}

/** A provider that does what the test says; `calls` holds what it was asked. */
export function scripted(
  answer: (request: ChatRequest, options: CallOptions | undefined, call: number) => Promise<ChatReply> | ChatReply,
): Provider & { readonly calls: readonly ChatRequest[] } {
  const calls: ChatRequest[] = [];
  return {
    name: "scripted",
    calls,
    complete: async (request, options) => {
      calls.push(request);
      return answer(request, options, calls.length);
    },
  };
}

export function failing(code: ProviderErrorCode, options: { retryable: boolean; retryAfter?: number }): ProviderError {
  return new ProviderError({ code, message: `scripted ${code}`, hint: "None.", ...options });
}

/** The code of the ProviderError that a call ends with, or "answered". */
export function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "answered",
    (error: unknown) => {
      if (error instanceof ProviderError) return error.code;
      throw error;
    },
  );
}
