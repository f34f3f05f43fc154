import OpenAI, { APIError } from "openai";
import { cancelledCall } from "../provider-error.ts";
import type { CallOptions, ChatReply, ChatRequest, Provider } from "../provider.ts";
import { finishOf, fromCompletion, usageOf } from "./completion.ts";
import { badReply, timedOut, toProviderError, type Endpoint } from "./failure.ts";
import { toWire } from "./messages.ts";
import { startSilence, type Silence } from "./silence.ts";

export interface OpenAiCompatibleOptions extends Endpoint {
  /** Milliseconds without anything from the server: until the whole reply, or between two pieces of a stream. */
  readonly timeout: number;
}

/** A model behind an OpenAI-compatible chat completions endpoint. Tries each call once: retrying is a wrapper's business. */
export function openAiCompatible(options: OpenAiCompatibleOptions): Provider {
  const { baseUrl, key, timeout } = options;
  // What the configuration does not name is not sent: the client would take organization and project from the environment.
  const client = new OpenAI({
    baseURL: baseUrl,
    apiKey: key ?? "none",
    organization: null,
    project: null,
    timeout,
    maxRetries: 0,
    logLevel: "off",
    ...(key === undefined ? { defaultHeaders: { Authorization: null } } : {}),
  });
  let takesSchemas = true;

  const once = async (request: ChatRequest, { signal, onText }: CallOptions): Promise<ChatReply> => {
    const silence = startSilence(timeout, signal);
    try {
      if (onText === undefined) return await whole(client, request, silence.signal);
      return await streamed(client, request, silence, onText);
    } catch (error) {
      if (signal?.aborted === true) throw cancelledCall(error);
      if (silence.signal.aborted) throw timedOut(options, error);
      throw error;
    } finally {
      silence.end();
    }
  };
  const withoutSchema = (request: ChatRequest): ChatRequest => ({ ...request, responseSchema: undefined });

  return {
    name: `openai-compatible ${baseUrl}`,
    complete: async (request, call = {}) => {
      try {
        if (takesSchemas || request.responseSchema === undefined) return await once(request, call);
        return await once(withoutSchema(request), call);
      } catch (error) {
        const refused = error instanceof APIError && (error.status === 400 || error.status === 422);
        if (!refused || !takesSchemas || request.responseSchema === undefined) throw toProviderError(error, options);
      }
      try {
        const reply = await once(withoutSchema(request), call);
        takesSchemas = false;
        return reply;
      } catch (error) {
        throw toProviderError(error, options);
      }
    },
  };
}

async function whole(client: OpenAI, request: ChatRequest, signal: AbortSignal): Promise<ChatReply> {
  return fromCompletion(await client.chat.completions.create(toWire(request), { signal }), request);
}

async function streamed(
  client: OpenAI,
  request: ChatRequest,
  silence: Silence,
  onText: (text: string) => void,
): Promise<ChatReply> {
  const stream = await client.chat.completions.create(
    { ...toWire(request), stream: true, stream_options: { include_usage: true } },
    { signal: silence.signal },
  );
  let content = "";
  let finish: string | undefined;
  let refused = false;
  let usage: unknown;
  const calls = new Map<number, { id: string; name: string; arguments: string }>();
  for await (const chunk of stream) {
    silence.heard();
    usage = chunk.usage ?? usage;
    const choice = chunk.choices?.[0];
    if (choice === undefined) continue;
    finish = choice.finish_reason ?? finish;
    if (choice.delta?.refusal) refused = true;
    const text = choice.delta?.content || choice.delta?.refusal || "";
    content += text;
    if (text !== "") onText(text);
    for (const part of choice.delta?.tool_calls ?? []) {
      const call = calls.get(part.index) ?? { id: `call-${part.index}`, name: "", arguments: "" };
      calls.set(part.index, {
        id: part.id || call.id,
        name: call.name + (part.function?.name ?? ""),
        arguments: call.arguments + (part.function?.arguments ?? ""),
      });
    }
  }
  // The client ends an aborted stream as if it were whole.
  silence.signal.throwIfAborted();
  if (finish === undefined) throw badReply("the stream was cut before its end");
  const toolCalls = [...calls.entries()].toSorted(([a], [b]) => a - b).map(([, call]) => call);
  return {
    content,
    toolCalls,
    usage: usageOf(usage, request, content, toolCalls),
    finish: refused ? "refusal" : finishOf(finish, toolCalls),
  };
}
