import { z } from "zod";
import type { ChatReply, ChatRequest, ToolCall, Usage } from "../provider.ts";
import { estimateInputTokens, estimateTokens } from "../tokens.ts";
import { badReply } from "./failure.ts";

/** What the server counted; anything else than counts is as good as none. */
const WireUsage = z
  .object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) })
  .optional()
  .catch(undefined);

/** Arguments are text by the interface; some servers send the object itself. */
const Arguments = z.unknown().transform((given) => (typeof given === "string" ? given : JSON.stringify(given ?? {})));

const WireCompletion = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({
          content: z.string().nullish(),
          refusal: z.string().nullish(),
          tool_calls: z
            .array(
              z.object({ id: z.string().nullish(), function: z.object({ name: z.string(), arguments: Arguments }) }),
            )
            .nullish(),
        }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: WireUsage,
});

/** The reply in a whole chat completion. Throws ProviderError `model-bad-reply` when it is something else, JSON or not. */
export function fromCompletion(completion: unknown, request: ChatRequest): ChatReply {
  const parsed = WireCompletion.safeParse(completion);
  const choice = parsed.data?.choices[0];
  if (choice === undefined) {
    const issue = parsed.error?.issues[0];
    throw badReply(`it is not a chat completion (${issue?.path.join(".") || "the whole"}: ${issue?.message})`);
  }
  const { content, refusal, tool_calls } = choice.message;
  const toolCalls = (tool_calls ?? []).map(({ id, function: call }, index) => ({ id: id || `call-${index}`, ...call }));
  const text = content ?? refusal ?? "";
  return {
    content: text,
    toolCalls,
    usage: usageOf(parsed.data?.usage, request, text, toolCalls),
    finish: refusal ? "refusal" : finishOf(choice.finish_reason, toolCalls),
  };
}

/** The server's count, or an estimate where it gives none. */
export function usageOf(
  counted: unknown,
  request: ChatRequest,
  content: string,
  toolCalls: readonly ToolCall[],
): Usage {
  const usage = WireUsage.parse(counted);
  if (usage !== undefined) return { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
  const called = toolCalls.reduce((sum, call) => sum + estimateTokens(call.name + call.arguments), 0);
  return { inputTokens: estimateInputTokens(request), outputTokens: estimateTokens(content) + called };
}

export function finishOf(reason: string | null | undefined, toolCalls: readonly ToolCall[]): ChatReply["finish"] {
  if (reason === "length") return "length";
  if (reason === "content_filter") return "refusal";
  return toolCalls.length > 0 ? "tool-calls" : "stop";
}
