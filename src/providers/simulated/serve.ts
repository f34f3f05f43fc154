import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AlleleError, makeRandom, messageOf, tryParseJson, type Clock, type Json } from "../../base/index.ts";
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
  close(): Promise<void>;
}

/** Serves any provider as an OpenAI-compatible endpoint on 127.0.0.1. Rejects with AlleleError `port-in-use`. */
export async function serveOpenAi(provider: Provider, options: ServeOptions): Promise<ModelServer> {
  const { latency = 0, concurrency = Number.POSITIVE_INFINITY, faultRate = 0, seed = 0, clock } = options;
  const random = makeRandom(`faults/${seed}`);
  const waiting: (() => void)[] = [];
  const counts = { asked: 0, answered: 0 };
  let busy = 0;

  const complete = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    counts.asked += 1;
    const fault = random.next() < faultRate ? random.pick(["busy", "broken", "cut"] as const) : undefined;
    const body = tryParseJson(await readBody(request));
    const asked = fromWire(body);
    if (typeof asked === "string") return sendError(response, 400, "invalid_request_error", asked);
    if (busy >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    busy += 1;
    try {
      if (latency > 0) await clock.sleep(latency);
      if (fault === "busy")
        return sendError(response, 429, "rate_limit_exceeded", "too many requests", { "retry-after-ms": "50" });
      if (fault === "broken") return sendError(response, 500, "server_error", "the server had a fault");
      const reply = await provider.complete(asked.request);
      if (fault === "cut") return cut(response, reply, asked.stream);
      counts.answered += 1;
      send(response, reply, asked);
    } catch (error) {
      const status = error instanceof ProviderError && error.code === "model-bad-request" ? 400 : 500;
      sendError(response, status, "server_error", messageOf(error));
    } finally {
      busy -= 1;
      waiting.shift()?.();
    }
  };

  const server = createServer((request, response) => {
    const path = (request.url ?? "").replace(/\?.*$/, "").replace(/\/+$/, "");
    if (request.method === "POST" && path === "/v1/chat/completions") {
      complete(request, response).catch(() => response.destroy());
    } else if (request.method === "GET" && path === "/v1/models") {
      sendJson(response, 200, {
        object: "list",
        data: [{ id: "simulated", object: "model", created: 0, owned_by: "allele" }],
      });
    } else sendError(response, 404, "not_found", `nothing at ${request.method} ${path}; try POST /v1/chat/completions`);
  });
  await listen(server, options.port);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    port,
    counts: () => ({ ...counts }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EADDRINUSE") return reject(error);
      reject(
        new AlleleError({
          code: "port-in-use",
          message: `port ${port} is in use`,
          hint: "Choose another with --port; 0 takes a free one.",
          cause: error,
        }),
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
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

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
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

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
