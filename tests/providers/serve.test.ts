import OpenAI, { APIError, BadRequestError } from "openai";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeRandom, systemClock } from "../../src/base/index.ts";
import { openAiCompatible } from "../../src/providers/openai-compatible/provider.ts";
import type { ChatRequest, Provider } from "../../src/providers/provider.ts";
import { withRetry } from "../../src/providers/retry.ts";
import { serveOpenAi, type ModelServer, type ServeOptions } from "../../src/providers/simulated/serve.ts";
import { makeSimulatedProvider } from "../../src/providers/simulated/simulated.ts";
import { ask, codeOf, failing, reply, scripted } from "./scripted.ts";

async function serve(provider: Provider, options: Partial<ServeOptions> = {}): Promise<ModelServer> {
  const server = await serveOpenAi(provider, { port: 0, clock: systemClock, ...options });
  onTestFinished(() => server.close());
  return server;
}

function client(server: ModelServer): Provider {
  return openAiCompatible({
    baseUrl: server.url,
    model: "test",
    key: undefined,
    keyVariable: undefined,
    timeout: 60_000,
  });
}

const tools = [
  {
    name: "order_lookup",
    description: "Looks one order up by its number.",
    parameters: { type: "object", properties: { order: { type: "string" } }, required: ["order"] },
  },
];
const requests: readonly ChatRequest[] = [
  ask("What is the capital of France?"),
  { ...ask("When does order A-1007 arrive?"), tools, temperature: 0, seed: 3 },
  {
    model: "simulated",
    messages: [
      { role: "system", content: "Label each message as billing, shipping or other. Answer with the label only." },
      { role: "user", content: "My parcel has not come yet. Größe: 3 m² – “quoted” 🙂" },
    ],
    temperature: 0,
  },
  { ...ask("Say much."), maxOutputTokens: 2, responseSchema: { name: "reply", schema: { type: "object" } } },
];

describe("the served simulated model", () => {
  test("replies over HTTP, whole and streamed, as it does in process", async () => {
    const server = await serve(makeSimulatedProvider({ seed: 5 }));
    const near = makeSimulatedProvider({ seed: 5 });
    const far = client(server);
    for (const request of requests) {
      const expected = await near.complete(request);
      expect(await far.complete(request)).toEqual(expected);
      const pieces: string[] = [];
      expect(await far.complete(request, { onText: (text) => pieces.push(text) })).toEqual(expected);
      expect(pieces.join("")).toBe(expected.content);
    }
    expect(server.counts()).toEqual({ asked: 2 * requests.length, answered: 2 * requests.length });
  });
});

