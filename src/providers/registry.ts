import { join, resolve } from "node:path";
import { z } from "zod";
import { AlleleError, contentHash, type Clock, type Random } from "../base/index.ts";
import { withCircuit } from "./circuit.ts";
import { withLimits } from "./limits.ts";
import { bindingVersion } from "./llama/binding.ts";
import type { LlamaOptions } from "./llama/open.ts";
import { llamaProvider } from "./llama/provider.ts";
import { openAiCompatible } from "./openai-compatible/provider.ts";
import { costOf, listedAsOf, listedPrice, perToken } from "./prices.ts";
import type { Provider, Usage } from "./provider.ts";
import { cancelledCall } from "./provider-error.ts";
import { recording, replaying } from "./record-replay.ts";
import { withRetry } from "./retry.ts";
import { defaultParameters } from "./simulated/parameters.ts";
import { makeSimulatedProvider } from "./simulated/simulated.ts";

const common = {
  /** Calls are limited before they are made; the server's own limits are met by retrying. */
  limits: z
    .strictObject({
      requests_per_minute: z.int().positive().optional(),
      tokens_per_minute: z.int().positive().optional(),
      concurrency: z.int().positive().optional(),
    })
    .optional(),
  /** US dollars per million tokens; or per hour of the machine, with the tokens a second that it reads and writes. */
  prices: z
    .union([
      z.strictObject({ input: z.number().min(0), output: z.number().min(0) }),
      z.strictObject({
        hour: z.number().min(0),
        speed: z.strictObject({ input: z.number().positive(), output: z.number().positive() }),
      }),
    ])
    .optional(),
  /** Append every call to this JSONL file, for `kind: replay`. */
  record: z.string().optional(),
};

/** A model and how to reach it. */
export const ModelConfig = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("simulated"),
    ...common,
    model: z.string().default("simulated"),
    seed: z.int().min(0).default(0),
    /** Milliseconds that each call takes. */
    latency: z.number().min(0).optional(),
  }),
  z.strictObject({
    kind: z.literal("openai-compatible"),
    ...common,
    model: z.string().min(1),
    /** Often ends in /v1. */
    base_url: z
      .url({ protocol: /^https?$/ })
      .refine(isPlainUrl, "no user, password, query or fragment: a key belongs into the variable that key_env names"),
    /** Name of the environment variable that holds the key; the key itself never stands in a file. */
    key_env: z
      .string()
      .regex(/^[A-Za-z_]\w*$/, "the name of an environment variable, not the key itself")
      .optional(),
    /** Longest silence: until the whole reply, or between two pieces of a stream. */
    timeout_seconds: z.number().positive().max(86_400).default(120),
    retries: z.int().min(0).max(20).default(4),
  }),
  z.strictObject({
    kind: z.literal("llama"),
    ...common,
    /** A model that `allele models pull` fetched. */
    model: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/i, "a name of letters, digits, dots, hyphens and underscores"),
    /** A GGUF file elsewhere. */
    file: z.string().optional(),
    /** Where fetched models are, and node-llama-cpp where it is installed for them. */
    folder: z.string().default("models"),
    /** Of the file, in hexadecimal; it is checked before the model is loaded. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, "64 hexadecimal digits")
      .optional(),
    /** Most tokens of a conversation with its reply; memory grows with it. */
    context: z.int().min(64).max(1_048_576).default(2048),
    /** Threads of the processor. They change the time of a reply and not the reply. */
    threads: z.int().min(1).max(256).default(2),
  }),
  z.strictObject({
    kind: z.literal("replay"),
    ...common,
    model: z.string().default("replay"),
    file: z.string(),
  }),
]);
export type ModelConfig = Readonly<z.infer<typeof ModelConfig>>;

export interface ProviderParts {
  readonly clock: Clock;
  /** For the jitter of retries. */
  readonly random: Random;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the relative paths of recordings begin; absent: the current folder. */
  readonly folder?: string | undefined;
}

/** Makes the provider of a configuration. Throws AlleleError `key-missing`, `key-malformed`, or what opening a recording throws. */
export function makeProvider(config: ModelConfig, parts: ProviderParts): Provider {
  const provider = withProtection(config, parts);
  return config.record === undefined ? provider : recording(provider, resolve(parts.folder ?? ".", config.record));
}

/** Raised whenever the simulated model replies otherwise to the same request; its figures are told apart by their hash. */
const simulatedVersion = `2-${contentHash(defaultParameters).slice("s256:".length, "s256:".length + 6)}`;

