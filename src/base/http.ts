import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AlleleError, messageOf } from "./error.ts";
import type { Clock } from "./clock.ts";

export interface HttpOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string | undefined;
  readonly clock: Clock;
}

export interface HttpServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Takes no more requests, lets those under way finish for up to two seconds, then hangs up. */
  close(): Promise<void>;
}

/** Milliseconds. */
const grace = 2000;

/**
 * Serves HTTP until closed. A `handle` that rejects costs its own connection and nothing else.
 * Rejects with AlleleError `port-in-use`, or `cannot-listen` when host or port cannot be served.
 */
export async function serveHttp(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  { port, host = "127.0.0.1", clock }: HttpOptions,
): Promise<HttpServer> {
  const underWay = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const sent = new Promise<void>((resolve) => response.once("close", resolve));
    underWay.add(sent);
    void sent.then(() => underWay.delete(sent));
    handle(request, response).catch(() => response.destroy());
  });
  await listen(server, host, port);
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const finished = new AbortController();
      const patience = clock.sleep(grace, finished.signal).catch(() => {});
      await Promise.race([Promise.all(underWay), patience]);
      finished.abort();
      server.closeAllConnections();
      await closed;
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(
          new AlleleError({
            code: "port-in-use",
            message: `port ${port} is in use`,
            hint: "Choose another with --port; 0 takes a free one.",
            cause: error,
          }),
        );
      } else {
        reject(
          new AlleleError({
            code: "cannot-listen",
            message: `cannot serve on ${host}, port ${port}: ${messageOf(error)}`,
            hint: "Use --host 127.0.0.1 and a port above 1023.",
            cause: error,
          }),
        );
      }
    });
    server.listen(port, host, resolve);
  });
}

export function sendJson(
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

/** The whole body as text. Throws AlleleError `body-too-large` beyond `most` bytes. */
export async function readBody(request: IncomingMessage, most = Number.POSITIVE_INFINITY): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    // What is too long is read to its end and thrown away, so that the client gets to read the answer.
    if (length <= most) parts.push(part as Buffer);
  }
  if (length > most) {
    throw new AlleleError({
      code: "body-too-large",
      message: `the body has ${length} bytes, the limit is ${most}`,
      hint: "Send fewer tasks in a request, or a shorter candidate.",
    });
  }
  return Buffer.concat(parts).toString("utf8");
}
