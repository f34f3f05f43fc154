import { gzipSync } from "node:zlib";
import type { IncomingMessage, ServerResponse } from "node:http";
import { AlleleError, readBody, secretToken, serveHttp } from "../base/index.ts";
import { makeBackgroundRuns, storeVersion, type Workbench } from "../workbench/index.ts";
import type { Answer, Page, PageRequest } from "./answer.ts";
import { makeAside } from "./aside.ts";
import { assetOf } from "./assets.ts";
import { makeChats } from "./chats.ts";
import type { Dashboard } from "./dashboard.ts";
import { failurePage } from "./failure.ts";
import { admissionOf, cookieOf, refuseForeign, type Guard } from "./guard.ts";
import { makeJobs } from "./jobs.ts";
import { layout } from "./layout.ts";
import { actions, views } from "./routes.ts";
import { makeRouter } from "./router.ts";
import { makeWatches, type Watches } from "./watch.ts";

export interface DashboardOptions {
  readonly port: number;
  readonly host: string;
  /** Serves until this aborts; then runs that were started here are interrupted, and can be resumed. */
  readonly signal: AbortSignal;
  /** Told the address to open, with the token where one is needed. */
  readonly onListening: (url: string) => void;
  readonly onNote: (line: string) => void;
}

/** Longest form, in bytes: the longest genes fit. */
const longestForm = 1024 * 1024;

const onThisMachine = new Set(["127.0.0.1", "localhost", "::1"]);

const findView = makeRouter(views);
const findAction = makeRouter(actions);

interface Served {
  readonly dashboard: Dashboard;
  readonly watches: Watches;
  readonly guard: () => Guard;
  readonly signal: AbortSignal;
  /** To be called when something was done here. */
  readonly touch: () => void;
}

/** Serves the dashboard until the signal aborts. Throws `port-in-use`, `cannot-listen`. */
export async function serveDashboard(workbench: Workbench, options: DashboardOptions): Promise<void> {
  const { host, signal, onListening, onNote } = options;
  let touched = 0;
  const touch = (): void => void (touched += 1);
  const token = onThisMachine.has(host) ? undefined : secretToken();
  const dashboard: Dashboard = {
    workbench,
    runs: makeBackgroundRuns(workbench),
    jobs: makeJobs(touch),
    aside: makeAside(workbench),
    chats: makeChats(workbench),
    version: () => `${storeVersion(workbench)}.${touched}`,
  };
  const watches = makeWatches(workbench.clock, (error) =>
    onNote(`a page could not be kept up to date: ${String(error)}`),
  );
  let port = options.port;
  const served: Served = {
    dashboard,
    watches,
    guard: () => ({ token, port }),
    signal,
    touch,
  };
  const end = async (): Promise<readonly string[]> => {
    watches.end();
    dashboard.chats.end();
    const [interrupted] = await Promise.all([dashboard.runs.end(), dashboard.jobs.end(), dashboard.aside.end()]);
    return interrupted;
  };
  const listening = { port: options.port, host, clock: workbench.clock };
  const server = await serveHttp((message, response) => respond(served, message, response), listening).catch(
    async (error: unknown) => {
      // The thread aside would keep a program alive that has nothing to serve.
      await end();
      throw error;
    },
  );
  port = server.port;
  onListening(token === undefined ? server.url : `${server.url}/?token=${token}`);
  await aborted(signal);
  const [interrupted] = await Promise.all([end(), server.close()]);
  for (const run of interrupted) onNote(`Run ${run} is interrupted; go on with: allele resume ${run}`);
}

async function respond(served: Served, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams, search } = new URL(message.url ?? "/", "http://dashboard");
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
  try {
    refuseForeign(message, served.guard());
    const admission = admissionOf(message, searchParams, served.guard());
    if (admission === "out") throw notAdmitted();
    if (admission === "enter") {
      searchParams.delete("token");
      response.setHeader("set-cookie", cookieOf(served.guard()));
      const rest = searchParams.toString();
      redirect(response, rest === "" ? pathname : `${pathname}?${rest}`);
      return;
    }
    const asset = pathname.startsWith("/assets/") ? assetOf(pathname.split("/").slice(3).join("/")) : undefined;
    if (asset !== undefined) {
      response.setHeader("cache-control", "public, max-age=31536000, immutable");
      send(message, response, 200, `${asset.type}; charset=utf-8`, asset.text);
      return;
    }
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const base = {
      dashboard: served.dashboard,
      address: pathname + search,
      query: searchParams,
      form: new URLSearchParams(),
      signal: AbortSignal.any([served.signal, gone.signal]),
    };
    if (message.method === "POST") await act(served, message, response, pathname, base);
    else if (message.method === "GET" || message.method === "HEAD")
      await show(served, message, response, pathname, base);
    else throw wrongMethod(message.method ?? "?", pathname);
  } catch (error) {
    if (response.headersSent) response.destroy();
    else sendPage(message, response, failurePage(error), undefined);
  }
}

