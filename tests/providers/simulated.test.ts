import { describe, expect, test } from "vitest";
import { defaultParameters } from "../../src/providers/simulated/parameters.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";
import {
  makeSimulatedProvider,
  type ChatRequest,
  type Message,
  type ToolDefinition,
} from "../../src/providers/index.ts";

const system = "You are a helpful assistant of a small web shop. Use the tools to help.";
const question = "How many days passed between payment and delivery of Teresa Carvalho's latest delivered order?";
const object = { type: "object", properties: {} };
const tools: readonly ToolDefinition[] = [
  ["order_lookup", "Find an order."],
  ["order_search", "Search orders."],
  ["customer_lookup", "Find a customer."],
  ["customer_search", "Search customers."],
  ["payment_list", "Payments of an order."],
  ["shipment_track", "Shipment of an order."],
  ["days_between", "Days between dates."],
].map(([name = "", description = ""]) => ({ name, description, parameters: object }));

function ask(messages: readonly Message[], more: Partial<ChatRequest> = {}): ChatRequest {
  return { model: "simulated", messages, tools, temperature: 0, ...more };
}

/** A model without habits, for what has nothing to do with them. */
const steady = {
  ...defaultParameters,
  habits: Object.fromEntries(
    habitNames.map((habit) => [habit, { ...defaultParameters.habits[habit], plain: 1e-9, mended: 1e-9, worst: 1e-9 }]),
  ) as typeof defaultParameters.habits,
};

const start: readonly Message[] = [
  { role: "system", content: system },
  { role: "user", content: question },
];

function afterCall(id: string, name: string, given: string, result: string): readonly Message[] {
  return [
    ...start,
    { role: "assistant", content: "", toolCalls: [{ id, name, arguments: given }] },
    { role: "tool", toolCallId: id, content: result },
  ];
}

const given = '{"query":"Teresa Carvalho"}';
const result = JSON.stringify({
  total: 1,
  customers: [{ customer_id: "C-2041", name: "Teresa Carvalho", email: "t@mail.example", city: "Porto" }],
});

