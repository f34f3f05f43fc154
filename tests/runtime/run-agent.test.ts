import { describe, expect, test } from "vitest";
import { makeEventBus, manualClock, systemClock } from "../../src/base/index.ts";
import { ProviderError, type Message, type Provider } from "../../src/providers/index.ts";
import type { AgentEvent } from "../../src/runtime/index.ts";
import { runAgent, type AgentHost } from "../../src/runtime/run-agent.ts";
import { call, scripted } from "./scripted-provider.ts";
import { makeShelf, program } from "./shelf.ts";

const on = (provider: Provider, change: Partial<AgentHost> = {}): AgentHost => ({
  provider,
  world: makeShelf(),
  clock: manualClock(),
  ...change,
});
const toolMessages = (messages: readonly Message[]) => messages.filter(({ role }) => role === "tool");

describe("the agent loop", () => {
  test("calls tools until the model answers, and tells what happened", async () => {
    const provider = scripted([call("a", "count", { item: "kettle" })], "There are 3.");
    const price = (model: string, usage: { inputTokens: number }) =>
      model === "scripted-1" ? usage.inputTokens / 1000 : 0;
    const trace = await runAgent(program(), "How many kettles?", on(provider, { price }));
    expect(trace).toEqual({
      answer: "There are 3.",
      stop: "answered",
      steps: [
        { kind: "model", content: "", calls: 1 },
        { kind: "tool", name: "count", arguments: { item: "kettle" }, result: '{"item":"kettle","count":3}', ok: true },
        { kind: "model", content: "There are 3.", calls: 0 },
      ],
      times: [
        { at: 0, milliseconds: 0, tokens: 110 },
        { at: 0, milliseconds: 0, tokens: 0 },
        { at: 0, milliseconds: 0, tokens: 110 },
      ],
      usage: { modelCalls: 2, inputTokens: 200, outputTokens: 20, usd: 0.2, milliseconds: 0 },
    });
    expect(provider.requests[1]?.messages).toEqual([
      { role: "system", content: "You keep a shelf." },
      { role: "user", content: "How many kettles?" },
      { role: "assistant", content: "", toolCalls: [call("a", "count", { item: "kettle" })] },
      { role: "tool", toolCallId: "a", content: '{"item":"kettle","count":3}' },
    ]);
  });

  test("says of each step when it began and how long it took, of tools called together each by itself", async () => {
    const clock = manualClock();
    const talking = scripted([call("a", "count", { item: "kettle" }), call("b", "count", { item: "cup" })], "3 and 2.");
    const provider: Provider = {
      ...talking,
      complete: async (...asked) => {
        clock.advance(200);
        return talking.complete(...asked);
      },
    };
    const bus = makeEventBus<AgentEvent>();
    const spans: (readonly number[])[] = [];
    bus.subscribe((event) => "began" in event && spans.push([event.began, event.ended - event.began]));
    const { steps, times } = await runAgent(program(), "How many?", on(provider, { clock, bus }));
    expect(steps.map(({ kind }) => kind)).toEqual(["model", "tool", "tool", "model"]);
    expect(times?.map(({ at, milliseconds }) => [at, milliseconds])).toEqual([
      [0, 200],
      [200, 0],
      [200, 0],
      [200, 200],
    ]);
    expect(spans).toEqual(times?.map(({ at, milliseconds }) => [at, milliseconds]));
  });

  test("sends the program's settings, its tools as JSON Schema, and the seed", async () => {
    const provider = scripted("Done.");
    await runAgent(program({ temperature: 0.4, maxOutputTokens: 99 }), "Hello", on(provider, { seed: 5 }));
    const [request] = provider.requests;
    expect(request).toMatchObject({ model: "scripted-1", temperature: 0.4, maxOutputTokens: 99, seed: 5 });
    expect(request?.tools?.[0]).toEqual({
      name: "count",
      description: "Counts an item.",
      parameters: {
        type: "object",
        properties: { item: { type: "string" }, pause: expect.objectContaining({ type: "integer", default: 0 }) },
        required: ["item"],
      },
    });
  });

  test("puts demonstrations and earlier turns before the task", async () => {
    const provider = scripted("3");
    const history: readonly Message[] = [
      { role: "user", content: "Hello" },
      { role: "assistant", content: "Hello!" },
    ];
    const demos = [{ input: "How many cups?", output: "9" }];
    await runAgent(program({ system: "", demos }), "How many kettles?", on(provider, { history }));
    expect(provider.requests[0]?.messages.map(({ content }) => content)).toEqual([
      "How many cups?",
      "9",
      "Hello",
      "Hello!",
      "How many kettles?",
    ]);
  });

  test.each([
    ["arguments that are not JSON", call("a", "count", "{item: kettle"), /not a JSON object/],
    ["arguments of the wrong form", call("a", "put", { item: "cup", count: -1 }), /Invalid arguments: count: /],
    [
      "a tool that does not exist",
      call("a", "coumt", { item: "cup" }),
      /no tool \\"coumt\\" \(did you mean \\"count\\"\?\)/,
    ],
    ["a tool that throws", call("a", "count", { item: "cup" }), /no item cup/],
  ])("tells the model of %s and goes on", async (_, mistake, complaint) => {
    const provider = scripted([mistake], "Sorry.");
    const trace = await runAgent(program(), "How many?", on(provider));
    const [result] = toolMessages(provider.requests[1]?.messages ?? []);
    expect(result?.content).toMatch(complaint);
    expect(result?.content).toMatch(/^\{"error":/);
    expect(trace).toMatchObject({ answer: "Sorry.", steps: [{}, { kind: "tool", ok: false }, {}] });
  });

  test("runs the reads of one reply together and gives the results in call order", async () => {
    const world = makeShelf();
    world.items.set("cup", 9);
    const provider = scripted(
      [call("a", "count", { item: "kettle", pause: 9 }), call("b", "count", { item: "cup" })],
      "Done.",
    );
    await runAgent(program(), "How many?", on(provider, { world }));
    expect(world.log).toEqual(["begin kettle", "begin cup", "end cup", "end kettle"]);
    expect(toolMessages(provider.requests[1]?.messages ?? [])).toEqual([
      { role: "tool", toolCallId: "a", content: '{"item":"kettle","count":3}' },
      { role: "tool", toolCallId: "b", content: '{"item":"cup","count":9}' },
    ]);
  });

  test("runs the calls one after the other when one of them writes", async () => {
    const world = makeShelf();
    const calls = [
      call("a", "put", { item: "cup", count: 1 }),
      call("b", "count", { item: "cup" }),
      call("c", "put", { item: "cup", count: 2 }),
    ];
    const provider = scripted(calls, "Done.");
    const trace = await runAgent(program(), "Put cups.", on(provider, { world }));
    expect(world.log).toEqual(["begin cup", "end cup", "begin cup", "end cup", "begin cup", "end cup"]);
    expect(trace.steps.filter(({ kind }) => kind === "tool").map((step) => "result" in step && step.result)).toEqual([
      "done",
      '{"item":"cup","count":1}',
      "done",
    ]);
  });

  test("cuts a result that is too long, and says so", async () => {
    const provider = scripted([call("a", "print", { length: 20_000 })], "Long.");
    await runAgent(program(), "Print.", on(provider));
    const [result] = toolMessages(provider.requests[1]?.messages ?? []);
    expect(result?.content).toMatch(/^x{16000}\n\[cut here: 4000 more characters are not shown\]$/);
  });

  test("tells of a tool whose parameters no model could be shown", async () => {
    const { z } = await import("zod");
    const tool = { name: "odd", description: "", parameters: z.date(), effect: "read", run: () => "" } as const;
    await expect(runAgent(program({ tools: [tool] }), "Hello", on(scripted("x")))).rejects.toMatchObject({
      code: "tool-schema",
    });
  });
});

describe("limits", () => {
  const busy = () => scripted([call("a", "count", { item: "kettle" })]);

  test("end the rollout after so many model calls", async () => {
    const provider = busy();
    const trace = await runAgent(program({ strategy: { kind: "react", maxSteps: 3 } }), "Count.", on(provider));
    expect(trace).toMatchObject({ answer: "", stop: "step-limit", usage: { modelCalls: 3 } });
    expect(provider.requests).toHaveLength(3);
  });

  test.each([
    ["tokens", { tokens: 250 }, "token-limit"],
    ["dollars", { usd: 2.5 }, "cost-limit"],
  ] as const)("end the rollout after so many %s", async (_, limits, stop) => {
    const trace = await runAgent(program({ limits }), "Count.", on(busy(), { price: () => 1 }));
    expect(trace).toMatchObject({ answer: "", stop, usage: { modelCalls: 3 } });
  });

  test("end the rollout when its time is over, though a tool never comes back", async () => {
    const provider = scripted([call("a", "wait", {})], "Never.");
    const trace = await runAgent(
      program({ limits: { milliseconds: 300 } }),
      "Wait.",
      on(provider, { clock: systemClock }),
    );
    expect(trace).toMatchObject({ answer: "", stop: "time-limit", usage: { modelCalls: 1 } });
  });

  test("do not take away an answer given with the last call", async () => {
    const provider = scripted("At once.");
    const trace = await runAgent(program({ limits: { tokens: 1 } }), "Hello", on(provider));
    expect(trace).toMatchObject({ answer: "At once.", stop: "answered" });
  });
});

describe("strategies", () => {
  test("direct asks once, without tools", async () => {
    const provider = scripted("Hi.");
    const trace = await runAgent(program({ strategy: { kind: "direct" } }), "Hello", on(provider));
    expect(trace).toMatchObject({ answer: "Hi.", stop: "answered", steps: [{ kind: "model" }] });
    expect(provider.requests[0]?.tools).toBeUndefined();
  });

  const planning = (replan: "never" | "on-failure") => program({ strategy: { kind: "plan", maxSteps: 8, replan } });

  test("plan asks for a numbered plan first and keeps it in view", async () => {
    const provider = scripted("1. Count.", [call("a", "count", { item: "kettle" })], "There are 3.");
    const trace = await runAgent(planning("never"), "How many?", on(provider));
    const [first, second] = provider.requests;
    expect(first?.tools).toBeUndefined();
    expect(first?.messages.at(-1)?.content).toBe(
      "How many?\n\nBefore you act, write a short numbered plan of the steps you will take. Do not act yet.",
    );
    expect(second?.tools).toHaveLength(4);
    expect(second?.messages.slice(1)).toEqual([
      { role: "user", content: "How many?" },
      { role: "assistant", content: "1. Count." },
      { role: "user", content: "Carry out your plan step by step, then give the final answer." },
    ]);
    expect(trace.steps.map(({ kind }) => kind)).toEqual(["plan", "model", "tool", "model"]);
    expect(trace.usage.modelCalls).toBe(3);
  });

  test("plan asks for a new plan once after a failure, when told to", async () => {
    const failure = [call("a", "count", { item: "cup" })];
    const again = scripted("1. Count.", failure, "1. Give up.", failure, "There is none.");
    const trace = await runAgent(planning("on-failure"), "How many?", on(again));
    expect(trace.steps.map(({ kind }) => kind)).toEqual(["plan", "model", "tool", "plan", "model", "tool", "model"]);
    expect(again.requests[2]?.tools).toBeUndefined();
    expect(again.requests[3]?.messages.slice(-3).map(({ content }) => content)).toEqual([
      "A step failed. Write a new short numbered plan of the steps that remain. Do not act yet.",
      "1. Give up.",
      "Carry out your plan step by step, then give the final answer.",
    ]);
    const never = scripted("1. Count.", failure, "There is none.");
    const same = await runAgent(planning("never"), "How many?", on(never));
    expect(same.steps.map(({ kind }) => kind)).toEqual(["plan", "model", "tool", "model"]);
  });

  test("plan goes on without a plan when the model writes none", async () => {
    const provider = scripted(" ", "There are 3.");
    const trace = await runAgent(planning("never"), "How many?", on(provider));
    expect(provider.requests[1]?.messages.at(-1)).toEqual({ role: "user", content: "How many?" });
    expect(trace.answer).toBe("There are 3.");
  });

  test("plan counts planning among its steps", async () => {
    const provider = scripted("1. Count.", [call("a", "count", { item: "cup" })]);
    const strategy = { kind: "plan", maxSteps: 3, replan: "on-failure" } as const;
    const trace = await runAgent(program({ strategy }), "How many?", on(provider));
    expect(trace).toMatchObject({ stop: "step-limit", usage: { modelCalls: 3 } });
    expect(provider.requests).toHaveLength(3);
  });
});

describe("the outside", () => {
  test("rejects with the provider's error when a call fails", async () => {
    const down = new ProviderError({ code: "model-unreachable", message: "down", retryable: true });
    const provider = scripted([call("a", "count", { item: "kettle" })], () => {
      throw down;
    });
    await expect(runAgent(program(), "Count.", on(provider))).rejects.toBe(down);
  });

  test("can interrupt between steps, before a write is made", async () => {
    const controller = new AbortController();
    const world = makeShelf();
    const provider = scripted(() => {
      controller.abort();
      return [call("a", "put", { item: "cup", count: 1 })];
    });
    const rollout = runAgent(program(), "Put.", on(provider, { world, signal: controller.signal }));
    await expect(rollout).rejects.toMatchObject({ code: "interrupted", kind: "interrupted" });
    expect(world.items.has("cup")).toBe(false);
  });

  test("can watch", async () => {
    const events: AgentEvent[] = [];
    const bus = makeEventBus<AgentEvent>();
    bus.subscribe((event) => events.push(event));
    const strategy = { kind: "plan", maxSteps: 5, replan: "never" } as const;
    const provider = scripted("1. Count.", [call("a", "count", { item: "kettle" })], "3");
    const trace = await runAgent(program({ strategy }), "Count.", on(provider, { bus, stream: true }));
    expect(events.map(({ kind }) => kind)).toEqual([
      "agent-started",
      "text-received",
      "model-replied",
      "plan-written",
      "model-replied",
      "tool-called",
      "tool-returned",
      "text-received",
      "model-replied",
      "agent-finished",
    ]);
    expect(events.at(-1)).toEqual({ kind: "agent-finished", trace });
    expect(events.findLast(({ kind }) => kind === "model-replied")).toMatchObject({ usage: trace.usage });
  });
});
