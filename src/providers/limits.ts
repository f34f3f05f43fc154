import type { Clock } from "../base/index.ts";
import { cancelledCall } from "./provider-error.ts";
import type { Provider } from "./provider.ts";
import { estimateInputTokens } from "./tokens.ts";

export interface LimitOptions {
  readonly requestsPerMinute?: number | undefined;
  /** Input tokens are estimated before the call; what was really used replaces the estimate after it. */
  readonly tokensPerMinute?: number | undefined;
  /** Calls under way at once. */
  readonly concurrency?: number | undefined;
  readonly clock: Clock;
}

interface Entry {
  readonly at: number;
  tokens: number;
}

const minute = 60_000;

/**
 * Keeps calls within limits of any sixty seconds, first come first served. A request that alone is over the token limit waits for an empty
 * minute. A cancelled call rejects at once and gives its place up.
 */
export function withLimits(provider: Provider, options: LimitOptions): Provider {
  const { clock, requestsPerMinute = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY } = options;
  const concurrency = options.concurrency ?? Number.POSITIVE_INFINITY;
  let recent: Entry[] = [];
  let underWay = 0;
  let queue: Promise<unknown> = Promise.resolve();
  let slotFreed = (): void => {};

  /** Milliseconds until the minute has room; 0 when it has. */
  const waitFor = (tokens: number): number => {
    const now = clock.now();
    recent = recent.filter(({ at }) => now - at < minute);
    const oldest = recent[0];
    if (oldest === undefined) return 0;
    const used = recent.reduce((sum, entry) => sum + entry.tokens, 0);
    const room = recent.length < requestsPerMinute && used + tokens <= tokensPerMinute;
    return room ? 0 : oldest.at + minute - now;
  };

  /** Only the head of the queue is ever in here. */
  const enter = async (tokens: number, signal: AbortSignal | undefined): Promise<Entry> => {
    while (underWay >= concurrency) {
      await orCancelled(new Promise<void>((resolve) => (slotFreed = resolve)), signal);
    }
    for (let wait = waitFor(tokens); wait > 0; wait = waitFor(tokens)) {
      await clock.sleep(wait, signal).catch(throwCancelled);
    }
    if (signal?.aborted === true) throwCancelled();
    const entry = { at: clock.now(), tokens };
    recent.push(entry);
    underWay += 1;
    return entry;
  };

  const leave = (): void => {
    underWay -= 1;
    slotFreed();
  };

  return {
    name: provider.name,
    complete: async (request, call) => {
      const signal = call?.signal;
      const entered = queue.then(() => enter(estimateInputTokens(request), signal));
      queue = entered.catch(() => {});
      const entry = await orCancelled(entered, signal).catch((error: unknown) => {
        entered.then(leave, () => {});
        throw error;
      });
      try {
        const reply = await provider.complete(request, call);
        entry.tokens = reply.usage.inputTokens + reply.usage.outputTokens;
        return reply;
      } finally {
        leave();
      }
    },
  };
}

function throwCancelled(): never {
  throw cancelledCall();
}

/** Rejects as soon as `signal` aborts. */
function orCancelled<T>(entered: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return entered;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(cancelledCall());
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    entered.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