describe("the simulated model", () => {
  const model = makeSimulatedProvider({ seed: 1 });

  test("replies the same to the same request, in whatever order it is asked", async () => {
    const requests = [0, 1, 2, 3].map((i) =>
      ask([
        { role: "system", content: system },
        { role: "user", content: `What is the status of order O-1042${i}?` },
      ]),
    );
    const once = await Promise.all(requests.map((request) => model.complete(request)));
    const again = await Promise.all(
      requests.toReversed().map((request) => makeSimulatedProvider({ seed: 1 }).complete(request)),
    );
    expect(again.toReversed()).toEqual(once);
  });

  test("does not see ids of calls, the model's name, the sampling seed at temperature 0 or the limit of tokens", async () => {
    const one = await model.complete(ask(afterCall("a", "customer_search", given, result)));
    const hidden: Partial<ChatRequest> = { model: "another name", seed: 99, maxOutputTokens: 5000 };
    const other = await model.complete(ask(afterCall("zz-77", "customer_search", given, result), hidden));
    expect(other).toEqual(one);
    expect(one.toolCalls).toHaveLength(1);
  });

  test("samples above temperature 0: seeds differ, one seed repeats", async () => {
    const replies = async (seed: number): Promise<string> => {
      const texts = [];
      for (let i = 0; i < 30; i++) {
        const messages: Message[] = [
          { role: "system", content: system },
          { role: "user", content: `Write one polite sentence to a customer saying that we are closed on day ${i}.` },
        ];
        texts.push((await model.complete(ask(messages, { temperature: 1, seed }))).content);
      }
      return texts.join("\n");
    };
    const one = await replies(1);
    expect(await replies(1)).toBe(one);
    expect(await replies(2)).not.toBe(one);
  });

  test("writes a numbered plan when it is asked for one, and carries it out", async () => {
    const wanted = "Before you act, write a short numbered plan of the steps you will take. Do not act yet.";
    const asking: Message[] = [
      { role: "system", content: system },
      { role: "user", content: `${question}\n\n${wanted}` },
    ];
    const { content: plan } = await model.complete(ask(asking, { tools: undefined }));
    expect(plan).toMatch(/^1\. .+\n2\. .+/);
    const other = `${question}\n\nPlease start by giving me a numbered list of steps, your plan. Wait with the tools.`;
    const reworded = await model.complete(
      ask([
        { role: "system", content: system },
        { role: "user", content: other },
      ]),
    );
    expect(reworded.content).toMatch(/^1\. .+\n2\. .+/);
    const carried = await model.complete(
      ask([...start, { role: "assistant", content: plan }, { role: "user", content: "Now follow your plan." }]),
    );
    expect(carried.toolCalls.length).toBeGreaterThan(0);
  });

  test("calls tools with the ids that earlier results told", async () => {
    const perfect = makeSimulatedProvider({ seed: 1, parameters: steady });
    const next = await perfect.complete(ask(afterCall("a", "customer_search", given, result)));
    expect(next.toolCalls[0]).toMatchObject({ name: "order_search" });
    expect(next.toolCalls[0]?.arguments).toContain("C-2041");
  });

  test("keeps what was found when a new plan is made after a failure", async () => {
    const history = afterCall("a", "customer_search", given, result);
    const replan = "A step failed. Write a new short numbered plan of the steps that remain. Do not act yet.";
    const { content: plan } = await model.complete(
      ask([...history, { role: "user", content: replan }], { tools: undefined }),
    );
    expect(plan).toMatch(/^1\. /);
    const next = await makeSimulatedProvider({ seed: 1, parameters: steady }).complete(
      ask([
        ...history,
        { role: "user", content: replan },
        { role: "assistant", content: plan },
        { role: "user", content: "Carry out your plan step by step, then give the final answer." },
      ]),
    );
    expect(next.toolCalls[0]?.arguments).toContain("C-2041");
  });

  test("answers something plausible to a request that it does not understand", async () => {
    const { content, toolCalls } = await model.complete(
      ask([{ role: "user", content: "Xylophones entangle the quarterly marmalade, do they?" }]),
    );
    expect(toolCalls).toEqual([]);
    expect(content.length).toBeGreaterThan(10);
  });

  test("counts tokens, keeps to the limit of the output and hands text over as it comes", async () => {
    const request = ask([{ role: "user", content: "Good morning! What can you do for me?" }]);
    const pieces: string[] = [];
    const whole = await model.complete(request, { onText: (text) => pieces.push(text) });
    expect(pieces.join("")).toBe(whole.content);
    expect(whole.usage.inputTokens).toBeGreaterThan(5);
    const cut = await model.complete({ ...request, maxOutputTokens: 3 });
    expect(cut.finish).toBe("length");
    expect(cut.content.length).toBeLessThanOrEqual(12);
    expect(cut.usage.outputTokens).toBe(3);
  });

  test("stops when it is cancelled", async () => {
    const aborted = AbortSignal.abort();
    await expect(model.complete(ask(start), { signal: aborted })).rejects.toMatchObject({ code: "model-cancelled" });
  });

  test("a better prompt mends a habit, over many requests", async () => {
    const share = async (prompt: string): Promise<number> => {
      let lines = 0;
      for (let i = 0; i < 60; i++) {
        const id = `O-104${10 + i}`;
        const order = {
          order_id: id,
          customer_id: "C-2041",
          status: "shipped",
          date: "2026-03-14",
          total: 10,
          currency: "EUR",
        };
        const call = { id: "a", name: "order_lookup", arguments: JSON.stringify({ order_id: id }) };
        const messages: Message[] = [
          { role: "system", content: prompt },
          { role: "user", content: `What is the status of order ${id}?` },
          { role: "assistant", content: "", toolCalls: [call] },
          { role: "tool", toolCallId: "a", content: JSON.stringify(order) },
        ];
        const { content } = await model.complete(ask(messages, { tools: tools.slice(0, 1) }));
        lines += /^Answer: /m.test(content) ? 1 : 0;
      }
      return lines / 60;
    };
    expect(await share(system)).toBeLessThan(0.4);
    expect(await share(`${system} End every reply with one last line of the form "Answer: <value>".`)).toBeGreaterThan(
      0.6,
    );
  });
});
