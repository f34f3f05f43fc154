import type { Clock, Random } from "../base/index.ts";
import { ProviderError } from "./provider-error.ts";
import type { Provider } from "./provider.ts";

export interface RetryOptions {
  /** Tries after the first. */
  readonly retries: number;
  readonly clock: Clock;
  readonly random: Random;
}

const firstDelay = 500;
const longestDelay = 30_000;

/**
 * Tries again what can be tried again: waits as long as the server asks (at most half a minute), else 0.5 s doubling each time, with up to half of
 * it at random so that many callers do not come back together. What cannot help is passed on at once.
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
          const wait = Math.min(longestDelay, error.retryAfter ?? backOff);
          await clock.sleep(wait, options?.signal).catch(() => {
            throw new ProviderError({ code: "model-cancelled", message: "the call was cancelled", retryable: false });
          });
        }
      }
    },
  };
}
