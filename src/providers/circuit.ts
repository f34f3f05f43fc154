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

/** Turns a dead endpoint into a quick, clear error: after several unreachable calls in a row the next ones fail at once for a while. */
export function withCircuit(provider: Provider, { failures = 5, pause = 20_000, clock }: CircuitOptions): Provider {
  let inARow = 0;
  let lastFailure: { readonly at: number; readonly error: ProviderError } | undefined;
  return {
    name: provider.name,
    complete: async (request, options) => {
      if (lastFailure !== undefined && inARow >= failures && clock.now() - lastFailure.at < pause) {
        const { message, hint } = lastFailure.error;
        throw new ProviderError({ code: "model-unreachable", message, hint: hint ?? "", retryable: false });
      }
      try {
        const reply = await provider.complete(request, options);
        inARow = 0;
        return reply;
      } catch (error) {
        if (error instanceof ProviderError && error.code === "model-unreachable") {
          inARow += 1;
          lastFailure = { at: clock.now(), error };
        } else inARow = 0;
        throw error;
      }
    },
  };
}
