import type { Clock } from "../base/index.ts";
import { ProviderError } from "./provider-error.ts";
import type { Provider } from "./provider.ts";
import { estimateInputTokens } from "./tokens.ts";

export interface LimitOptions {
  readonly requestsPerMinute?: number | undefined;
  /** Input tokens are estimated before the call, output is added after it. */
  readonly tokensPerMinute?: number | undefined;
  /** Calls under way at once. */
  readonly concurrency?: number | undefined;
  readonly clock: Clock;
}

const minute = 60_000;

/** Keeps calls within limits, first come first served. A cancelled call gives its place up. */
export function withLimits(provider: Provider, options: LimitOptions): Provider {
  const { clock, requestsPerMinute, tokensPerMinute } = options;
  const concurrency = options.concurrency ?? Number.POSITIVE_INFINITY;
  let recent: { at: number; tokens: number }[] = [];
  let underWay = 0;
  let turn: Promise<void> = Promise.resolve();
  const freed: (() => void)[] = [];

  const enter = async (tokens: number, signal: AbortSignal | undefined): Promise<{ at: number; tokens: number }> => {
    while (underWay >= concurrency) await new Promise<void>((resolve) => freed.push(resolve));
    for (;;) {
      refuseCancelled(signal);
      const now = clock.now();
      recent = recent.filter(({ at }) => now - at < minute);
      const used = recent.reduce((sum, entry) => sum + entry.tokens, 0);
      const tooMany = requestsPerMinute !== undefined && recent.length >= requestsPerMinute;
      const tooLong = tokensPerMinute !== undefined && recent.length > 0 && used + tokens > tokensPerMinute;
      if (!tooMany && !tooLong) break;
      const oldest = recent[0]?.at ?? now;
      await clock.sleep(Math.max(1, oldest + minute - now), signal).catch(() => refuseCancelled(signal));
    }
    const entry = { at: clock.now(), tokens };
    recent.push(entry);
    underWay += 1;
    return entry;
  };

  return {
    name: provider.name,
    complete: async (request, call) => {
      const mine = turn.then(() => enter(estimateInputTokens(request), call?.signal));
      turn = mine.then(
        () => {},
        () => {},
      );
      const entry = await mine;
      try {
        const reply = await provider.complete(request, call);
        entry.tokens = reply.usage.inputTokens + reply.usage.outputTokens;
        return reply;
      } finally {
        underWay -= 1;
        freed.shift()?.();
      }
    },
  };
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted !== true) return;
  throw new ProviderError({ code: "model-cancelled", message: "the call was cancelled", retryable: false });
}
