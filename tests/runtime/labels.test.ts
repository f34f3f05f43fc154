import { describe, expect, test } from "vitest";
import { systemClock } from "../../src/base/index.ts";
import type { ChatRequest, Provider } from "../../src/providers/index.ts";
import { runAgent, type AgentProgram } from "../../src/runtime/index.ts";

const labels = [
  { answer: "positive", wording: "good" },
  { answer: "negative", wording: "bad" },
  { answer: "none", wording: "not good" },
];
const program: AgentProgram = {
  system: "Judge.",
  demos: [],
  tools: [],
  strategy: { kind: "direct" },
  limits: {},
  model: "any",
  inputForm: "Text: {input}\nLabel:",
  labels,
};

function answering(content: string): { readonly provider: Provider; readonly asked: ChatRequest[] } {
  const asked: ChatRequest[] = [];
  const usage = { inputTokens: 1, outputTokens: 1 };
  const provider: Provider = {
    name: "scripted",
    complete: async (request) => {
      asked.push(request);
      return { content, toolCalls: [], usage, finish: "stop" };
    },
  };
  return { provider, asked };
}

const run = (own: AgentProgram, provider: Provider, input = "so $& so") =>
  runAgent(own, input, { provider, world: {}, clock: systemClock });

describe("an agent with labels", () => {
  test("puts the task in its form, to the letter", async () => {
    const { provider, asked } = answering("good");
    await run(program, provider);
    expect(asked[0]?.messages.at(-1)?.content).toBe("Text: so $& so\nLabel:");
  });

  test.each([
    ["Good.", "positive"],
    ["I think it is bad, not good", "negative"],
    ["not good", "none"],
    ["goodness knows", "goodness knows"],
    ["", ""],
  ])("takes the reply %j for %j", async (reply, answer) => {
    expect((await run(program, answering(reply).provider)).answer).toBe(answer);
  });

  test("chooses without generating, calibrated by a task that says nothing", async () => {
    const { provider, asked } = answering("bad");
    const choices = labels.map(({ wording }) => wording);
    const trace = await run({ ...program, strategy: { kind: "choose", choices, calibrated: true } }, provider, "dull");
    expect(trace).toMatchObject({ answer: "negative", stop: "answered", usage: { modelCalls: 1 } });
    expect(asked[0]?.choices?.texts).toEqual(choices);
    expect(asked[0]?.choices?.baseline?.at(-1)?.content).toBe("Text: N/A\nLabel:");
    await run({ ...program, strategy: { kind: "choose", choices, calibrated: false } }, provider, "dull");
    expect(asked[1]?.choices?.baseline).toBeUndefined();
  });

  test("puts known tasks beside the choice, after the same beginning as the task", async () => {
    const { provider, asked } = answering("bad");
    const references = [{ input: "Text: fun\nLabel:", choice: 0 }];
    await run(
      { ...program, strategy: { kind: "choose", choices: ["good", "bad"], calibrated: false, references } },
      provider,
    );
    expect(asked[0]?.choices?.references).toEqual([
      {
        choice: 0,
        messages: [
          { role: "system", content: "Judge." },
          { role: "user", content: "Text: fun\nLabel:" },
        ],
      },
    ]);
  });
});
