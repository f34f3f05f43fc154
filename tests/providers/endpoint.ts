import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Json } from "../../src/base/index.ts";

interface Asked {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly organization: string | undefined;
  readonly body: { readonly [key: string]: Json };
}

type Answer = (response: ServerResponse, asked: Asked, request: IncomingMessage) => void;

interface Endpoint {
  readonly baseUrl: string;
  readonly asked: readonly Asked[];
}

/** A server on loopback that answers each call as the test says, and remembers what was asked. Closed when the test ends. */
export async function endpoint(answer: Answer): Promise<Endpoint> {
  const { close, ...found } = await openEndpoint(answer);
  onTestFinished(close);
  return found;
}

/** As endpoint, for whoever closes it himself. */
export async function openEndpoint(answer: Answer): Promise<Endpoint & { readonly close: () => void }> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const call = {
        path: request.url ?? "",
        authorization: request.headers.authorization,
        organization: request.headers["openai-organization"]?.toString(),
        body: parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString("utf8")),
      };
      asked.push(call);
      answer(response, call, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The base URL of a port on which nothing listens. */
export async function nowhere(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}/v1`;
}

export function json(
  response: ServerResponse,
  status: number,
  body: Json,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

export function refuse(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
  code: string | null = null,
): void {
  json(response, status, { error: { message: "as the test wants", type: "test", code, param: null } }, headers);
}

/** A whole chat completion with one choice. */
export function completion(
  message: Json,
  finish: string,
  usage: Json = { prompt_tokens: 12, completion_tokens: 3, total_tokens: 15 },
): { readonly [key: string]: Json } {
  return {
    id: "chatcmpl-1",
    object: "chat.completion",
    created: 0,
    model: "test",
    choices: [{ index: 0, message, finish_reason: finish }],
    ...(usage === null ? {} : { usage }),
  };
}

/** Sends these chunks as server-sent events; `end` with the closing mark, else hangs up. */
export function stream(response: ServerResponse, chunks: readonly Json[], end: boolean): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  for (const chunk of chunks) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
  if (end) response.end("data: [DONE]\n\n");
  else setTimeout(() => response.destroy(), 20);
}

export function chunk(delta: Json, finish: string | null = null): Json {
  return {
    id: "chatcmpl-1",
    object: "chat.completion.chunk",
    created: 0,
    model: "test",
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
}
