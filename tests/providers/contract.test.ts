import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/index.ts";
import { llamaProvider } from "../../src/providers/llama/provider.ts";
import { openAiCompatible } from "../../src/providers/openai-compatible/provider.ts";
import type { ChatRequest, Provider } from "../../src/providers/provider.ts";
import { recording, replaying } from "../../src/providers/record-replay.ts";
import { serveOpenAi } from "../../src/providers/simulated/serve.ts";
import { makeSimulatedProvider } from "../../src/providers/simulated/simulated.ts";
import { codeOf, reply, scripted } from "./scripted.ts";

const requests: readonly ChatRequest[] = [
  { model: "test", messages: [{ role: "user", content: "What is the capital of France?" }] },
  {
    model: "test",
    messages: [
      { role: "system", content: "You help customers of a small shop." },
      { role: "user", content: "When does order A-1007 arrive?" },
    ],
    tools: [
      {
        name: "order_lookup",
        description: "Looks one order up by its number.",
        parameters: { type: "object", properties: { order: { type: "string" } }, required: ["order"] },
      },
    ],
    temperature: 0,
    maxOutputTokens: 200,
    seed: 1,
  },
];

const folder = mkdtempSync(join(tmpdir(), "allele-contract-"));
const served = await serveOpenAi(
  scripted(({ tools }) =>
    tools === undefined
      ? reply
      : {
          ...reply,
          content: "",
          toolCalls: [{ id: "c1", name: "order_lookup", arguments: "{}" }],
          finish: "tool-calls",
        },
  ),
  { port: 0, clock: systemClock },
);
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});
const remote = openAiCompatible({
  baseUrl: served.url,
  model: "test",
  key: "secret",
  keyVariable: "TEST_KEY",
  timeout: 60_000,
});
const recorder = recording(makeSimulatedProvider({ seed: 2 }), join(folder, "calls.jsonl"));
for (const request of requests) await recorder.complete(request);

const models = resolve(import.meta.dirname, "../../models");
const model = join(models, "smollm2-135m-instruct.gguf");
/** Where the model and node-llama-cpp were fetched. It is small and slow: it has seen what is wanted once, and answers in few words. */
const local: readonly [string, Provider, readonly ChatRequest[]][] =
  existsSync(model) && existsSync(join(models, "node_modules/node-llama-cpp"))
    ? [["llama", llamaProvider({ file: model, folder: models, context: 1024, threads: 1 }), requests.map(afterExample)]]
    : [];

function afterExample(request: ChatRequest): ChatRequest {
  const before: ChatRequest["messages"] =
    request.tools === undefined
      ? [
          { role: "user", content: "What is the capital of Spain?" },
          { role: "assistant", content: "Madrid." },
        ]
      : [
          { role: "user", content: "When does order B-2001 arrive?" },
          {
            role: "assistant",
            content: "",
            toolCalls: [{ id: "b1", name: "order_lookup", arguments: '{"order":"B-2001"}' }],
          },
          { role: "tool", toolCallId: "b1", content: "Monday" },
          { role: "assistant", content: "It arrives on Monday." },
        ];
  const question = request.messages.findIndex(({ role }) => role === "user");
  return { ...request, messages: request.messages.toSpliced(question, 0, ...before) };
}

const providers: readonly [string, Provider, readonly ChatRequest[]][] = [
  ["openai-compatible", remote, requests],
  ["recording", recorder, requests],
  ["replay", replaying(join(folder, "calls.jsonl")), requests],
  ["simulated", makeSimulatedProvider({ seed: 2 }), requests],
  ...local,
];

describe.each(providers)("the %s provider", (_, provider, asked) => {
  test("answers with a whole reply", async () => {
    for (const request of asked) {
      const { content, toolCalls, usage, finish } = await provider.complete(request);
      expect(content !== "" || toolCalls.length > 0).toBe(true);
      expect(finish).toBe(toolCalls.length > 0 ? "tool-calls" : "stop");
      for (const call of toolCalls) expect(call).toMatchObject({ name: "order_lookup", arguments: expect.any(String) });
      expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(toolCalls.length);
      for (const tokens of [usage.inputTokens, usage.outputTokens]) {
        expect(Number.isInteger(tokens)).toBe(true);
        expect(tokens).toBeGreaterThan(0);
      }
    }
  });

  test("hands the text out piece by piece when asked to, and all of it", async () => {
    for (const request of asked) {
      const pieces: string[] = [];
      const streamed = await provider.complete(request, { onText: (text) => pieces.push(text) });
      expect(pieces.join("")).toBe(streamed.content);
      expect(pieces).not.toContain("");
      expect(streamed).toEqual(await provider.complete(request));
    }
  });

  test("answers many at once", async () => {
    const alone = await Promise.all(asked.map((request) => provider.complete(request)));
    const together = await Promise.all(
      Array.from({ length: 8 }, (_, index) => provider.complete(asked[index % 2] as ChatRequest)),
    );
    for (const [index, answered] of together.entries()) expect(answered).toEqual(alone[index % 2]);
  });

  test("leaves the request as it was", async () => {
    for (const request of asked) {
      const before = structuredClone(request);
      await provider.complete(request);
      expect(request).toEqual(before);
    }
  });

  test("does not answer a call that was cancelled before it began", async () => {
    for (const request of asked) {
      const call = provider.complete(request, { signal: AbortSignal.abort() });
      expect(await codeOf(call)).toBe("model-cancelled");
    }
  });

  test("has a name, without a key in it", () => {
    expect(provider.name).toMatch(/\w+/);
    expect(provider.name).not.toContain("secret");
  });
});
