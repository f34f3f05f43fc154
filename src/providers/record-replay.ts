import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { AlleleError, contentHash, messageOf, parseJsonAt, readText } from "../base/index.ts";
import { cancelledCall, ProviderError } from "./provider-error.ts";
import type { ChatReply, ChatRequest, Provider } from "./provider.ts";

const Recording = z.strictObject({
  request: z.string(),
  reply: z.strictObject({
    content: z.string(),
    toolCalls: z.array(z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() })),
    usage: z.strictObject({ inputTokens: z.number(), outputTokens: z.number() }),
    finish: z.enum(["stop", "tool-calls", "length", "refusal"]),
    logProbabilities: z.array(z.number()).optional(),
  }),
});

/** Appends every answered call to a JSONL file: the hash of the request, and the reply. Rejects with AlleleError `recording-failed` too. */
export function recording(provider: Provider, file: string): Provider {
  return {
    name: provider.name,
    complete: async (request, options) => {
      const reply = await provider.complete(request, options);
      try {
        mkdirSync(dirname(file), { recursive: true });
        appendFileSync(file, `${JSON.stringify({ request: requestHash(request), reply })}\n`);
      } catch (error) {
        throw new AlleleError({
          code: "recording-failed",
          message: `cannot record to ${file}: ${messageOf(error)}`,
          hint: "Check the folder's permissions and the free space.",
          kind: "outside",
          where: { file },
          cause: error,
        });
      }
      return reply;
    },
  };
}

/**
 * Answers from a recording; equal requests that were recorded several times are answered in that order, the last one again and again.
 * Throws AlleleError when the file is missing or malformed; a request that was never recorded fails with `model-bad-request`.
 */
export function replaying(file: string): Provider {
  if (!existsSync(file)) {
    throw new AlleleError({
      code: "file-missing",
      message: `no such recording: ${file}`,
      hint: "Record one first: set record in the model's configuration.",
      where: { file },
    });
  }
  const replies = new Map<string, ChatReply[]>();
  for (const [index, line] of readText(file).split("\n").entries()) {
    if (line.trim() === "") continue;
    const { request, reply } = parseJsonAt(line, Recording, { file, line: index + 1 });
    replies.set(request, [...(replies.get(request) ?? []), reply]);
  }
  return {
    name: `replay ${file}`,
    complete: async (request, options) => {
      if (options?.signal?.aborted === true) throw cancelledCall();
      const waiting = replies.get(requestHash(request));
      const reply = waiting !== undefined && waiting.length > 1 ? waiting.shift() : waiting?.[0];
      if (reply !== undefined) {
        if (reply.content !== "") options?.onText?.(reply.content);
        return reply;
      }
      throw new ProviderError({
        code: "model-bad-request",
        message: `the recording ${file} has no reply to this request`,
        hint: "The prompt, the tools or a setting changed since it was recorded: record again.",
        retryable: false,
      });
    },
  };
}

function requestHash(request: ChatRequest): string {
  return contentHash(request);
}
