import { AlleleError, contentHash, type Json } from "../base/index.ts";
import type { ProposeRequest } from "../mutate/index.ts";
import { ProviderError, type ChatReply } from "../providers/index.ts";
import { shortage } from "./budget.ts";
import { available, type Engine } from "./engine.ts";

/** Thrown out of an operator when the budget does not allow another reflection call. */
export class ReflectionUnaffordable extends Error {}

/**
 * Reflection calls of one iteration: reserved, journalled and, once paid, never paid again. A reply is found again by the
 * content of its request and the number of calls answered before it.
 */
export function recordedReflection(engine: Engine, seed: number): ProposeRequest["reflect"] {
  const { inputs, journal } = engine;
  const { reflector, store, run, clock, signal, estimate } = inputs;
  return async (request) => {
    const { most } = estimate.reflection;
    if (shortage(available(engine), { rollouts: 0, ...most }) !== undefined) throw new ReflectionUnaffordable();
    const full = { ...request, model: reflector.model, seed };
    const key = contentHash({ request: full, ordinal: journal.state.reflections });
    const stored = store.replies.get(run, key) as unknown as ChatReply | undefined;
    const reply = stored ?? (await ask());
    const { inputTokens, outputTokens } = reply.usage;
    const usd = reflector.price(reply.usage);
    journal.emit({ type: "reflection-answered", spent: { rollouts: 0, tokens: inputTokens + outputTokens, usd } });
    return reply;

    async function ask(): Promise<ChatReply> {
      const since = clock.now();
      try {
        const paid = await reflector.provider.complete(full, { signal });
        const now = clock.now();
        store.replies.put(run, key, { reply: paid as unknown as Json, milliseconds: now - since }, now);
        return paid;
      } catch (error) {
        signal?.throwIfAborted();
        if (error instanceof ProviderError) journal.emit({ type: "reflection-failed", code: error.code });
        throw error;
      }
    }
  };
}

/** Whether an operator failed because of the reflection model, and not because of a defect. */
export function isReflectionFailure(error: unknown): error is AlleleError {
  return error instanceof ProviderError && error.kind === "outside";
}
