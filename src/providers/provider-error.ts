import { AlleleError } from "../base/index.ts";

export type ProviderErrorCode =
  | "model-unreachable"
  | "model-unauthorized"
  | "model-not-found"
  | "model-rate-limited"
  | "model-server-error"
  | "model-timeout"
  | "model-bad-reply"
  | "model-bad-request"
  | "model-cancelled";

/** Why a model call failed, and whether trying again can help. */
export class ProviderError extends AlleleError {
  readonly retryable: boolean;
  /** Milliseconds the server asked to wait. */
  readonly retryAfter: number | undefined;

  constructor(options: {
    code: ProviderErrorCode;
    message: string;
    hint?: string;
    retryable: boolean;
    retryAfter?: number | undefined;
    cause?: unknown;
  }) {
    super({ ...options, kind: options.code === "model-cancelled" ? "interrupted" : "outside" });
    this.name = "ProviderError";
    this.retryable = options.retryable;
    this.retryAfter = options.retryAfter;
  }
}

export function cancelledCall(cause?: unknown): ProviderError {
  return new ProviderError({ code: "model-cancelled", message: "the call was cancelled", retryable: false, cause });
}

/** The refusal of a provider that generates text and cannot tell how likely given answers are. */
export function cannotChoose(provider: string): ProviderError {
  return new ProviderError({
    code: "model-bad-request",
    message: `${provider} does not tell how likely given answers are`,
    hint: "Set the gene answering to generate, or use a model of kind llama.",
    retryable: false,
  });
}