async function show(
  served: Served,
  message: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  base: Omit<PageRequest, "params">,
): Promise<void> {
  const found = findView(pathname);
  if (found === undefined)
    throw findAction(pathname) === undefined ? nothingThere(pathname) : wrongMethod("GET", pathname);
  const { target: view, params } = found;
  const request = { ...base, params };
  if (message.headers.accept === "text/event-stream") {
    const have = (base.query.get("have") ?? "").split(",");
    base.query.delete("have");
    const parts = (await view.parts?.(request)) ?? [];
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    response.write("retry: 1000\n\n");
    served.watches.join(`${pathname}?${base.query.toString()}`, parts, response, have);
    return;
  }
  const part = base.query.get("fragment");
  if (part !== null) {
    base.query.delete("fragment");
    const text = served.watches.latest(`${pathname}?${base.query.toString()}`, part);
    if (text === undefined) throw nothingThere(`${pathname}#${part}`);
    send(message, response, 200, "text/plain; charset=utf-8", text);
    return;
  }
  sendAnswer(message, response, await view.show(request), base.address);
}

async function act(
  served: Served,
  message: IncomingMessage,
  response: ServerResponse,
  pathname: string,
  base: Omit<PageRequest, "params">,
): Promise<void> {
  const type = message.headers["content-type"] ?? "";
  const body = await readBody(message, longestForm);
  if (!type.startsWith("application/x-www-form-urlencoded")) throw notAForm(type);
  const found = findAction(pathname);
  if (found === undefined)
    throw findView(pathname) === undefined ? nothingThere(pathname) : wrongMethod("POST", pathname);
  const { target: action, params } = found;
  try {
    sendAnswer(message, response, await action({ ...base, params, form: new URLSearchParams(body) }), base.address);
  } finally {
    served.touch();
  }
}

function sendAnswer(message: IncomingMessage, response: ServerResponse, answer: Answer, address: string): void {
  switch (answer.kind) {
    case "page":
      sendPage(message, response, answer, answer.live === true ? address : undefined);
      break;
    case "elsewhere":
      redirect(response, answer.address);
      break;
    case "download":
      response.setHeader("content-disposition", `attachment; filename="${answer.name.replaceAll(/[^\w.-]/g, "_")}"`);
      send(message, response, 200, answer.type, answer.text);
      break;
  }
}

function sendPage(message: IncomingMessage, response: ServerResponse, content: Page, live: string | undefined): void {
  send(message, response, content.status ?? 200, "text/html; charset=utf-8", layout(content, live));
}

function send(message: IncomingMessage, response: ServerResponse, status: number, type: string, text: string): void {
  const zipped = text.length > 1400 && /\bgzip\b/.test(String(message.headers["accept-encoding"] ?? ""));
  const bytes = zipped ? gzipSync(text, { level: 5 }) : Buffer.from(text);
  if (!response.hasHeader("cache-control")) response.setHeader("cache-control", "no-store");
  response.writeHead(status, {
    "content-type": type,
    "content-length": bytes.length,
    vary: "accept-encoding",
    ...(zipped && { "content-encoding": "gzip" }),
  });
  response.end(message.method === "HEAD" ? undefined : bytes);
}

function redirect(response: ServerResponse, address: string): void {
  response.writeHead(303, { location: address, "cache-control": "no-store" }).end();
}

const securityHeaders: Readonly<Record<string, string>> = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  // Not `no-referrer`: a form would not say which page it comes from.
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
}

function nothingThere(path: string): AlleleError {
  return new AlleleError({
    code: "unknown-path",
    message: `nothing is at ${path}`,
    hint: "Start from the list of runs.",
  });
}

function wrongMethod(method: string, path: string): AlleleError {
  return new AlleleError({
    code: "wrong-method",
    message: `${path} does not answer ${method}`,
    hint: "Use the buttons of its page.",
  });
}

function notAForm(type: string): AlleleError {
  return new AlleleError({
    code: "not-a-form",
    message: `a body of type "${type}" is not a form`,
    hint: "Send it as application/x-www-form-urlencoded.",
  });
}

function notAdmitted(): AlleleError {
  return new AlleleError({
    code: "token-needed",
    message: "this dashboard can be reached from other machines and asks for its token",
    hint: "Open the address that allele serve printed when it was started.",
  });
}