/** Names everything that changes a model's replies: part of the cache key of rollouts. Never holds a key. */
export function modelIdentity(config: ModelConfig): string {
  switch (config.kind) {
    case "simulated":
      return `simulated/${config.model}?seed=${config.seed}&version=${simulatedVersion}`;
    case "openai-compatible":
      return `${config.base_url.replace(/\/+$/, "")}#${config.model}`;
    case "llama":
      return `llama/${config.file ?? config.model}?context=${config.context}&version=${bindingVersion}${config.sha256 === undefined ? "" : `&sha256=${config.sha256.toLowerCase()}`}`;
    case "replay":
      return `replay/${config.file}#${config.model}`;
  }
}

/** US dollars of a call of this model: by its `prices`, else by the price list of its endpoint, else 0. */
export function priceOf(config: ModelConfig): (model: string, usage: Usage) => number {
  const listed = config.kind === "openai-compatible" ? listedPrice(config.base_url, config.model) : undefined;
  const { prices } = config;
  const declared = prices !== undefined && "hour" in prices ? perToken(prices) : prices;
  return (_model, usage) => costOf(declared ?? listed, usage);
}

/** Where the price of a model comes from, for people. */
export function priceSource(config: ModelConfig): string {
  const { prices } = config;
  if (prices !== undefined) {
    if (!("hour" in prices)) return `declared: $${prices.input} and $${prices.output} per million tokens`;
    const { hour, speed } = prices;
    return `declared: $${hour} an hour at ${speed.input} and ${speed.output} tokens a second`;
  }
  if (config.kind !== "openai-compatible") return "none: it runs here";
  const asOf = listedAsOf(config.base_url, config.model);
  if (asOf !== undefined) return `list of ${new URL(config.base_url).hostname}, ${asOf}`;
  return hasKnownCost(config) ? "none: it runs on this machine" : "none known, so it counts as free";
}

/** False for a model that may cost money and has no price: somebody else's endpoint, neither in `prices` nor on the list. */
export function hasKnownCost(config: ModelConfig): boolean {
  if (config.kind !== "openai-compatible" || config.prices !== undefined) return true;
  return isLocal(new URL(config.base_url).hostname) || listedPrice(config.base_url, config.model) !== undefined;
}

function isLocal(host: string): boolean {
  return host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || host.startsWith("127.");
}

function withProtection(config: ModelConfig, parts: ProviderParts): Provider {
  const { clock, random } = parts;
  const limited = (provider: Provider): Provider =>
    config.limits === undefined
      ? provider
      : withLimits(provider, {
          requestsPerMinute: config.limits.requests_per_minute,
          tokensPerMinute: config.limits.tokens_per_minute,
          concurrency: config.limits.concurrency,
          clock,
        });
  switch (config.kind) {
    case "simulated":
      return limited(withLatency(makeSimulatedProvider({ seed: config.seed }), config.latency ?? 0, clock));
    case "llama":
      return limited(llamaProvider(llamaOptions(config, parts.folder ?? ".")));
    case "replay":
      return limited(replaying(resolve(parts.folder ?? ".", config.file)));
    case "openai-compatible": {
      const endpoint = openAiCompatible({
        baseUrl: config.base_url,
        model: config.model,
        keyVariable: config.key_env,
        key: keyOf(config.key_env, parts.environment),
        timeout: config.timeout_seconds * 1000,
      });
      return withCircuit(withRetry(limited(endpoint), { retries: config.retries, clock, random }), { clock });
    }
  }
}

function llamaOptions(config: Extract<ModelConfig, { kind: "llama" }>, project: string): LlamaOptions {
  const { file, model, sha256, context, threads } = config;
  const folder = resolve(project, config.folder);
  return { file: resolve(project, file ?? join(folder, `${model}.gguf`)), sha256, folder, context, threads };
}

function withLatency(provider: Provider, latency: number, clock: Clock): Provider {
  if (latency === 0) return provider;
  return {
    name: provider.name,
    complete: async (request, options) => {
      await clock.sleep(latency, options?.signal).catch((error: unknown) => {
        throw cancelledCall(error);
      });
      return provider.complete(request, options);
    },
  };
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return true;
  const { username, password, search, hash } = new URL(text);
  return [username, password, search, hash].every((part) => part === "");
}

function keyOf(variable: string | undefined, environment: ProviderParts["environment"]): string | undefined {
  if (variable === undefined) return undefined;
  const key = environment[variable]?.trim() ?? "";
  if (key === "") {
    throw new AlleleError({
      code: "key-missing",
      message: `the environment variable ${variable} is not set`,
      hint: `Put the model's key there, for example: export ${variable}=...`,
    });
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new AlleleError({
      code: "key-malformed",
      message: `the environment variable ${variable} holds no key: keys are one word of ASCII`,
      hint: "Look for a second line, a space or typographic quotes in it.",
    });
  }
  return key;
}
