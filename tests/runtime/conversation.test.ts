import { describe, expect, test } from "vitest";
import { manualClock } from "../../src/base/index.ts";
import { conversationOf, runAgent, type AgentProgram } from "../../src/runtime/index.ts";
import type { Message } from "../../src/providers/index.ts";
import { call, scripted, type Scripted } from "./scripted-provider.ts";
import { makeShelf, program } from "./shelf.ts";

/** A conversation with ids and spelling of tool calls taken off: a trace keeps neither. */
function plain(messages: readonly Message[]): unknown {
  return messages.map((message) => {
    if (message.role === "tool") return { role: "tool", content: message.content };
    if (message.role !== "assistant" || message.toolCalls === undefined) return message;
    const calls = message.toolCalls.map(({ name, arguments: given }) => [name, given.replaceAll(/\s/g, "")]);
    return { role: "assistant", content: message.content, calls };
  });
}

async function replayed(agent: AgentProgram, provider: Scripted): Promise<void> {
  const trace = await runAgent(agent, "How many kettles?", { provider, world: makeShelf(), clock: manualClock() });
  expect(trace.stop).toBe("answered");
  const { prompt, turns } = conversationOf(agent, "How many kettles?", trace);
  const last = provider.requests.at(-1)?.messages ?? [];
  expect(plain([...prompt, ...turns.slice(0, -1)])).toEqual(plain(last));
  expect(turns.at(-1)).toEqual({ role: "assistant", content: "Three." });
}

describe("the conversation of a trace", () => {
  test("is what the model was sent last, and its reply: tools, several at once, mistakes", async () => {
    await replayed(
      program({ demos: [{ input: "How many cups?", output: "9" }], inputForm: "Q: {input}" }),
      scripted(
        [call("a", "count", { item: "kettle" }), call("b", "count", { item: "cup" })],
        [call("c", "count", "{item: kettle")],
        [call("d", "put", { item: "cup", count: 2 })],
        "Three.",
      ),
    );
  });

  test("has the plan as it was in view, and a new one after a failed step", async () => {
    const strategy = { kind: "plan", maxSteps: 9, replan: "on-failure" } as const;
    await replayed(
      program({ strategy }),
      scripted("1. Count.", [call("a", "count", { item: "cup" })], "1. Count kettles.", "Three."),
    );
    await replayed(program({ strategy }), scripted("", [call("a", "count", { item: "cup" })], "", "Three."));
  });

  test("offers tools where the strategy does", async () => {
    const trace = await runAgent(program({ strategy: { kind: "direct" } }), "Hello", {
      provider: scripted("Three."),
      world: makeShelf(),
      clock: manualClock(),
    });
    expect(conversationOf(program({ strategy: { kind: "direct" } }), "Hello", trace).tools).toEqual([]);
    expect(conversationOf(program(), "Hello", trace).tools.map(({ name }) => name)).toContain("count");
  });
});
