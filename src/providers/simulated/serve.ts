import type { IncomingMessage, ServerResponse } from "node:http";
import {
  makeRandom,
  messageOf,
  readBody,
  sendJson,
  serveHttp,
  tryParseJson,
  type Clock,
  type Json,
} from "../../base/index.ts";
import { ProviderError } from "../provider-error.ts";
import type { ChatReply, Provider } from "../provider.ts";
import { fromWire, toCompletion, toStream } from "./wire.ts";

export interface ServeOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Milliseconds added to each call. */
  readonly latency?: number | undefined;
  /** Calls worked on at once; others wait. */
  readonly concurrency?: number | undefined;
  /** Share of calls that fail, in [0, 1]: too many requests, server error, cut connection in equal parts. */
  readonly faultRate?: number | undefined;
  /** Seed of the faults. */
  readonly seed?: number | undefined;
  readonly clock: Clock;
}

export interface ModelServer {
  /** Base URL for clients, ending in /v1. */
  readonly url: string;
  readonly port: number;
  /** Chat completions asked for, and those answered well. */
  counts(): { readonly asked: number; readonly answered: number };
  /** Takes no more calls, lets those under way finish for up to two seconds, then hangs up. */
  close(): Promise<void>;
}

const statuses: Readonly<Record<string, number>> = {
  "model-bad-request": 400,
  "model-unauthorized": 401,
  "model-not-found": 404,
  "model-rate-limited": 429,
  "model-unreachable": 502,
  "model-timeout": 504,
};

/** Serves any provider as an OpenAI-compatible endpoint on 127.0.0.1. Rejects with AlleleError `port-in-use`. */
export async function serveOpenAi(provider: Provider, options: ServeOptions): Promise<ModelServer> {
  const { latency = 0, concurrency = Number.POSITIVE_INFINITY, faultRate = 0, seed = 0, clock } = options;
  const random = makeRandom(`faults/${seed}`);
  const waiting: (() => void)[] = [];
  const counts = { asked: 0, answered: 0 };
  let free = concurrency;

  const takePlace = async (): Promise<void> => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leavePlace = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };

  const complete = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    counts.asked += 1;
    const fault = random.next() < faultRate ? random.pick(["busy", "broken", "cut"] as const) : undefined;
    const body = tryParseJson(await readBody(request));
    const asked = fromWire(body);
    if (typeof asked === "string") return sendError(response, 400, "invalid_request_error", asked);
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    await takePlace();
    try {
      if (latency > 0) await clock.sleep(latency, gone.signal);
      if (fault === "busy") {
        const wait = { "retry-after-ms": "50", "retry-after": "1" };
        return sendError(response, 429, "rate_limit_exceeded", "too many requests", wait);
      }
      if (fault === "broken") return sendError(response, 500, "server_error", "the server had a fault");
      const reply = await provider.complete(asked.request, { signal: gone.signal });
      if (fault === "cut") return cut(response, reply, asked.stream);
      counts.answered += 1;
      send(response, reply, asked);
    } catch (error) {
      if (response.closed || response.headersSent) return void response.destroy();
      const status = (error instanceof ProviderError ? statuses[error.code] : undefined) ?? 500;
      sendError(response, status, status < 500 ? "invalid_request_error" : "server_error", messageOf(error));
    } finally {
      leavePlace();
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = (request.url ?? "").replace(/\?.*$/, "").replace(/\/+$/, "");
    if (request.method === "POST" && path === "/v1/chat/completions") return complete(request, response);
    if (request.method === "GET" && path === "/v1/models") {
      return sendJson(response, 200, {
        object: "list",
        data: [{ id: "simulated", object: "model", created: 0, owned_by: "allele" }],
      });
    }
    sendError(response, 404, "not_found", `nothing at ${request.method} ${path}; try POST /v1/chat/completions`);
  };
  const server = await serveHttp(handle, { port: options.port, clock });
  return { ...server, url: `${server.url}/v1`, counts: () => ({ ...counts }) };
}

function send(
  response: ServerResponse,
  reply: ChatReply,
  asked: { readonly stream: boolean; readonly request: { readonly model: string } },
): void {
  if (!asked.stream) return sendJson(response, 200, toCompletion(reply, asked.request.model));
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
  for (const chunk of toStream(reply, asked.request.model)) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  response.end("data: [DONE]\n\n");
}

/** Begins the answer and hangs up in the middle. */
function cut(response: ServerResponse, reply: ChatReply, stream: boolean): void {
  if (stream) {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`data: ${JSON.stringify(toStream(reply, "simulated")[0])}\n\n`);
  } else {
    response.writeHead(200, { "content-type": "application/json", "content-length": "4096" });
    response.write('{"id":"cut","choices":[{"message":{"role":"assi');
  }
  setImmediate(() => response.destroy());
}

function sendError(
  response: ServerResponse,
  status: number,
  type: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): void {
  sendJson(response, status, { error: { message, type, code: type, param: null } satisfies Json }, headers);
}
