import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/index.ts";
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

const providers: readonly [string, Provider][] = [
  ["openai-compatible", remote],
  ["recording", recorder],
  ["replay", replaying(join(folder, "calls.jsonl"))],
  ["simulated", makeSimulatedProvider({ seed: 2 })],
];

describe.each(providers)("the %s provider", (_, provider) => {
  test("answers with a whole reply", async () => {
    for (const request of requests) {
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
    for (const request of requests) {
      const pieces: string[] = [];
      const streamed = await provider.complete(request, { onText: (text) => pieces.push(text) });
      expect(pieces.join("")).toBe(streamed.content);
      expect(pieces).not.toContain("");
      expect(streamed).toEqual(await provider.complete(request));
    }
  });

  test("answers many at once", async () => {
    const alone = await Promise.all(requests.map((request) => provider.complete(request)));
    const together = await Promise.all(
      Array.from({ length: 20 }, (_, index) => provider.complete(requests[index % 2] as ChatRequest)),
    );
    for (const [index, answered] of together.entries()) expect(answered).toEqual(alone[index % 2]);
  });

  test("leaves the request as it was", async () => {
    for (const request of requests) {
      const before = structuredClone(request);
      await provider.complete(request);
      expect(request).toEqual(before);
    }
  });

  test("does not answer a call that was cancelled before it began", async () => {
    for (const request of requests) {
      const call = provider.complete(request, { signal: AbortSignal.abort() });
      expect(await codeOf(call)).toBe("model-cancelled");
    }
  });

  test("has a name, without a key in it", () => {
    expect(provider.name).toMatch(/\w+/);
    expect(provider.name).not.toContain("secret");
  });
});