describe("the server", () => {
  test("passes on every part of a request and of a reply", async () => {
    const request: ChatRequest = {
      model: "test",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "How late is it?" },
        { role: "assistant", content: "", toolCalls: [{ id: "c1", name: "order_lookup", arguments: "{oops" }] },
        { role: "tool", toolCallId: "c1", content: "noon" },
      ],
      tools,
      temperature: 0.5,
      maxOutputTokens: 50,
      seed: 7,
      responseSchema: { name: "time", schema: { type: "object" } },
    };
    const replies = [
      reply,
      { ...reply, content: "", toolCalls: [{ id: "c2", name: "order_lookup", arguments: "{" }], finish: "tool-calls" },
      { ...reply, content: "Hel", finish: "length" },
      { ...reply, content: "I will not.", finish: "refusal" },
    ] as const;
    for (const wanted of replies) {
      const inner = scripted(() => wanted);
      const far = client(await serve(inner));
      expect(await far.complete(request)).toEqual(wanted);
      expect(await far.complete(request, { onText: () => {} })).toEqual(wanted);
      expect(inner.calls).toEqual([request, request]);
    }
  });

  test("works with the official client, retries of its own included", async () => {
    const server = await serve(
      scripted(() => reply),
      { faultRate: 0.3, seed: 4 },
    );
    const official = new OpenAI({ baseURL: server.url, apiKey: "none", maxRetries: 8 });
    expect((await official.models.list()).data.map(({ object }) => object)).toEqual(["model"]);
    const cut: unknown[] = [];
    for (let call = 0; call < 10; call++) {
      const completion = await official.chat.completions
        .create({ model: "test", messages: [{ role: "user", content: "Hello" }] })
        .catch((error: unknown) => error);
      if (completion instanceof Error) cut.push(completion);
      else expect(completion).toMatchObject({ choices: [{ message: { content: "Hello there" } }] });
    }
    expect(cut.length).toBeLessThan(6);
    for (const error of cut) expect(error).not.toBeInstanceOf(APIError);
  });

  test.each([
    ["no messages", { model: "test" }],
    ["an unknown role", { model: "test", messages: [{ role: "wizard", content: "" }] }],
  ])("says in the shape of the interface what is wrong with a request that has %s", async (_, body) => {
    const server = await serve(scripted(() => reply));
    const official = new OpenAI({ baseURL: server.url, apiKey: "none", maxRetries: 0 });
    const error: unknown = await official.post("/chat/completions", { body }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BadRequestError);
    expect(error).toMatchObject({ type: "invalid_request_error", message: expect.stringContaining("messages") });
  });

  test("answers what is not JSON and other paths with errors too", async () => {
    const server = await serve(scripted(() => reply));
    const broken = await fetch(`${server.url}/chat/completions`, { method: "POST", body: "{oops" });
    expect([broken.status, await broken.json()]).toEqual([
      400,
      expect.objectContaining({ error: expect.objectContaining({ message: "the body is not JSON" }) }),
    ]);
    expect((await fetch(`${server.url}/embeddings`, { method: "POST" })).status).toBe(404);
  });

  test("passes the failures of what it serves on", async () => {
    for (const code of [
      "model-bad-request",
      "model-unauthorized",
      "model-not-found",
      "model-rate-limited",
      "model-server-error",
    ] as const) {
      const server = await serve(
        scripted(() => {
          throw failing(code, { retryable: false });
        }),
      );
      expect(await codeOf(client(server).complete(ask()))).toBe(code);
    }
  });

  test("works on no more calls at once than it is told, and answers all", async () => {
    let underWay = 0;
    let most = 0;
    const inner = scripted(async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay -= 1;
      return reply;
    });
    const server = await serve(inner, { concurrency: 3 });
    const far = client(server);
    const codes = await Promise.all(Array.from({ length: 30 }, () => codeOf(far.complete(ask()))));
    expect(codes).toEqual(Array(30).fill("answered"));
    expect(most).toBe(3);
  });

  test("waits the latency before each call", async () => {
    const slept: number[] = [];
    const server = await serve(
      scripted(() => reply),
      { latency: 70, clock: { ...systemClock, sleep: async (wait) => void slept.push(wait) } },
    );
    await client(server).complete(ask());
    expect(slept).toEqual([70]);
  });

  test("has seeded faults of every kind at the rate asked for, and a retrying client gets through", async () => {
    const faults = async (seed: number): Promise<readonly string[]> => {
      const far = client(
        await serve(
          scripted(() => reply),
          { faultRate: 0.3, seed },
        ),
      );
      const codes: string[] = [];
      for (let call = 0; call < 200; call++) codes.push(await codeOf(far.complete(ask())));
      return codes;
    };
    const codes = await faults(1);
    expect(codes.filter((code) => code !== "answered").length).toBeGreaterThan(40);
    expect(codes.filter((code) => code !== "answered").length).toBeLessThan(80);
    expect(new Set(codes)).toEqual(
      new Set(["answered", "model-rate-limited", "model-server-error", "model-bad-reply"]),
    );
    expect(await faults(1)).toEqual(codes);
    expect(await faults(2)).not.toEqual(codes);

    const server = await serve(
      scripted(() => reply),
      { faultRate: 0.3, seed: 3 },
    );
    const clock = { ...systemClock, sleep: async () => {} };
    const patient = withRetry(client(server), { retries: 10, clock, random: makeRandom(1) });
    for (let call = 0; call < 50; call++) expect(await codeOf(patient.complete(ask()))).toBe("answered");
  });

  test("gives up a call whose client has gone", async () => {
    const aborted = Promise.withResolvers<void>();
    const controller = new AbortController();
    const server = await serve(
      scripted(async (_request, options) => {
        setImmediate(() => controller.abort());
        await new Promise<void>((resolve) => options?.signal?.addEventListener("abort", () => resolve()));
        aborted.resolve();
        throw failing("model-cancelled", { retryable: false });
      }),
    );
    const call = codeOf(client(server).complete(ask(), { signal: controller.signal }));
    expect(await call).toBe("model-cancelled");
    await aborted.promise;
    expect(server.counts()).toEqual({ asked: 1, answered: 0 });
  });

  test("lets calls under way finish when it is closed, and takes no more", async () => {
    const working = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const server = await serve(
      scripted(async () => {
        working.resolve();
        await finish.promise;
        return reply;
      }),
    );
    const call = client(server).complete(ask());
    await working.promise;
    const closed = server.close();
    finish.resolve();
    expect(await call).toEqual(reply);
    await closed;
    expect(await codeOf(client(server).complete(ask()))).toBe("model-unreachable");
  });

  test("says that a port is taken", async () => {
    const first = await serve(scripted(() => reply));
    await expect(
      serve(
        scripted(() => reply),
        { port: first.port },
      ),
    ).rejects.toMatchObject({ code: "port-in-use", message: expect.stringContaining(String(first.port)) });
  });
});
