import { messageOf, secretToken, type ContentHash } from "../base/index.ts";
import type { RolloutWatcher } from "../evaluate/index.ts";
import { metricsBody, rolloutSpans, tracesBody, type Gauge, type Span } from "../exporters/index.ts";
import type { ModelConfig } from "../providers/index.ts";
import { shortId } from "../report/index.ts";
import { telemetryTarget } from "./telemetry-target.ts";
import type { Workbench } from "./workbench.ts";

/** Where the traces of what runs are sent. */
export interface TelemetryOptions {
  /** An OTLP/HTTP address or a file. */
  readonly target: string;
  /** Whether questions, replies, arguments and results of tools go along. */
  readonly content?: boolean | undefined;
}

export interface Telemetry {
  readonly watch: RolloutWatcher;
  /** Sends what is left, and figures where they can be had. Never rejects; says what could not be delivered. */
  readonly finish: (figures?: () => Readonly<Record<string, number | undefined>>) => Promise<void>;
}

/** Spans of a request, and spans that may wait: what is more is counted and not kept, so that memory stays bounded. */
const BATCH = 256;
const MOST_WAITING = 20_000;
/** After so many requests in a row that failed nothing more is tried. */
const MOST_FAILURES = 3;

/**
 * Sends spans of all rollouts that are run (not of those that are read back) while the work goes on, one request at a time. Whatever the other side
 * does, no rollout waits for it and none fails. Undefined where nothing is to be sent. Throws `telemetry-target`.
 */
export function startTelemetry(
  workbench: Workbench,
  options: TelemetryOptions | undefined,
  about: { readonly run?: string | undefined; readonly dataset: string; readonly model: ModelConfig },
): Telemetry | undefined {
  if (options === undefined) return undefined;
  const { clock, log } = workbench;
  const deliver = telemetryTarget(workbench, options.target);
  const { run, dataset, model } = about;
  const resource = { "service.name": "allele", "allele.run": run, "allele.dataset": dataset };
  const session = secretToken();
  let waiting: Span[] = [];
  let sending: Promise<void> = Promise.resolve();
  let count = 0;
  let lost = 0;
  let failures = 0;
  let reason = "";
  let pending = 0;

  const attempt = async (signal: "traces" | "metrics", body: unknown, size: number): Promise<void> => {
    if (failures >= MOST_FAILURES) {
      lost += size;
      return;
    }
    try {
      await deliver(signal, body);
      failures = 0;
    } catch (error) {
      failures += 1;
      lost += size;
      reason = messageOf(error);
    }
  };
  const flush = (): void => {
    const spans = waiting;
    waiting = [];
    if (spans.length === 0) return;
    sending = sending.then(() => attempt("traces", tracesBody(resource, spans), spans.length));
    pending += spans.length;
    void sending.then(() => (pending -= spans.length));
  };
  const keep = (spans: readonly Span[]): void => {
    if (pending + waiting.length + spans.length > MOST_WAITING) {
      lost += spans.length;
      return;
    }
    waiting.push(...spans);
    if (waiting.length >= BATCH) flush();
  };

  return {
    watch: ({ genome, task, split, repeat }) => {
      const start = clock.now();
      count += 1;
      const spans = rolloutSpans(
        {
          nonce: `${session}/${count}`,
          genome,
          agent: shortId(genome as ContentHash),
          model: model.model,
          provider: model.kind === "openai-compatible" ? "openai" : `allele.${model.kind}`,
          task,
          split,
          repeat,
          run,
          content: options.content === true,
        },
        start,
      );
      return {
        hear: spans.hear,
        end: (rollout) =>
          keep(
            spans.end(rollout.state === "scored" ? { score: rollout.score } : { failure: rollout.code }, clock.now()),
          ),
      };
    },
    finish: async (figures) => {
      flush();
      const gauges = figures === undefined ? [] : gaugesOf(figures, clock.now());
      if (gauges.length > 0) {
        sending = sending.then(() => attempt("metrics", metricsBody(resource, gauges), gauges.length));
      }
      await sending;
      if (lost > 0) {
        log("warn", `telemetry: ${lost} spans or figures were not delivered${reason === "" ? "" : ` (${reason})`}`);
      }
    },
  };
}

/** None where the figures cannot be had: a run that failed has its own word to say. */
function gaugesOf(figures: () => Readonly<Record<string, number | undefined>>, at: number): readonly Gauge[] {
  try {
    return Object.entries(figures()).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name: `allele.${name}`, unit: unitOf(name), value, at }],
    );
  } catch {
    return [];
  }
}

function unitOf(name: string): string {
  if (name.endsWith("tokens")) return "{token}";
  if (name.endsWith("rollouts")) return "{rollout}";
  return name.endsWith("usd") ? "USD" : "1";
}
