import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { AlleleError, messageOf, type Clock } from "../base/index.ts";
import { jsonLine } from "../exporters/index.ts";
import type { Workbench } from "./workbench.ts";

/** Where telemetry goes: rejects when it could not be delivered. */
export type DeliverTelemetry = (signal: "traces" | "metrics", body: unknown) => Promise<void>;

/** Milliseconds that one request may take. */
const patience = 10_000;
/** OTLP calls these worth another try. */
const passing = [429, 502, 503, 504];
const waits = [500, 2000];

/**
 * A file (a line of OTLP JSON a request, which the Collector's otlpjsonfile receiver reads) or an OTLP/HTTP endpoint. Headers, keys among them, come
 * from OTEL_EXPORTER_OTLP_HEADERS and are sent to that address alone. Throws `telemetry-target`.
 */
export function telemetryTarget({ root, environment, clock }: Workbench, target: string): DeliverTelemetry {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return toFile(resolve(root, target));
  const base = endpointOf(target);
  const headers = headersOf(environment["OTEL_EXPORTER_OTLP_HEADERS"] ?? "");
  return (signal, body) => post(`${base}/v1/${signal}`, JSON.stringify(body), headers, clock);
}

function toFile(file: string): DeliverTelemetry {
  return async (_, body) => {
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${jsonLine(body)}\n`);
  };
}

function endpointOf(target: string): string {
  const url = URL.canParse(target) ? new URL(target) : undefined;
  const isPlain =
    url !== undefined && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  if (url === undefined || !isPlain || !["http:", "https:"].includes(url.protocol)) {
    throw new AlleleError({
      code: "telemetry-target",
      message: "telemetry goes to a file or to an http or https address without user, password, query or fragment",
      hint: "Such as --otlp http://127.0.0.1:4318; keys belong into the variable OTEL_EXPORTER_OTLP_HEADERS.",
    });
  }
  return url.href.replace(/\/+$/, "").replace(/\/v1\/(?:traces|metrics)$/, "");
}

/** `name=value,name=value`, values percent-encoded, as OpenTelemetry writes them. */
function headersOf(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(",").flatMap((pair): readonly (readonly [string, string])[] => {
    const at = pair.indexOf("=");
    if (at < 1) return [];
    try {
      return [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]];
    } catch {
      return [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
    }
  });
  return Object.fromEntries(pairs);
}

async function post(url: string, body: string, headers: Readonly<Record<string, string>>, clock: Clock): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const status = await statusOf(url, body, headers);
    if (typeof status === "number" && status < 300) return;
    const wait = waits[attempt];
    const mayPass = typeof status === "string" || passing.includes(status);
    if (wait === undefined || !mayPass) throw new Error(typeof status === "number" ? `status ${status}` : status);
    await clock.sleep(wait);
  }
}

/** The status of the answer, or why there is none. A redirection is followed nowhere: what is sent is for this address. */
async function statusOf(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | string> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: { ...headers, "content-type": "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(patience),
    });
    await response.body?.cancel();
    return response.status;
  } catch (error) {
    return unreachable(error);
  }
}

/** Why a request came to no answer; Node says "fetch failed" and has the reason beneath. */
export function unreachable(error: unknown): string {
  const { cause } = error as { readonly cause?: unknown };
  return cause instanceof Error && cause.message !== "" ? cause.message : messageOf(error);
}
