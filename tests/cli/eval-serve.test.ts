import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseJson, sendJson, serveHttp, systemClock } from "../../src/base/index.ts";
import { allele, listening, projectFolder, start, type Started } from "./allele.ts";

type Data = Readonly<Record<string, unknown>>;

interface Reply {
  readonly status: number;
  readonly data: Data;
}

interface Endpoint {
  readonly url: string;
  readonly folder: string;
  readonly server: Started;
  readonly get: (path: string) => Promise<Reply>;
  readonly post: (path: string, body: unknown) => Promise<Reply>;
  /** Ids of the first tasks of train. */
  readonly firstTasks: (count: number) => Promise<readonly string[]>;
}

/** Starts `allele eval serve` on desk with its seed genome. */
async function serve(argv: readonly string[] = [], configuration?: string): Promise<Endpoint> {
  const folder = projectFolder();
  if (configuration !== undefined) writeFileSync(join(folder, "allele.yaml"), configuration);
  const server = start(folder, ["eval", "serve", "-g", "desk-seed", "-d", "desk", "--port", "0", ...argv]);
  const url = await listening(server);
  const ask = async (path: string, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(url + path, init);
    return { status: response.status, data: parseJson(await response.text()) as Data };
  };
  const get = (path: string): Promise<Reply> => ask(path);
  return {
    url,
    folder,
    server,
    get,
    post: (path, body) => ask(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body) }),
    firstTasks: async (count) => {
      const { tasks } = (await get("/tasks?split=train")).data as { tasks: readonly { readonly id: string }[] };
      return tasks.slice(0, count).map(({ id }) => id);
    },
  };
}

