import OpenAI, { APIError } from "openai";
import { ProviderError } from "../provider-error.ts";
import type { CallOptions, ChatReply, ChatRequest, Provider, ToolCall, Usage } from "../provider.ts";
import { estimateInputTokens, estimateTokens } from "../tokens.ts";
import { toProviderError, type Endpoint } from "./failure.ts";
import { toWire } from "./messages.ts";

export interface OpenAiCompatibleOptions extends Endpoint {
  /** Sent as bearer token; local servers often need none. */
  readonly key: string | undefined;
  readonly timeout: number;
}

/** A model behind an OpenAI-compatible chat completions endpoint. Tries each call once: retrying is a wrapper's business. */
export function openAiCompatible(options: OpenAiCompatibleOptions): Provider {
  const { baseUrl, key, timeout } = options;
  const client = new OpenAI({ baseURL: baseUrl, apiKey: key ?? "none", timeout, maxRetries: 0 });
  let takesSchemas = true;

  const once = (request: ChatRequest, call: CallOptions): Promise<ChatReply> =>
    call.onText === undefined ? whole(client, request, call) : streamed(client, request, call);

  return {
    name: `openai-compatible ${baseUrl}`,
    complete: async (request, call = {}) => {
      try {
        if (takesSchemas || request.responseSchema === undefined) return await once(request, call);
        return await once({ ...request, responseSchema: undefined }, call);
      } catch (error) {
        const schemaRefused = error instanceof APIError && error.status === 400 && request.responseSchema !== undefined;
        if (!schemaRefused || !takesSchemas) throw toProviderError(error, options);
      }
      try {
        const reply = await once({ ...request, responseSchema: undefined }, call);
        takesSchemas = false;
        return reply;
      } catch (error) {
        throw toProviderError(error, options);
      }
    },
  };
}

async function whole(client: OpenAI, request: ChatRequest, { signal }: CallOptions): Promise<ChatReply> {
  const completion = await client.chat.completions.create(toWire(request), signal === undefined ? {} : { signal });
  const choice = Array.isArray(completion?.choices) ? completion.choices[0] : undefined;
  if (choice?.message === undefined) throw badReply("it holds no choices");
  const { message, finish_reason } = choice;
  const toolCalls = (message.tool_calls ?? []).flatMap((call, index): ToolCall[] =>
    call.type === "function"
      ? [{ id: call.id || `call-${index}`, name: call.function.name, arguments: call.function.arguments }]
      : [],
  );
  const content = message.content ?? message.refusal ?? "";
  return {
    content,
    toolCalls,
    usage: usageOf(completion.usage ?? undefined, request, content, toolCalls),
    finish: message.refusal ? "refusal" : finishOf(finish_reason, toolCalls),
  };
}

async function streamed(client: OpenAI, request: ChatRequest, { signal, onText }: CallOptions): Promise<ChatReply> {
  const stream = await client.chat.completions.create(
    { ...toWire(request), stream: true, stream_options: { include_usage: true } },
    signal === undefined ? {} : { signal },
  );
  let content = "";
  let finish: string | undefined;
  let usage: OpenAI.CompletionUsage | undefined;
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for await (const chunk of stream) {
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    finish = choice.finish_reason ?? finish;
    if (choice.delta?.content) {
      content += choice.delta.content;
      onText?.(choice.delta.content);
    }
    for (const part of choice.delta?.tool_calls ?? []) {
      const call = calls.get(part.index) ?? { id: `call-${part.index}`, name: "", arguments: "" };
      calls.set(part.index, {
        id: part.id ?? call.id,
        name: call.name + (part.function?.name ?? ""),
        arguments: call.arguments + (part.function?.arguments ?? ""),
      });
    }
  }
  if (signal?.aborted === true) {
    throw new ProviderError({ code: "model-cancelled", message: "the call was cancelled", retryable: false });
  }
  if (finish === undefined) throw badReply("the stream was cut before its end");
  const toolCalls = [...calls.entries()].toSorted(([a], [b]) => a - b).map(([, call]) => call);
  return {
    content,
    toolCalls,
    usage: usageOf(usage, request, content, toolCalls),
    finish: finishOf(finish, toolCalls),
  };
}

/** The server's count, or an estimate where it gives none. */
function usageOf(
  usage: OpenAI.CompletionUsage | undefined,
  request: ChatRequest,
  content: string,
  calls: readonly ToolCall[],
): Usage {
  const output =
    estimateTokens(content) + calls.reduce((sum, call) => sum + estimateTokens(call.name + call.arguments), 0);
  return {
    inputTokens: usage?.prompt_tokens ?? estimateInputTokens(request),
    outputTokens: usage?.completion_tokens ?? output,
  };
}

function finishOf(reason: string | null | undefined, calls: readonly ToolCall[]): ChatReply["finish"] {
  if (reason === "length") return "length";
  if (reason === "content_filter") return "refusal";
  return calls.length > 0 ? "tool-calls" : "stop";
}

function badReply(problem: string): ProviderError {
  return new ProviderError({
    code: "model-bad-reply",
    message: `the model's reply is unusable: ${problem}`,
    hint: "Often a passing fault of the server; if it stays, check that base_url points at an OpenAI-compatible endpoint.",
    retryable: true,
  });
}
