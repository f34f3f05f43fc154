import type { Clock, Random } from "../base/index.ts";
import { cancelledCall, ProviderError } from "./provider-error.ts";
import type { Provider } from "./provider.ts";

export interface RetryOptions {
  /** Tries after the first. */
  readonly retries: number;
  readonly clock: Clock;
  readonly random: Random;
}

const firstDelay = 500;
const longestDelay = 30_000;
const longestAsked = 120_000;

/**
 * Tries again what can be tried again: waits as long as the server asks, else 0.5 s doubling each time up to 30 s, with up to half of it taken
 * off at random so that many callers do not come back together. Passed on at once: what cannot help, and a server that asks for over two minutes.
 */
export function withRetry(provider: Provider, { retries, clock, random }: RetryOptions): Provider {
  return {
    name: provider.name,
    complete: async (request, options) => {
      for (let attempt = 0; ; attempt++) {
        try {
          return await provider.complete(request, options);
        } catch (error) {
          if (!(error instanceof ProviderError) || !error.retryable || attempt >= retries) throw error;
          const backOff = Math.min(longestDelay, firstDelay * 2 ** attempt) * (1 - random.next() / 2);
          const wait = error.retryAfter ?? backOff;
          if (wait > longestAsked) throw error;
          await clock.sleep(wait, options?.signal).catch(() => {
            throw cancelledCall(error);
          });
        }
      }
    },
  };
}
