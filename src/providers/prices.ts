import type { Usage } from "./provider.ts";

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

/** Money of a call. */
export function costOf(price: Price | undefined, usage: Usage): number {
  if (price === undefined) return 0;
  return (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6;
}
