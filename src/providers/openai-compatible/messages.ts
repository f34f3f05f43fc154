import type OpenAI from "openai";
import type { ChatRequest, Message } from "../provider.ts";

type Wire = OpenAI.Chat.Completions.ChatCompletionMessageParam;

/** What servers of the interface differ in; learnt from what they refuse. */
export interface Dialect {
  /** Whether `response_format` with a schema is taken. */
  readonly schemas: boolean;
  /** The name of the limit of a reply's length. */
  readonly lengthLimit: "max_tokens" | "max_completion_tokens";
}

/** Our request in the form of the chat completions interface, without `stream`. */
export function toWire(
  request: ChatRequest,
  { schemas, lengthLimit }: Dialect,
): Omit<OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming, "stream"> {
  const { model, messages, tools, temperature, maxOutputTokens, seed, responseSchema } = request;
  return {
    model,
    messages: messages.map(messageToWire),
    ...(tools === undefined || tools.length === 0
      ? {}
      : {
          tools: tools.map(({ name, description, parameters }) => ({
            type: "function" as const,
            function: { name, description, parameters: parameters as Record<string, unknown> },
          })),
        }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxOutputTokens === undefined ? {} : { [lengthLimit]: maxOutputTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(responseSchema === undefined || !schemas
      ? {}
      : {
          response_format: {
            type: "json_schema" as const,
            json_schema: {
              name: responseSchema.name,
              strict: true,
              schema: responseSchema.schema as Record<string, unknown>,
            },
          },
        }),
  };
}

function messageToWire(message: Message): Wire {
  switch (message.role) {
    case "system":
    case "user":
      return { role: message.role, content: message.content };
    case "tool":
      return { role: "tool", tool_call_id: message.toolCallId, content: message.content };
    case "assistant":
      return {
        role: "assistant",
        content: message.content,
        ...(message.toolCalls === undefined || message.toolCalls.length === 0
          ? {}
          : {
              tool_calls: message.toolCalls.map((call) => ({
                id: call.id,
                type: "function" as const,
                function: { name: call.name, arguments: call.arguments },
              })),
            }),
      };
  }
}
