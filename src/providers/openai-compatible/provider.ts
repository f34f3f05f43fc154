import OpenAI, { APIError } from "openai";
import { cancelledCall, cannotChoose } from "../provider-error.ts";
import type { CallOptions, ChatReply, ChatRequest, Provider } from "../provider.ts";
import { finishOf, fromCompletion, usageOf } from "./completion.ts";
import { badReply, timedOut, toProviderError, type Endpoint } from "./failure.ts";
import { toWire, type Dialect } from "./messages.ts";
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
  let dialect: Dialect = { schemas: true, lengthLimit: "max_tokens" };

  const once = async (request: ChatRequest, spoken: Dialect, { signal, onText }: CallOptions): Promise<ChatReply> => {
    const silence = startSilence(timeout, signal);
    try {
      if (onText === undefined) return await whole(client, request, spoken, silence.signal);
      return await streamed(client, request, spoken, silence, onText);
    } catch (error) {
      if (signal?.aborted === true) throw cancelledCall(error);
      if (silence.signal.aborted) throw timedOut(options, error);
      throw error;
    } finally {
      silence.end();
    }
  };

  /** Calls overlap: what another one has learnt meanwhile stays. */
  const learn = ({ schemas, lengthLimit }: Dialect): void => {
    dialect = {
      schemas: schemas && dialect.schemas,
      lengthLimit: lengthLimit === "max_tokens" ? dialect.lengthLimit : lengthLimit,
    };
  };

  /** Speaks as the server wants it, which is remembered once it has helped. */
  const understood = async (request: ChatRequest, spoken: Dialect, call: CallOptions): Promise<ChatReply> => {
    try {
      const reply = await once(request, spoken, call);
      learn(spoken);
      return reply;
    } catch (error) {
      const wanted = wantedDialect(error, request, spoken);
      if (wanted === undefined) throw toProviderError(error, options);
      return understood(request, wanted, call);
    }
  };

  return {
    name: `openai-compatible ${baseUrl}`,
    complete: async (request, call = {}) => {
      if (request.choices !== undefined) throw cannotChoose("an endpoint for chat completions");
      return understood(request, dialect, call);
    },
  };
}

/** How to say the same so that a server which refused it may take it; undefined when there is no other way. */
function wantedDialect(error: unknown, request: ChatRequest, spoken: Dialect): Dialect | undefined {
  if (!(error instanceof APIError) || (error.status !== 400 && error.status !== 422)) return undefined;
  const named = error.message.includes("max_completion_tokens");
  if (named && request.maxOutputTokens !== undefined && spoken.lengthLimit === "max_tokens")
    return { ...spoken, lengthLimit: "max_completion_tokens" };
  return request.responseSchema !== undefined && spoken.schemas ? { ...spoken, schemas: false } : undefined;
}

async function whole(client: OpenAI, request: ChatRequest, spoken: Dialect, signal: AbortSignal): Promise<ChatReply> {
  return fromCompletion(await client.chat.completions.create(toWire(request, spoken), { signal }), request);
}

async function streamed(
  client: OpenAI,
  request: ChatRequest,
  spoken: Dialect,
  silence: Silence,
  onText: (text: string) => void,
): Promise<ChatReply> {
  const stream = await client.chat.completions.create(
    { ...toWire(request, spoken), stream: true, stream_options: { include_usage: true } },
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
