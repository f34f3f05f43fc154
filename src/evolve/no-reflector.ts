import { ProviderError } from "../providers/index.ts";
import type { Reflector } from "./engine.ts";

/** In place of a reflection model where there is none; whoever asks it is refused. */
export const noReflector: Reflector = {
  model: "none",
  price: () => 0,
  provider: {
    name: "none",
    complete: () =>
      Promise.reject(
        new ProviderError({
          code: "model-bad-request",
          message: "there is no reflection model",
          hint: "Name one under models in allele.yaml: reflection.",
          retryable: false,
        }),
      ),
  },
};
