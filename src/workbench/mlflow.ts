import { AlleleError, tryParseJson, type Json } from "../base/index.ts";

import { unreachable } from "./telemetry-target.ts";
import { runFigures } from "./run-figures.ts";
import { viewRun } from "./run-view.ts";
import { trackedRun, type TrackedRun } from "./tracked-run.ts";
import type { Workbench } from "./workbench.ts";

interface TrackingRequest {
  readonly run: string;
  /** The tracking server; by default the one that MLFLOW_TRACKING_URI names. */
  readonly server?: string | undefined;
  readonly experiment: string;
}

interface Tracked {
  readonly experimentId: string;
  readonly runId: string;
  /** Whether it was there already and got its figures anew. */
  readonly wasThere: boolean;
}

/** Entries of one request that every server takes. */
const BATCH = { metrics: 900, pairs: 90 };
/** Milliseconds. */
const patience = 15_000;

/**
 * Writes a run into an MLflow tracking server by its REST API (2.0). The same run is written into the same MLflow run again. Credentials are those
 * that MLflow's own clients read: MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD. Changes nothing here. Throws
 * `unknown-run`, `tracking-server`, and `tracking-failed` of kind "outside".
 */
export async function trackRun(workbench: Workbench, request: TrackingRequest): Promise<Tracked> {
  const view = await viewRun(workbench, request.run);
  const tracked = trackedRun(view, runFigures(view));
  const call = client(workbench, request.server ?? workbench.environment["MLFLOW_TRACKING_URI"]);
  const experimentId = await experimentOf(call, request.experiment);
  const found = await runOfName(call, experimentId, tracked.name);
  const runId = found ?? (await createRun(call, experimentId, tracked));
  for (const metrics of chunks(tracked.metrics, BATCH.metrics))
    await call("POST", "runs/log-batch", { run_id: runId, metrics } as unknown as Json);
  // A parameter cannot be changed once it is there.
  if (found === undefined) {
    for (const params of chunks(tracked.params, BATCH.pairs))
      await call("POST", "runs/log-batch", { run_id: runId, params } as unknown as Json);
  }
  await call("POST", "runs/log-batch", { run_id: runId, tags: tracked.tags } as unknown as Json);
  const end = tracked.status === "RUNNING" ? {} : { end_time: tracked.end };
  await call("POST", "runs/update", { run_id: runId, status: tracked.status, ...end });
  return { experimentId, runId, wasThere: found !== undefined };
}

type Call = (method: "GET" | "POST", path: string, body: Json) => Promise<Json>;

/** The id of an experiment, made where there is none. */
async function experimentOf(call: Call, name: string): Promise<string> {
  try {
    return textAt(await call("GET", `experiments/get-by-name?experiment_name=${encodeURIComponent(name)}`, null), [
      "experiment",
      "experiment_id",
    ]);
  } catch (error) {
    if (!(error instanceof AlleleError && error.message.includes("RESOURCE_DOES_NOT_EXIST"))) throw error;
  }
  return textAt(await call("POST", "experiments/create", { name }), ["experiment_id"]);
}

async function runOfName(call: Call, experiment: string, name: string): Promise<string | undefined> {
  const filter = `tags.\`allele.run\` = '${name.replaceAll("'", "")}'`;
  const found = await call("POST", "runs/search", { experiment_ids: [experiment], filter, max_results: 1 });
  const { runs = [] } = found as { readonly runs?: readonly Json[] };
  return runs[0] === undefined ? undefined : textAt(runs[0], ["info", "run_id"]);
}

async function createRun(call: Call, experiment: string, { name, start, tags }: TrackedRun): Promise<string> {
  const body = { experiment_id: experiment, run_name: name, start_time: start, tags: [...tags] };
  return textAt(await call("POST", "runs/create", body as unknown as Json), ["run", "info", "run_id"]);
}

function client({ environment }: Workbench, server: string | undefined): Call {
  const base = baseOf(server);
  const headers = { "content-type": "application/json", ...credentials(environment) };
  return async (method, path, body) => {
    const { status, text } = await answerOf(`${base}/api/2.0/mlflow/${path}`, {
      method,
      headers,
      redirect: "error",
      signal: AbortSignal.timeout(patience),
      ...(method === "POST" && { body: JSON.stringify(body) }),
    });
    const answer = tryParseJson(text);
    if (status === 200 && answer !== undefined) return answer;
    const { error_code: code, message } = (answer ?? {}) as { readonly error_code?: string; readonly message?: string };
    throw failed(
      `${path.split("?")[0]}: ${code ?? `status ${status}`}${message === undefined ? "" : `: ${message.slice(0, 300)}`}`,
    );
  };
}

async function answerOf(url: string, init: RequestInit): Promise<{ readonly status: number; readonly text: string }> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw failed(unreachable(error), error);
  }
}

function baseOf(server: string | undefined): string {
  const url = server !== undefined && URL.canParse(server) ? new URL(server) : undefined;
  if (url !== undefined && ["http:", "https:"].includes(url.protocol) && url.username === "" && url.search === "") {
    return url.href.replace(/\/+$/, "");
  }
  throw new AlleleError({
    code: "tracking-server",
    message: "no MLflow tracking server at an http or https address is named",
    hint: "Name it with --to or MLFLOW_TRACKING_URI, without user and password: those are read from MLFLOW_TRACKING_TOKEN, or _USERNAME and _PASSWORD.",
  });
}

function credentials(environment: Workbench["environment"]): Readonly<Record<string, string>> {
  const token = environment["MLFLOW_TRACKING_TOKEN"];
  if (token !== undefined && token !== "") return { authorization: `Bearer ${token}` };
  const [user, password] = [environment["MLFLOW_TRACKING_USERNAME"], environment["MLFLOW_TRACKING_PASSWORD"]];
  if (user === undefined || password === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}

function textAt(value: Json, path: readonly string[]): string {
  const found = path.reduce<Json | undefined>(
    (inner, member) => (inner as Readonly<Record<string, Json>> | null | undefined)?.[member],
    value,
  );
  if (typeof found === "string") return found;
  throw failed(`the answer has no ${path.join(".")}`);
}

function failed(what: string, cause?: unknown): AlleleError {
  return new AlleleError({
    code: "tracking-failed",
    message: `the tracking server did not take it: ${what}`,
    hint: "Nothing was changed here. Look at the server, and export again: the same MLflow run is filled.",
    kind: "outside",
    cause,
  });
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, place) =>
    items.slice(place * size, (place + 1) * size),
  );
}

export function renderTracked({ experimentId, runId, wasThere }: Tracked): string {
  return `${wasThere ? "filled" : "made"} run ${runId} of experiment ${experimentId}`;
}
