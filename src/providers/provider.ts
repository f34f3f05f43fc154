import type { Json } from "../base/index.ts";

/** A model's wish to have a tool called. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote it: JSON text, possibly malformed. */
  readonly arguments: string;
}

/** One turn of a conversation. */
export type Message =
  | { readonly role: "system" | "user"; readonly content: string }
  | { readonly role: "assistant"; readonly content: string; readonly toolCalls?: readonly ToolCall[] | undefined }
  | { readonly role: "tool"; readonly toolCallId: string; readonly content: string };

/** A tool as a model sees it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of the arguments object. */
  readonly parameters: Json;
}

/** Answers to choose among by their log-probability. */
export interface Choices {
  /** At least two, each different. */
  readonly texts: readonly string[];
  /**
   * Another conversation whose answer says nothing, such as the same one with an empty question: what a choice is likely there already is taken
   * off its log-probability (contextual calibration: Zhao et al. 2021; as a difference of logarithms: Holtzman et al. 2021).
   */
  readonly baseline?: readonly Message[] | undefined;
  /**
   * Conversations of which the right choice is known, by its position: the log-probabilities are shifted by what makes the choices as likely there,
   * in the mean, as they are right (batch calibration: Zhou et al. 2024, with known shares). Evaluated once for a prompt.
   */
  readonly references?: readonly Reference[] | undefined;
}

interface Reference {
  readonly messages: readonly Message[];
  readonly choice: number;
}

/** One call of a model. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly tools?: readonly ToolDefinition[] | undefined;
  /** In [0, 2]; absent: the provider's default. */
  readonly temperature?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
  /** For repeatable sampling, where the provider supports it. */
  readonly seed?: number | undefined;
  /** Ask for a reply that is JSON of this schema. */
  readonly responseSchema?: { readonly name: string; readonly schema: Json } | undefined;
  /** Generate nothing: the reply's content is the likeliest of these. Providers that cannot tell reject with `model-bad-request`. */
  readonly choices?: Choices | undefined;
}

/** Tokens of one call. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a model answered. */
export interface ChatReply {
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: Usage;
  readonly finish: "stop" | "tool-calls" | "length" | "refusal";
  /** Natural logarithms, one for each of `choices`, less those of its baseline and what `references` shift; absent where nothing was to be chosen. */
  readonly logProbabilities?: readonly number[] | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with pieces of the content as they arrive, when the provider streams. */
  readonly onText?: ((text: string) => void) | undefined;
}

/** A language model somewhere. Contract: `complete` resolves with a whole reply or rejects with a ProviderError; only a recording that cannot be written is another AlleleError, since it has to stop the run. */
export interface Provider {
  /** For people and logs, such as "openai-compatible http://127.0.0.1:8080/v1". Never holds a key. */
  readonly name: string;
  complete(request: ChatRequest, options?: CallOptions): Promise<ChatReply>;
}
