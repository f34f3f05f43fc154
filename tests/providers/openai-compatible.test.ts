import { describe, expect, test } from "vitest";
import { openAiCompatible, type OpenAiCompatibleOptions } from "../../src/providers/openai-compatible/provider.ts";
import { ProviderError } from "../../src/providers/provider-error.ts";
import type { ChatRequest, Provider } from "../../src/providers/provider.ts";
import { chunk, completion, endpoint, json, nowhere, refuse, stream } from "./endpoint.ts";

const request: ChatRequest = { model: "test", messages: [{ role: "user", content: "How late is it?" }] };
const hello = completion({ role: "assistant", content: "Hello there" }, "stop");
const schema = { name: "time", schema: { type: "object" } };

function client(baseUrl: string, options: Partial<OpenAiCompatibleOptions> = {}): Provider {
  return openAiCompatible({
    baseUrl,
    model: "test",
    key: "secret",
    keyVariable: "TEST_KEY",
    timeout: 60_000,
    ...options,
  });
}

async function failure(call: Promise<unknown>): Promise<ProviderError> {
  const error: unknown = await call.then(
    () => "it succeeded",
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ProviderError);
  const failed = error as ProviderError;
  expect(`${failed.message} ${failed.hint}`).not.toContain("secret");
  if (failed.code !== "model-cancelled") expect(failed.hint).toMatch(/\w+.*\.$/);
  return failed;
}

describe("a request", () => {
  test("reaches the server with its messages, tools, settings and key, and with nothing from the environment", async () => {
    process.env["OPENAI_ORG_ID"] = "another-account";
    const { baseUrl, asked } = await endpoint((response) => json(response, 200, hello));
    await client(baseUrl).complete({
      model: "test",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "How late is it?" },
        { role: "assistant", content: "", toolCalls: [{ id: "c1", name: "clock", arguments: "{}" }] },
        { role: "tool", toolCallId: "c1", content: "noon" },
      ],
      tools: [{ name: "clock", description: "Tells the time.", parameters: { type: "object" } }],
      temperature: 0.5,
      maxOutputTokens: 50,
      seed: 7,
      responseSchema: schema,
    });
    delete process.env["OPENAI_ORG_ID"];
    expect(asked).toEqual([
      {
        path: "/v1/chat/completions",
        authorization: "Bearer secret",
        organization: undefined,
        body: {
          model: "test",
          messages: [
            { role: "system", content: "Be brief." },
            { role: "user", content: "How late is it?" },
            {
              role: "assistant",
              content: "",
              tool_calls: [{ id: "c1", type: "function", function: { name: "clock", arguments: "{}" } }],
            },
            { role: "tool", tool_call_id: "c1", content: "noon" },
          ],
          tools: [
            {
              type: "function",
              function: { name: "clock", description: "Tells the time.", parameters: { type: "object" } },
            },
          ],
          temperature: 0.5,
          max_tokens: 50,
          seed: 7,
          response_format: { type: "json_schema", json_schema: { name: "time", strict: true, schema: schema.schema } },
        },
      },
    ]);
  });

  test("carries no authorization when there is no key", async () => {
    const { baseUrl, asked } = await endpoint((response) => json(response, 200, hello));
    await client(baseUrl, { key: undefined, keyVariable: undefined }).complete(request);
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined]);
  });
});

