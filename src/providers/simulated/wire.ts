import { z } from "zod";
import { contentHash, type Json } from "../../base/index.ts";
import type { ChatReply, ChatRequest, Message } from "../provider.ts";

const Text = z.union([z.string(), z.null(), z.array(z.object({ type: z.string(), text: z.string().optional() }))]);

const WireMessage = z.object({
  role: z.enum(["system", "developer", "user", "assistant", "tool"]),
  content: Text.optional(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
    .optional(),
});

/** A chat completions request, read leniently: what is not known is passed over. */
const WireRequest = z.object({
  model: z.string(),
  messages: z.array(WireMessage).min(1),
  tools: z
    .array(
      z.object({
        function: z.object({ name: z.string(), description: z.string().default(""), parameters: z.json().default({}) }),
      }),
    )
    .optional(),
  temperature: z.number().nullish(),
  max_tokens: z.int().nullish(),
  max_completion_tokens: z.int().nullish(),
  seed: z.int().nullish(),
  response_format: z
    .object({
      type: z.string(),
      json_schema: z.object({ name: z.string().default("reply"), schema: z.json().default({}) }).optional(),
    })
    .nullish(),
  stream: z.boolean().nullish(),
});

/** Our form of a wire request, or a sentence that says what is wrong with it. */
export function fromWire(body: Json | undefined): { readonly request: ChatRequest; readonly stream: boolean } | string {
  const parsed = WireRequest.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return body === undefined ? "the body is not JSON" : `${issue?.path.join(".")}: ${issue?.message}`;
  }
  const { model, messages, tools, temperature, seed, response_format: format, stream } = parsed.data;
  const maxOutputTokens = parsed.data.max_completion_tokens ?? parsed.data.max_tokens ?? undefined;
  return {
    stream: stream === true,
    request: {
      model,
      messages: messages.map(messageOfWire),
      ...(tools === undefined ? {} : { tools: tools.map((tool) => tool.function) }),
      ...(temperature === null || temperature === undefined ? {} : { temperature }),
      ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
      ...(seed === null || seed === undefined ? {} : { seed }),
      ...(format?.json_schema === undefined ? {} : { responseSchema: format.json_schema }),
    },
  };
}

function messageOfWire({ role, content, tool_call_id, tool_calls }: z.infer<typeof WireMessage>): Message {
  const text = typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
  if (role === "tool") return { role, toolCallId: tool_call_id ?? "", content: text };
  if (role !== "assistant") return { role: role === "developer" ? "system" : role, content: text };
  if (tool_calls === undefined || tool_calls.length === 0) return { role, content: text };
  return { role, content: text, toolCalls: tool_calls.map(({ id, function: call }) => ({ id, ...call })) };
}

/** A reply as a whole chat completion. */
export function toCompletion(reply: ChatReply, model: string): Json {
  const message = {
    role: "assistant",
    content: reply.toolCalls.length > 0 && reply.content === "" ? null : reply.content,
    ...(reply.finish === "refusal" ? { refusal: reply.content } : {}),
    ...(reply.toolCalls.length === 0 ? {} : { tool_calls: wireCalls(reply) }),
  };
  return {
    ...frame(reply, model, "chat.completion"),
    choices: [{ index: 0, message, finish_reason: finishReason(reply) }],
    usage: usageOf(reply),
  };
}

/** A reply as the chunks of a stream, the usage in the last one. */
export function toStream(reply: ChatReply, model: string): readonly Json[] {
  const head = frame(reply, model, "chat.completion.chunk");
  const chunk = (delta: Json, finish: string | null): Json => ({
    ...head,
    choices: [{ index: 0, delta, finish_reason: finish }],
  });
  const pieces = reply.content.match(/\S+\s*|\s+/g) ?? [];
  return [
    chunk({ role: "assistant", content: "" }, null),
    ...pieces.map((content) => chunk({ content }, null)),
    ...wireCalls(reply).map((call, index) => chunk({ tool_calls: [{ index, ...call }] }, null)),
    chunk({}, finishReason(reply)),
    { ...head, choices: [], usage: usageOf(reply) },
  ];
}

function frame(reply: ChatReply, model: string, object: string): { readonly [key: string]: Json } {
  return { id: `chatcmpl-${contentHash(reply).slice(5, 21)}`, object, created: 0, model };
}

function wireCalls(reply: ChatReply): { id: string; type: string; function: { name: string; arguments: string } }[] {
  return reply.toolCalls.map(({ id, name, arguments: given }) => ({
    id,
    type: "function",
    function: { name, arguments: given },
  }));
}

function usageOf({ usage: { inputTokens, outputTokens } }: ChatReply): Json {
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens };
}

const finishReasons = {
  "tool-calls": "tool_calls",
  length: "length",
  refusal: "content_filter",
  stop: "stop",
} as const;

function finishReason({ finish }: ChatReply): string {
  return finishReasons[finish];
}
