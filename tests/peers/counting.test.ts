import { afterAll, beforeAll, expect, test } from "vitest";
import { manualClock, systemClock } from "../../src/base/index.ts";
import { serveOpenAi, type ChatRequest, type Provider } from "../../src/providers/index.ts";
import { countedModel, countUntil } from "../benchmarks/peers/model-server.ts";

const seeds: (number | undefined)[] = [];
const inner: Provider = {
  name: "inner",
  complete: async (request: ChatRequest) => {
    seeds.push(request.seed);
    if (request.messages[0]?.content === "fail") throw new Error("it fails");
    return { content: "yes", toolCalls: [], usage: { inputTokens: 1, outputTokens: 1 }, finish: "stop" };
  },
};
const model = countedModel(inner, { seed: 5, clock: systemClock });
let server: Awaited<ReturnType<typeof serveOpenAi>>;

beforeAll(async () => {
  server = await serveOpenAi(model.provider, { port: 0, clock: systemClock });
});
afterAll(() => server.close());

async function ask(name: string, content: string, seed?: number): Promise<number> {
  const body = JSON.stringify({ model: name, messages: [{ role: "user", content }], seed });
  return (await fetch(`${server.url}/chat/completions`, { method: "POST", body })).status;
}

test("calls are counted by role at the server, failed ones too", async () => {
  expect(await ask("task", "one")).toBe(200);
  expect(await ask("reflection", "two")).toBe(200);
  expect(await ask("reflection", "fail")).toBe(500);
  expect(countUntil(model.calls, Number.POSITIVE_INFINITY)).toMatchObject({ task: 1, reflection: 2, failed: 1 });
  expect(countUntil(model.calls, (model.calls[0]?.end ?? 0) - 1)).toMatchObject({ task: 0, reflection: 0 });
  expect(model.reflections.map(({ messages }) => messages[0]?.content)).toEqual(["two", "fail"]);
});

test("who sends no sampling seed gets another one each time the same is asked; a seed that was sent stays", async () => {
  seeds.length = 0;
  for (const content of ["again", "again", "other"]) await ask("reflection", content);
  await ask("reflection", "again", 77);
  expect(seeds[0]).not.toBe(seeds[1]);
  expect(seeds[2]).toBe(seeds[0]);
  expect(seeds[3]).toBe(77);
});

test("latency is by role, and is the time that a call is busy", async () => {
  const slow = countedModel(inner, { seed: 0, latency: { task: 200, reflection: 2000 }, clock: manualClock() });
  for (const name of ["task", "reflection"])
    await slow.provider.complete({ model: name, messages: [{ role: "user", content: "x" }] });
  expect(slow.calls.map(({ start, end }) => end - start)).toEqual([200, 2000]);
  expect(countUntil(slow.calls, Number.POSITIVE_INFINITY).busy).toBe(200);
});
