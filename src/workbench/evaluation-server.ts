import type { IncomingMessage, ServerResponse } from "node:http";
import { AlleleError, messageOf, parseJson, readBody, sendJson, serveHttp, type Clock } from "../base/index.ts";
import { checkAgainstTools } from "../genome/index.ts";
import { openEvaluationLog } from "./evaluation-log.ts";
import { makeEvaluationService, type EvaluationService } from "./evaluation-service.ts";
import { openLaboratory } from "./laboratory.ts";
import { resolveDataset, resolveGenome } from "./references.ts";
import type { Workbench } from "./workbench.ts";

interface ServeEvaluationOptions {
  readonly genome: string;
  readonly dataset: string;
  readonly port: number;
  readonly host: string;
  readonly concurrency?: number | undefined;
  /** Appends a line of JSON for each rollout, candidate, opening of the test split and reset. */
  readonly log?: string | undefined;
  /** Rollouts that may be asked for. */
  readonly budget?: number | undefined;
  readonly allowTest: boolean;
  /** Serves until this aborts; evaluations under way are then given up, what they paid for is kept. */
  readonly signal: AbortSignal;
  readonly onListening: (url: string) => void;
}

/** Longest body of a request, in bytes. */
const longestBody = 4 * 1024 * 1024;

/** Serves evaluation over HTTP, for optimizers outside Allele; docs/eval-server.md is the contract. Throws `port-in-use`, `cannot-listen`, `log-unwritable`. */
export async function serveEvaluation(workbench: Workbench, options: ServeEvaluationOptions): Promise<void> {
  const { genome } = resolveGenome(workbench, options.genome);
  const model = workbench.config.models.task;
  const laboratory = await openLaboratory(workbench, {
    dataset: await resolveDataset(workbench, options.dataset),
    model,
    limits: workbench.config.limits,
    concurrency: options.concurrency ?? workbench.config.concurrency,
  });
  checkAgainstTools(genome, laboratory.tools?.tools.map(({ name }) => name) ?? []);
  const log = openEvaluationLog(workbench, options.log);
  try {
    const service = makeEvaluationService({
      workbench,
      laboratory,
      model,
      seed: genome,
      budget: options.budget,
      allowTest: options.allowTest,
      log: (entry) => log.write(entry),
    });
    await serveService(service, { ...options, clock: workbench.clock });
  } finally {
    log.close();
  }
}

/** Serves until the signal aborts. Throws `port-in-use`, `cannot-listen`. */
export async function serveService(
  service: EvaluationService,
  options: Pick<ServeEvaluationOptions, "port" | "host" | "signal" | "onListening"> & { readonly clock: Clock },
): Promise<void> {
  const { signal } = options;
  const server = await serveHttp((request, response) => answer(service, request, response, signal), options);
  options.onListening(server.url);
  await aborted(signal);
  await server.close();
}

type Handler = (service: EvaluationService, request: Request) => unknown;

interface Request {
  readonly query: Readonly<Record<string, string>>;
  readonly body: () => Promise<string>;
  readonly signal: AbortSignal;
}

const routes: Readonly<Record<string, Handler>> = {
  "GET /": (service) => service.about(),
  "GET /tasks": (service, { query }) => service.tasks(query),
  "GET /genome": (service, { query }) => service.genome(query),
  "GET /status": (service) => service.status(),
  "POST /evaluate": async (service, { body, signal }) =>
    service.evaluate(parseJson(await body(), { file: "body" }), signal),
  "POST /reset": (service) => service.reset(),
};

async function answer(
  service: EvaluationService,
  message: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const { pathname, searchParams } = new URL(message.url ?? "/", "http://localhost");
    refuseWebPages(message);
    const handler = handlerOf(message.method ?? "GET", pathname);
    const result = await handler(service, {
      query: Object.fromEntries(searchParams),
      body: () => readBody(message, longestBody),
      signal: AbortSignal.any([signal, gone.signal]),
    });
    sendJson(response, 200, result);
  } catch (error) {
    if (!response.closed) sendJson(response, statusOf(error), { error: describe(error) });
  }
}

function handlerOf(method: string, pathname: string): Handler {
  const path = pathname.replace(/(?<=.)\/+$/, "");
  const handler = Object.hasOwn(routes, `${method} ${path}`) ? routes[`${method} ${path}`] : undefined;
  if (handler !== undefined) return handler;
  const known = Object.keys(routes);
  const elsewhere = known.some((route) => route.endsWith(` ${path}`));
  throw new AlleleError({
    code: elsewhere ? "wrong-method" : "unknown-path",
    message: elsewhere ? `${path} does not answer ${method}` : `nothing at ${path}`,
    hint: `There are ${known.join(", ")}.`,
  });
}

/** Browsers name the page that asks; programs do not. No page of the web shall spend the user's rollouts. */
function refuseWebPages({ headers }: IncomingMessage): void {
  if (headers.origin === undefined) return;
  throw new AlleleError({
    code: "web-page",
    message: `requests of web pages are refused (${headers.origin})`,
    hint: "Ask from a program.",
  });
}

const statuses: Readonly<Record<string, number>> = {
  "test-sealed": 403,
  "web-page": 403,
  "unknown-path": 404,
  "wrong-method": 405,
  "body-too-large": 413,
  "budget-spent": 429,
};

function statusOf(error: unknown): number {
  if (!(error instanceof AlleleError)) return 500;
  const byKind = { input: 400, outside: 502, interrupted: 503, defect: 500 };
  return statuses[error.code] ?? byKind[error.kind];
}

function describe(error: unknown): { readonly code: string; readonly message: string; readonly hint?: string } {
  if (!(error instanceof AlleleError))
    return { code: "defect", message: messageOf(error), hint: "This is a defect in Allele." };
  const { code, message, hint } = error;
  return { code, message, ...(hint === undefined ? {} : { hint }) };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener("abort", () => done(), { once: true });
  });
}