describe("a reply", () => {
  test("brings content, usage and the reason of its end", async () => {
    const { baseUrl } = await endpoint((response) => json(response, 200, hello));
    expect(await client(baseUrl).complete(request)).toEqual({
      content: "Hello there",
      toolCalls: [],
      usage: { inputTokens: 12, outputTokens: 3 },
      finish: "stop",
    });
  });

  test("with tool arguments that are not JSON is no failure: the text is passed on as the model wrote it", async () => {
    const toolCalls = [{ id: "c1", type: "function", function: { name: "clock", arguments: '{"zone": ' } }];
    const { baseUrl } = await endpoint((response) =>
      json(response, 200, completion({ role: "assistant", content: null, tool_calls: toolCalls }, "tool_calls")),
    );
    const reply = await client(baseUrl).complete(request);
    expect(reply).toMatchObject({
      content: "",
      toolCalls: [{ id: "c1", name: "clock", arguments: '{"zone": ' }],
      finish: "tool-calls",
    });
  });

  test("without usage has it estimated from what was sent and written", async () => {
    const message = { role: "assistant", content: "x".repeat(400) };
    const { baseUrl } = await endpoint((response) => json(response, 200, completion(message, "stop", null)));
    const { usage } = await client(baseUrl).complete(request);
    expect(usage.outputTokens).toBe(100);
    expect(usage.inputTokens).toBeGreaterThan(0);
  });

  test.each([
    ["length", "length"],
    ["content_filter", "refusal"],
  ] as const)("that ended by %s says %s", async (reason, finish) => {
    const { baseUrl } = await endpoint((response) =>
      json(response, 200, completion({ role: "assistant", content: "Hel" }, reason)),
    );
    expect((await client(baseUrl).complete(request)).finish).toBe(finish);
  });

  test("that streams comes in pieces, with tool calls put together and usage from the last chunk", async () => {
    const { baseUrl, asked } = await endpoint((response) =>
      stream(
        response,
        [
          chunk({ role: "assistant", content: "" }),
          chunk({ content: "Let me " }),
          chunk({ content: "look." }),
          chunk({ tool_calls: [{ index: 1, id: "c2", function: { name: "zone", arguments: "{}" } }] }),
          chunk({ tool_calls: [{ index: 0, id: "c1", function: { name: "clock", arguments: '{"a"' } }] }),
          chunk({ tool_calls: [{ index: 0, function: { arguments: ":1}" } }] }),
          chunk({}, "tool_calls"),
          { id: "chatcmpl-1", choices: [], usage: { prompt_tokens: 9, completion_tokens: 4, total_tokens: 13 } },
        ],
        true,
      ),
    );
    const pieces: string[] = [];
    const reply = await client(baseUrl).complete(request, { onText: (text) => pieces.push(text) });
    expect(pieces).toEqual(["Let me ", "look."]);
    expect(reply).toEqual({
      content: "Let me look.",
      toolCalls: [
        { id: "c1", name: "clock", arguments: '{"a":1}' },
        { id: "c2", name: "zone", arguments: "{}" },
      ],
      usage: { inputTokens: 9, outputTokens: 4 },
      finish: "tool-calls",
    });
    expect(asked[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  test("that streams a refusal is a refusal", async () => {
    const { baseUrl } = await endpoint((response) =>
      stream(response, [chunk({ refusal: "No." }), chunk({}, "stop")], true),
    );
    const reply = await client(baseUrl).complete(request, { onText: () => {} });
    expect(reply).toMatchObject({ content: "No.", finish: "refusal" });
  });
});

describe("a failure", () => {
  test("of a server that is not there names its URL and can be tried again", async () => {
    const baseUrl = await nowhere();
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-unreachable", retryable: true, kind: "outside" });
    expect(error.message).toContain(baseUrl);
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.hint).toContain("base_url");
  });

  test.each([401, 403])("of the key (%i) names the variable and is not tried again", async (status) => {
    const { baseUrl } = await endpoint((response) => refuse(response, status));
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-unauthorized", retryable: false });
    expect(error.hint).toContain("TEST_KEY");
  });

  test("of a key that was never named says how to name it", async () => {
    const { baseUrl } = await endpoint((response) => refuse(response, 401));
    const error = await failure(client(baseUrl, { key: undefined, keyVariable: undefined }).complete(request));
    expect(error.hint).toContain("key_env");
  });

  test("of a missing model or path names both", async () => {
    const { baseUrl } = await endpoint((response) => refuse(response, 404));
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-not-found", retryable: false });
    expect(error.message).toContain('"test"');
    expect(error.hint).toContain("base_url");
  });

  test.each([
    [{}, undefined],
    [{ "retry-after": "3" }, 3000],
    [{ "retry-after-ms": "250", "retry-after": "1" }, 250],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:05 GMT", date: "Wed, 21 Oct 2026 07:28:00 GMT" }, 5000],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT", date: "Wed, 21 Oct 2026 07:28:05 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
  ] as const)("of too many calls with headers %j asks to wait %s ms", async (headers, retryAfter) => {
    const { baseUrl } = await endpoint((response) => refuse(response, 429, headers));
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-rate-limited", retryable: true });
    expect(error.retryAfter).toBe(retryAfter);
  });

  test("of an account without quota is not tried again", async () => {
    const { baseUrl } = await endpoint((response) => refuse(response, 429, {}, "insufficient_quota"));
    expect(await failure(client(baseUrl).complete(request))).toMatchObject({
      code: "model-rate-limited",
      retryable: false,
    });
  });

  test.each([500, 503])("of the server (%i) can be tried again, and is not by the client itself", async (status) => {
    const { baseUrl, asked } = await endpoint((response) => refuse(response, status, { "retry-after": "2" }));
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-server-error", retryable: true, retryAfter: 2000 });
    expect(asked.length).toBe(1);
  });

  test("of a request that the server does not take is not tried again and says what the server said", async () => {
    const { baseUrl } = await endpoint((response) => refuse(response, 400));
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-bad-request", retryable: false });
    expect(error.message).toContain("as the test wants");
  });

  test.each([
    ["before the headers", () => {}],
    ["in the middle of a reply", (response) => void response.writeHead(200).write('{"id":')],
  ] satisfies [string, Parameters<typeof endpoint>[0]][])("of a server that falls silent %s", async (_, answer) => {
    const { baseUrl } = await endpoint(answer);
    const error = await failure(client(baseUrl, { timeout: 50 }).complete(request));
    expect(error).toMatchObject({ code: "model-timeout", retryable: true });
    expect(error.hint).toContain("timeout_seconds");
  });

  test("of a stream that falls silent is a timeout, while one that keeps talking may last longer than that", async () => {
    const { baseUrl } = await endpoint((response, { body }) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      let left = body["seed"] === 1 ? 8 : 2;
      const timer = setInterval(() => {
        left -= 1;
        response.write(`data: ${JSON.stringify(chunk({ content: "tick " }, left === 0 ? "stop" : null))}\n\n`);
        if (left === 0 && body["seed"] === 1) response.end("data: [DONE]\n\n");
        if (left === 0) clearInterval(timer);
      }, 250);
    });
    const provider = client(baseUrl, { timeout: 1500 });
    const reply = await provider.complete({ ...request, seed: 1 }, { onText: () => {} });
    expect(reply.content).toBe("tick ".repeat(8));
    const error = await failure(provider.complete({ ...request, seed: 2 }, { onText: () => {} }));
    expect(error.code).toBe("model-timeout");
  });

  test.each([
    ["in the middle of a reply", false],
    ["in the middle of a stream", true],
  ])("of a connection that is cut %s can be tried again", async (_, streams) => {
    const { baseUrl } = await endpoint((response) => {
      if (streams) return stream(response, [chunk({ content: "Hel" })], false);
      response.writeHead(200, { "content-type": "application/json", "content-length": "500" });
      response.write('{"id":"chat');
      setTimeout(() => response.destroy(), 20);
    });
    const error = await failure(client(baseUrl).complete(request, streams ? { onText: () => {} } : {}));
    expect(error).toMatchObject({ code: "model-bad-reply", retryable: true });
    expect(error.message).toContain("cut");
  });

  test("of a stream that ends politely but too early is noticed", async () => {
    const { baseUrl } = await endpoint((response) => stream(response, [chunk({ content: "Hel" })], true));
    const error = await failure(client(baseUrl).complete(request, { onText: () => {} }));
    expect(error.code).toBe("model-bad-reply");
  });

  test.each([
    ["not JSON", "application/json", "{oops"],
    ["a web page", "text/html", "<html>Welcome</html>"],
    ["JSON of another kind", "application/json", '{"status":"ok"}'],
    ["null", "application/json", "null"],
    ["no choices", "application/json", JSON.stringify({ ...hello, choices: [] })],
    ["a choice without a message", "application/json", JSON.stringify({ ...hello, choices: [{ index: 0 }] })],
  ])("of a reply that is %s", async (_, type, text) => {
    const { baseUrl } = await endpoint((response) => void response.writeHead(200, { "content-type": type }).end(text));
    const error = await failure(client(baseUrl).complete(request));
    expect(error).toMatchObject({ code: "model-bad-reply", retryable: true });
    expect(error.hint).toContain("base_url");
  });

  test.each([
    ["a reply", {}],
    ["a stream", { onText: () => {} }],
  ])("by cancelling %s under way is an interruption, and the server sees the connection close", async (_, options) => {
    const controller = new AbortController();
    const closed = Promise.withResolvers<void>();
    const { baseUrl } = await endpoint((response, _asked, incoming) => {
      incoming.socket.once("close", () => closed.resolve());
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write(`data: ${JSON.stringify(chunk({ content: "Hel" }))}\n\n`);
      setTimeout(() => controller.abort(), 20);
    });
    const error = await failure(client(baseUrl).complete(request, { ...options, signal: controller.signal }));
    expect(error).toMatchObject({ code: "model-cancelled", retryable: false, kind: "interrupted" });
    await closed.promise;
  });
});
