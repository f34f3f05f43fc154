import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from "openai";
import { messageOf } from "../../base/index.ts";
import { cancelledCall, ProviderError } from "../provider-error.ts";

export interface Endpoint {
  readonly baseUrl: string;
  readonly model: string;
  readonly keyVariable: string | undefined;
  /** Sent as bearer token; local servers often need none, then nothing is sent. Never stands in a message. */
  readonly key: string | undefined;
}

/** Anything the client threw, as a ProviderError that says what to do. */
export function toProviderError(error: unknown, endpoint: Endpoint): ProviderError {
  if (error instanceof ProviderError) return error;
  const { baseUrl, model, keyVariable, key } = endpoint;
  // A server may repeat what it was sent.
  const message = key ? messageOf(error).replaceAll(key, "(the key)") : messageOf(error);
  if (error instanceof APIUserAbortError || (error instanceof Error && error.name === "AbortError")) {
    return cancelledCall(error);
  }
  if (error instanceof APIConnectionTimeoutError) return timedOut(endpoint, error);
  if (error instanceof APIConnectionError) {
    return new ProviderError({
      code: "model-unreachable",
      message: `cannot reach the model at ${baseUrl}: ${causeOf(error)}`,
      hint: "Check base_url in allele.yaml and that the server is running.",
      retryable: true,
      cause: error,
    });
  }
  // The runtime's fetch says "terminated" when the connection ends before the body.
  if (error instanceof TypeError && message === "terminated")
    return badReply("the connection was cut in the middle", error);
  if (!(error instanceof APIError) || error.status === undefined) {
    return new ProviderError({
      code: "model-bad-reply",
      message: `the model at ${baseUrl} answered something that is not a chat completion: ${message}`,
      hint: "Check that base_url points at an OpenAI-compatible endpoint (it often ends in /v1).",
      retryable: true,
      cause: error,
    });
  }
  const status = error.status as number;
  if (status === 401 || status === 403) {
    return new ProviderError({
      code: "model-unauthorized",
      message: `${baseUrl} refused the key (${status})`,
      hint:
        keyVariable === undefined
          ? "Name the environment variable that holds the key as key_env in allele.yaml."
          : `Check the key in the environment variable ${keyVariable}.`,
      retryable: false,
      cause: error,
    });
  }
  if (status === 404) {
    return new ProviderError({
      code: "model-not-found",
      message: `${baseUrl} knows no model "${model}", or the path is wrong (404)`,
      hint: "Check model and base_url in allele.yaml.",
      retryable: false,
      cause: error,
    });
  }
  if (status === 429 && error.code === "insufficient_quota") {
    return new ProviderError({
      code: "model-rate-limited",
      message: `the account at ${baseUrl} has no quota left (429)`,
      hint: "Add credit or raise the limit of the account; waiting does not help.",
      retryable: false,
      cause: error,
    });
  }
  if (status === 429) {
    return new ProviderError({
      code: "model-rate-limited",
      message: `${baseUrl} asks for fewer calls (429)`,
      hint: "Lower the concurrency, or set limits of the model in allele.yaml.",
      retryable: true,
      retryAfter: retryAfterOf(error.headers),
      cause: error,
    });
  }
  if (status >= 500 || status === 408 || status === 409) {
    return new ProviderError({
      code: "model-server-error",
      message: `${baseUrl} failed (${status}): ${message}`,
      hint: "The server's fault; try again later.",
      retryable: true,
      retryAfter: retryAfterOf(error.headers),
      cause: error,
    });
  }
  return new ProviderError({
    code: "model-bad-request",
    message: `${baseUrl} refused the request (${status}): ${message}`,
    hint: "Check that the model takes the settings of the genome (temperature, tools, output length).",
    retryable: false,
    cause: error,
  });
}

export function timedOut({ baseUrl }: Endpoint, cause: unknown): ProviderError {
  return new ProviderError({
    code: "model-timeout",
    message: `the model at ${baseUrl} did not answer in time`,
    hint: "Raise timeout_seconds of the model, or lower the concurrency.",
    retryable: true,
    cause,
  });
}

export function badReply(problem: string, cause?: unknown): ProviderError {
  return new ProviderError({
    code: "model-bad-reply",
    message: `the model's reply is unusable: ${problem}`,
    hint: "Often a passing fault of the server; if it stays, check that base_url points at an OpenAI-compatible endpoint.",
    retryable: true,
    cause,
  });
}

/**
 * Milliseconds that the server asks to wait: `retry-after-ms`, or `retry-after` in seconds or as a date. A date is taken against the
 * server's own `date`, so that clocks need not agree. Undefined when there is none that can be read.
 */
function retryAfterOf(headers: Headers | undefined): number | undefined {
  const read = (name: string): string => headers?.get(name) ?? "";
  const seconds = read("retry-after");
  const asked = [
    Number.parseFloat(read("retry-after-ms")),
    /^[\d.]+$/.test(seconds) ? Number(seconds) * 1000 : Date.parse(seconds) - Date.parse(read("date")),
  ].find(Number.isFinite);
  return asked === undefined ? undefined : Math.max(0, asked);
}

function causeOf(error: Error): string {
  let cause: unknown = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return messageOf(cause);
}
