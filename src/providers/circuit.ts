import type { Clock } from "../base/index.ts";
import { ProviderError } from "./provider-error.ts";
import type { Provider } from "./provider.ts";

export interface CircuitOptions {
  /** Unreachable calls in a row after which the endpoint counts as down. */
  readonly failures?: number;
  /** Milliseconds until one call may look whether it is back. */
  readonly pause?: number;
  readonly clock: Clock;
}

/**
 * Turns a dead endpoint into a quick, clear error: after several unreachable calls in a row the next ones fail at once. After a pause a
 * single call is let through; when it reaches the endpoint, all are.
 */
export function withCircuit(provider: Provider, { failures = 5, pause = 20_000, clock }: CircuitOptions): Provider {
  let inARow = 0;
  let last: { readonly at: number; readonly error: ProviderError } | undefined;
  let looking = false;

  const note = (error: unknown): void => {
    if (error instanceof ProviderError && error.code === "model-cancelled") return;
    if (!(error instanceof ProviderError) || error.code !== "model-unreachable") {
      inARow = 0;
      return;
    }
    inARow += 1;
    last = { at: clock.now(), error };
  };

  return {
    name: provider.name,
    complete: async (request, options) => {
      const open = last !== undefined && inARow >= failures ? last : undefined;
      if (open !== undefined && (looking || clock.now() - open.at < pause)) throw quick(open.error);
      if (open !== undefined) looking = true;
      try {
        const reply = await provider.complete(request, options);
        inARow = 0;
        return reply;
      } catch (error) {
        note(error);
        throw error;
      } finally {
        if (open !== undefined) looking = false;
      }
    },
  };
}

function quick({ message, hint = "" }: ProviderError): ProviderError {
  return new ProviderError({ code: "model-unreachable", message, hint, retryable: false });
}
