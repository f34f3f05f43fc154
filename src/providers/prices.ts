import type { Usage } from "./provider.ts";

/** US dollars per million tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
}

interface PriceList {
  readonly host: string;
  /** Year and month in which the prices were looked up. Prices change: `prices` in a model's configuration stands above the list. */
  readonly asOf: string;
  readonly prices: Readonly<Record<string, Price>>;
}

/** Standard prices, without discounts for batches or cached input. */
const lists: readonly PriceList[] = [
  {
    host: "api.openai.com",
    asOf: "2026-03",
    prices: {
      "gpt-4o": { input: 2.5, output: 10 },
      "gpt-4o-mini": { input: 0.15, output: 0.6 },
      "gpt-4.1": { input: 2, output: 8 },
      "gpt-4.1-mini": { input: 0.4, output: 1.6 },
      "gpt-4.1-nano": { input: 0.1, output: 0.4 },
      "gpt-5": { input: 1.25, output: 10 },
      "gpt-5-mini": { input: 0.25, output: 2 },
      "gpt-5-nano": { input: 0.05, output: 0.4 },
    },
  },
];

/**
 * What an hour of a machine costs, for models that run on one's own. It is turned into a price per token by the speed that is declared beside it, not
 * by what each call happened to take: so the same run costs the same, whatever else the machine does.
 */
export interface HourlyPrice {
  /** US dollars. */
  readonly hour: number;
  /** Tokens a second, read and written; `allele models list --measure` tells them. */
  readonly speed: Price;
}

/** A price per million tokens. */
export function perToken({ hour, speed }: HourlyPrice): Price {
  const dollars = (perSecond: number): number => ((hour / 3600) * 1e6) / perSecond;
  return { input: dollars(speed.input), output: dollars(speed.output) };
}

/** The month of the price list of an endpoint, where the model is on it. */
export function listedAsOf(baseUrl: string, model: string): string | undefined {
  if (listedPrice(baseUrl, model) === undefined) return undefined;
  return lists.find(({ host }) => host === new URL(baseUrl).hostname)?.asOf;
}

/** The listed price of a model at an endpoint, whether it is named with its release date or without; undefined when it is not listed. */
export function listedPrice(baseUrl: string, model: string): Price | undefined {
  const { hostname } = new URL(baseUrl);
  const prices = lists.find(({ host }) => host === hostname)?.prices ?? {};
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, "");
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}

/** US dollars of a call. */
export function costOf(price: Price | undefined, usage: Usage): number {
  if (price === undefined) return 0;
  return (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6;
}