describe("an evaluation endpoint", () => {
  test("tells what it serves, its tasks and its genes", async () => {
    const { get } = await serve();
    expect((await get("/")).data).toEqual({
      allele: "eval/1",
      genome: "desk-seed",
      dataset: "desk",
      model: expect.any(String),
      simulated: true,
    });
    const tasks = (await get("/tasks?split=validation")).data["tasks"] as readonly Data[];
    expect(tasks).toHaveLength(160);
    const [task] = tasks;
    expect(task).toEqual({
      id: expect.any(String),
      input: expect.any(String),
      tags: expect.any(Array),
      split: "validation",
    });
    expect((await get("/tasks")).data["tasks"]).toHaveLength(320);

    const genes = (await get("/genome")).data["genes"] as Record<string, Data>;
    expect(genes["system"]).toMatchObject({ type: "text", value: expect.stringContaining("helpful assistant") });
    expect(Object.keys(genes)).toContain("temperature");
    const some = (await get("/genome?types=text,number")).data["genes"] as Data;
    expect(Object.keys(some)).toEqual(["system", "answer_format", "temperature"]);
    const { components } = (await get("/genome?types=text,tool&format=text")).data as { readonly components: Data };
    expect(components["tool.order_lookup"]).toBe("Find an order.");
    expect(Object.values(components).every((text) => typeof text === "string")).toBe(true);
  });

  test("scores a candidate, tells why, and runs the same rollouts only once", async () => {
    const { post, get, firstTasks, folder } = await serve(["--log", "log.jsonl"]);
    const tasks = await firstTasks(4);
    const asked = { candidate: { rules: "Never guess an identifier." }, tasks, repeat: 0, traces: true };
    const first = (await post("/evaluate", asked)).data;
    expect(first).toMatchObject({ rollouts: 4, paid: 4, genome: expect.stringMatching(/^s256:/) });
    expect((await post("/evaluate", asked)).data).toEqual({ ...first, paid: 0 });
    const results = first["results"] as readonly Data[];
    expect(results.map(({ task }) => task)).toEqual(tasks);
    for (const result of results) {
      expect(result["score"]).toBeGreaterThanOrEqual(0);
      expect(result["score"]).toBeLessThanOrEqual(1);
      expect(result["objectives"]).toHaveProperty("answer");
      expect((result["feedback"] as readonly string[]).length).toBeGreaterThan(0);
      expect(result["trace"]).toMatch(/^Task: [\s\S]+Steps:\n- called [\s\S]+Answer: /);
    }
    const [plain] = (await post("/evaluate", { ...asked, traces: false })).data["results"] as readonly Data[];
    expect(plain).not.toHaveProperty("trace");
    expect((await post("/evaluate", { ...asked, repeat: 1 })).data).toMatchObject({ rollouts: 4, paid: 4 });

    const counts = (await get("/status")).data;
    expect(counts).toMatchObject({ rollouts: 16, paid: 8, usd: 0, candidates: 1, test_openings: 0, in_flight: 0 });
    expect(counts["tokens"]).toBeGreaterThan(1000);
    expect(counts["max_in_flight"]).toBeGreaterThan(0);
    await post("/reset", {});
    expect((await get("/status")).data).toMatchObject({ rollouts: 0, paid: 0, tokens: 0, busy_ms: 0, candidates: 0 });
    const log = readFileSync(join(folder, "log.jsonl"), "utf8").trim().split("\n");
    expect(log.map((line) => (parseJson(line) as Data)["kind"])).toEqual([
      "candidate",
      ...Array<string>(16).fill("rollout"),
      "reset",
    ]);
  });

  test("gives a missing gene the seed's value, and takes typed values and text alike", async () => {
    const { post, get, firstTasks } = await serve();
    const tasks = await firstTasks(3);
    const evaluate = async (candidate: unknown): Promise<Data> => (await post("/evaluate", { candidate, tasks })).data;
    const seed = await evaluate({});
    expect(seed).toMatchObject({ rollouts: 3, paid: 3 });
    const { components } = (await get("/genome?format=text")).data as { readonly components: Data };
    expect(await evaluate(components)).toEqual({ ...seed, paid: 0 });
    const { genes } = (await get("/genome")).data as { readonly genes: Readonly<Record<string, Data>> };
    const values = Object.fromEntries(Object.entries(genes).map(([id, gene]) => [id, gene["value"]]));
    expect(await evaluate(values)).toEqual({ ...seed, paid: 0 });

    const asText = await evaluate({
      rules: "1. Look before you write.\n\n2. Ask when unsure.",
      "tool.order_search": "Search.\nwhen to use it: Without an id.\nWhen not to use it: With one.\nExamples:\n- open",
    });
    const asValues = await evaluate({
      rules: ["Look before you write.", "Ask when unsure."],
      "tool.order_search": {
        summary: "Search.",
        when: "Without an id.",
        when_not: "With one.",
        examples: ["open"],
      },
    });
    expect(asValues).toEqual({ ...asText, paid: 0 });
  });

  test("measures what `allele evaluate` measures, and its genomes are known to the other commands", async () => {
    const { post, get, folder, server } = await serve();
    const { tasks } = (await get("/tasks?split=train")).data as { tasks: readonly { readonly id: string }[] };
    const ids = tasks.slice(0, 20).map(({ id }) => id);
    const { results } = (await post("/evaluate", { tasks: ids })).data as {
      results: readonly { readonly score: number }[];
    };
    const { genome } = (await post("/evaluate", { candidate: { system: "Be brief." }, tasks: ids.slice(0, 1) })).data;
    server.kill("SIGINT");
    expect((await server.finished).code).toBe(0);
    const whole = await allele(folder, [
      "evaluate",
      "-g",
      "desk-seed",
      "-d",
      "desk",
      "-s",
      "train",
      "-n",
      "20",
      "--json",
    ]);
    const mean = results.reduce((sum, { score }) => sum + score, 0) / 20;
    expect((parseJson(whole.stdout) as Data)["score"]).toBeCloseTo(mean, 10);
    expect((await allele(folder, ["genome", "show", String(genome)])).stdout).toContain("Be brief.");
  });

  test("counts rollouts that run at once, and no more than it was allowed", async () => {
    const model = await slowModel();
    const { post, get, firstTasks } = await serve(["-c", "3"], model.configuration);
    const tasks = await firstTasks(8);
    const evaluation = post("/evaluate", { tasks });
    while ((await get("/status")).data["in_flight"] !== 3) await new Promise((resolve) => setTimeout(resolve, 5));
    model.release();
    expect((await evaluation).data).toMatchObject({ rollouts: 8, paid: 8 });
    const { data } = await get("/status");
    expect(data).toMatchObject({ in_flight: 0, max_in_flight: 3 });
    expect(data["busy_ms"]).toBeGreaterThan(0);
  });

  test("gives up what a client no longer waits for", async () => {
    const model = await slowModel();
    const { url, get, post, firstTasks } = await serve([], model.configuration);
    const tasks = await firstTasks(2);
    const leaving = new AbortController();
    const left = fetch(`${url}/evaluate`, { method: "POST", body: JSON.stringify({ tasks }), signal: leaving.signal });
    while ((await get("/status")).data["in_flight"] !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
    leaving.abort();
    await expect(left).rejects.toThrow();
    while ((await get("/status")).data["in_flight"] !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
    model.release();
    expect((await post("/evaluate", { tasks })).data).toMatchObject({ rollouts: 2, paid: 2 });
  });

  test("closes on Ctrl-C at once, even while rollouts are under way", async () => {
    const model = await slowModel();
    const { post, get, firstTasks, server } = await serve([], model.configuration);
    const evaluation = post("/evaluate", { tasks: await firstTasks(2) });
    while ((await get("/status")).data["in_flight"] !== 2) await new Promise((resolve) => setTimeout(resolve, 5));
    server.kill("SIGINT");
    expect(await evaluation).toMatchObject({ status: 503, data: { error: { code: "interrupted" } } });
    expect((await server.finished).code).toBe(0);
  });
});

describe("what an evaluation endpoint refuses", () => {
  test("wrong candidates and wrong requests, saying what is wrong, and goes on", async () => {
    const { post, get, url, firstTasks } = await serve();
    const tasks = await firstTasks(1);
    const refused = async (body: unknown): Promise<unknown> => {
      const { status, data } = await post("/evaluate", body);
      expect(status).toBe(400);
      const error = data["error"] as Data;
      expect(error).toEqual({ code: expect.any(String), message: expect.any(String), hint: expect.any(String) });
      return error["code"];
    };
    const candidate = (genes: unknown): Promise<unknown> => refused({ candidate: genes, tasks });
    expect(await candidate({ sistem: "x" })).toBe("unknown-gene");
    expect(await candidate({ temperature: 0.5 })).toBe("frozen-gene");
    expect(await candidate({ system: ["x"] })).toBe("wrong-type");
    expect(await candidate({ plan: "think" })).toBe("wrong-type");
    expect(await candidate({ plan: { kind: "react", max_steps: 4, wings: 2 } })).toBe("wrong-type");
    expect(await candidate({ "tool.order_lookup": 3 })).toBe("wrong-type");
    expect(await candidate({ system: "word ".repeat(3000) })).toBe("out-of-range");
    expect(await candidate({ rules: "a rule\n".repeat(41) })).toBe("out-of-range");
    expect(await candidate({ tools: ["order_lookup", "rocket"] })).toBe("unknown-option");
    expect(await candidate('{"__proto__": "x"}')).toBe("invalid-value");
    expect(await refused({ candidate: {}, tasks: ["nowhere"] })).toBe("unknown-task");
    expect(await refused({ candidate: {}, tasks: [] })).toBe("invalid-value");
    expect(await refused({ candidate: {}, task: tasks })).toBe("unknown-key");
    expect(await refused({ tasks, repeat: -1 })).toBe("invalid-value");
    expect(await refused('{"tasks": [')).toBe("malformed-json");
    expect(await refused("[]")).toBe("invalid-value");

    const coded = async (reply: Promise<Reply>): Promise<unknown> => {
      const { status, data } = await reply;
      return `${status} ${String((data["error"] as Data)["code"])}`;
    };
    expect(await coded(get("/nowhere"))).toBe("404 unknown-path");
    expect(await coded(get("/evaluate"))).toBe("405 wrong-method");
    expect(await coded(get("/genome?types=txet"))).toBe("400 unknown-type");
    expect(await coded(get("/genome?types=text,strategy&format=text"))).toBe("400 no-text-form");
    expect(await coded(get("/tasks?split=all"))).toBe("400 invalid-value");
    expect(await coded(post("/evaluate", JSON.stringify({ tasks, x: "x".repeat(5_000_000) })))).toBe(
      "413 body-too-large",
    );
    const page = await fetch(`${url}/evaluate`, {
      method: "POST",
      headers: { origin: "http://example.com" },
      body: "{}",
    });
    expect(page.status).toBe(403);
    expect((await get("/status")).data).toMatchObject({ rollouts: 0, candidates: 0 });
    expect((await post("/evaluate", { tasks })).status).toBe(200);
  });

  test("the sealed test split, unless it was started to allow it; then each opening is on record", async () => {
    const shut = await serve();
    expect(await shut.get("/tasks?split=test")).toMatchObject({
      status: 403,
      data: { error: { code: "test-sealed" } },
    });

    const open = await serve(["--allow-test"]);
    const { tasks } = (await open.get("/tasks?split=test")).data as { tasks: readonly { readonly id: string }[] };
    expect(tasks).toHaveLength(160);
    const ids = tasks.slice(0, 2).map(({ id }) => id);
    expect((await shut.post("/evaluate", { tasks: ids })).status).toBe(403);
    expect((await open.post("/evaluate", { tasks: ids })).data).toMatchObject({ paid: 2 });
    await open.post("/reset", {});
    expect((await open.get("/status")).data).toMatchObject({ rollouts: 0, test_openings: 2 });
  });

  test("more rollouts than its budget, until it is reset", async () => {
    const { post, get, firstTasks } = await serve(["--budget", "5"]);
    const [first, ...others] = await firstTasks(6);
    expect((await post("/evaluate", { tasks: others })).data).toMatchObject({ rollouts: 5 });
    const spent = await post("/evaluate", { tasks: [first] });
    expect(spent).toMatchObject({ status: 429, data: { error: { code: "budget-spent" } } });
    expect((await get("/status")).data).toMatchObject({ rollouts: 5, paid: 5, budget: 5 });
    await post("/reset", {});
    expect((await post("/evaluate", { tasks: [first] })).status).toBe(200);
  });

  test("a port that is taken, a genome and a log file that cannot be used", async () => {
    const { url } = await serve();
    const port = new URL(url).port;
    const run = (...argv: readonly string[]): ReturnType<typeof allele> =>
      allele(projectFolder(), ["eval", "serve", "-d", "desk", ...argv]);
    const taken = await run("-g", "desk-seed", "--port", port);
    expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining(`port ${port} is in use`) });
    const unknown = await run("-g", "desk-sed", "--port", "0");
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("desk-seed") });
    const log = await run("-g", "desk-seed", "--port", "0", "--log", "no/such/folder/log.jsonl");
    expect(log).toMatchObject({ code: 2, stderr: expect.stringContaining("[log-unwritable]") });
  });

  test("to call a failure of the outside a score", async () => {
    const model = await brokenModel();
    const { post, get, firstTasks } = await serve([], model);
    const [task] = await firstTasks(1);
    const failed = (await post("/evaluate", { tasks: [task] })).data;
    expect(failed["results"]).toEqual([{ task, error: expect.any(String), code: "model-bad-request" }]);
    expect((await get("/status")).data).toMatchObject({ rollouts: 1, paid: 1, in_flight: 0 });
    const down = await post("/evaluate", { tasks: await firstTasks(8) });
    expect(down).toMatchObject({ status: 502, data: { error: { code: "model-bad-request" } } });
    expect((await get("/status")).data["in_flight"]).toBe(0);
  });
});

/** A model that answers nothing until it is released, then "ok". */
async function slowModel(): Promise<{ readonly configuration: string; release(): void }> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const message = { role: "assistant", content: "ok" };
  const url = await model(async () => {
    await released;
    return [200, { choices: [{ message, finish_reason: "stop" }], usage: { prompt_tokens: 9, completion_tokens: 1 } }];
  });
  return { configuration: url, release };
}

/** A model that refuses every call. */
function brokenModel(): Promise<string> {
  return model(async () => [400, { error: { message: "no" } }]);
}

/** Answers a configuration that uses it. */
async function model(reply: () => Promise<[status: number, body: unknown]>): Promise<string> {
  const server = await serveHttp(
    async (request, response) => {
      request.resume();
      sendJson(response, ...(await reply()));
    },
    { port: 0, clock: systemClock },
  );
  onTestFinished(() => server.close());
  const task = `{ kind: openai-compatible, base_url: "${server.url}/v1", model: m, retries: 0 }`;
  return `allele: config/1\nmodels:\n  task: ${task}\n`;
}
