import { expect, onTestFinished, test } from "vitest";
import type { Json } from "../../src/base/index.ts";
import { continueRun, openWorkbench, startRun, trackRun, type Workbench } from "../../src/workbench/index.ts";
import { answerOf, shop } from "../live/shop.ts";
import { endpoint, json, nowhere } from "../providers/endpoint.ts";

type Body = { readonly [key: string]: Json };

/** A tracking server on loopback with the endpoints of MLflow's REST API that are used, and their errors. */
async function tracking(): Promise<{
  readonly url: string;
  readonly logged: (kind: "metrics" | "params" | "tags") => readonly Body[];
  readonly calls: () => readonly string[];
  readonly runs: () => number;
  readonly authorization: () => string | undefined;
}> {
  const experiments = new Map<string, string>();
  const runs: Body[] = [];
  const logged: Record<string, Body[]> = { metrics: [], params: [], tags: [] };
  const { baseUrl, asked } = await endpoint((response, { path, body }, request) => {
    const url = new URL(path, "http://localhost");
    const name = url.pathname.replace("/api/2.0/mlflow/", "");
    const is = (method: string, wanted: string): boolean => request.method === method && name === wanted;
    if (is("GET", "experiments/get-by-name")) {
      const id = experiments.get(url.searchParams.get("experiment_name") ?? "");
      return id === undefined
        ? json(response, 404, { error_code: "RESOURCE_DOES_NOT_EXIST", message: "no such experiment" })
        : json(response, 200, { experiment: { experiment_id: id } });
    }
    if (is("POST", "experiments/create")) {
      experiments.set(body["name"] as string, "7");
      return json(response, 200, { experiment_id: "7" });
    }
    if (is("POST", "runs/search")) {
      return json(response, 200, runs.length === 0 ? {} : { runs: [{ info: { run_id: "r1" } }] });
    }
    if (is("POST", "runs/create")) {
      runs.push(body);
      return json(response, 200, { run: { info: { run_id: `r${runs.length}` } } });
    }
    if (is("POST", "runs/log-batch")) {
      for (const kind of ["metrics", "params", "tags"]) {
        const entries = (body[kind] ?? []) as unknown as Body[];
        if (entries.length > (kind === "metrics" ? 1000 : 100)) return json(response, 400, { error_code: "INVALID" });
        logged[kind]?.push(...entries);
      }
      return json(response, 200, {});
    }
    if (is("POST", "runs/update")) return json(response, 200, { run_info: {} });
    return json(response, 404, { error_code: "ENDPOINT_NOT_FOUND" });
  });
  return {
    url: baseUrl.replace("/v1", ""),
    logged: (kind) => logged[kind] ?? [],
    calls: () => asked.map(({ path }) => path.replace("/api/2.0/mlflow/", "").split("?")[0] ?? ""),
    runs: () => runs.length,
    authorization: () => asked.at(-1)?.authorization,
  };
}

async function finishedRun(environment: Readonly<Record<string, string>> = {}): Promise<Workbench> {
  const { folder } = await shop();
  const workbench = openWorkbench({ cwd: folder, environment: { ...process.env, ...environment }, log: () => {} });
  onTestFinished(() => workbench.close());
  const request = {
    genome: "polite",
    dataset: "questions",
    rollouts: 130,
    seed: 1,
    name: "told",
    proposer: "none",
  } as const;
  await continueRun(workbench, await startRun(workbench, request), {});
  return workbench;
}

test("a run becomes a run of MLflow with its parameters, figures and rise, and is filled again the second time", async () => {
  const workbench = await finishedRun({ MLFLOW_TRACKING_TOKEN: "abc" });
  const server = await tracking();
  const first = await trackRun(workbench, { run: "told", server: server.url, experiment: "shop" });
  expect(first).toEqual({ experimentId: "7", runId: "r1", wasThere: false });
  expect(server.calls()[0]).toBe("experiments/get-by-name");
  expect(server.calls().at(-1)).toBe("runs/update");
  expect(server.authorization()).toBe("Bearer abc");
  const value = (kind: "metrics" | "params" | "tags", key: string): Json | undefined =>
    server.logged(kind).find((entry) => entry["key"] === key)?.["value"];
  expect(value("params", "dataset")).toBe("questions");
  expect(value("params", "budget_rollouts")).toBe("130");
  expect(value("metrics", "seed_test_score")).toBe(0.5);
  expect(value("tags", "allele.run")).toBe("told");
  expect(server.logged("metrics").some(({ key, step }) => key === "validation_score" && Number(step) > 0)).toBe(true);
  for (const { key, value: number, timestamp } of server.logged("metrics")) {
    expect([typeof key, typeof number, typeof timestamp]).toEqual(["string", "number", "number"]);
  }
  const sent = JSON.stringify(server.logged("params")) + JSON.stringify(server.logged("tags"));
  expect(sent).not.toContain(answerOf("polite"));
  expect(sent).not.toContain("abc");
  expect(await trackRun(workbench, { run: "told", server: server.url, experiment: "shop" })).toMatchObject({
    runId: "r1",
    wasThere: true,
  });
  expect(server.runs()).toBe(1);
});

test("a server that is not there, or none, is an error that says what to do", async () => {
  const workbench = await finishedRun();
  const code = (wanted: string): unknown => expect.objectContaining({ code: wanted });
  const gone = { run: "told", server: (await nowhere()).replace("/v1", ""), experiment: "shop" };
  await expect(trackRun(workbench, gone)).rejects.toThrow(code("tracking-failed"));
  await expect(trackRun(workbench, gone)).rejects.toThrow(/ECONNREFUSED/);
  await expect(trackRun(workbench, { ...gone, server: undefined })).rejects.toThrow(code("tracking-server"));
  await expect(trackRun(workbench, { ...gone, run: "other" })).rejects.toThrow(code("unknown-run"));
});
