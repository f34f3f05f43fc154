import { describe, expect, test } from "vitest";
import { express } from "../../src/evaluate/express.ts";
import type { Gene, Genome } from "../../src/genome/index.ts";
import { stockTools } from "./stock.ts";

const genome = (genes: Readonly<Record<string, Gene>>): Genome => ({ name: "clerk", genes, parents: [] });
const text = (value: string): Gene => ({ type: "text", value, max_tokens: 1500 });
const expressed = (genes: Readonly<Record<string, Gene>>) => express(genome(genes), stockTools, { model: "clerk-1" });

const whole: Readonly<Record<string, Gene>> = {
  answer_format: text("End with `Answer: <value>`."),
  refund_policy: text("Verify first."),
  system: text("You are a clerk.\n"),
  rules: { type: "rules", value: ["Look up.", "Be brief."], max_items: 40 },
  about_money: text("Two decimals."),
  reasoning: { type: "enum", options: ["none", "brief", "full"], value: "brief" },
  parallel_tools: { type: "boolean", value: true },
  empty: text("  "),
  demos: {
    type: "demos",
    max: 4,
    value: [
      { input: "How many cups?", steps: ["Count the cups.", "Say the number."], output: "Answer: 9" },
      { input: "Thanks!", output: "You are welcome." },
    ],
  },
  plan: { type: "strategy", value: { kind: "plan", max_steps: 16, replan: "on-failure" } },
  tools: { type: "set", universe: ["count", "discard"], value: ["count"] },
  "tool.count": {
    type: "tool",
    value: { summary: "Tells the stock.", when: "always", when_not: "never", examples: ["count(cup)"] },
  },
  temperature: { type: "number", min: 0, max: 1, value: 0.3 },
  max_output_tokens: { type: "number", min: 10, max: 1000, value: 200.4 },
  model: { type: "model", options: ["a", "b"], value: "b" },
};

describe("a genome is expressed as an agent program", () => {
  test("with every gene in its place", () => {
    expect(expressed(whole)).toEqual({
      system: [
        "You are a clerk.",
        "## Rules\n- Look up.\n- Be brief.",
        "## About money\nTwo decimals.",
        "When several tool calls do not depend on each other, make them together in one reply.",
        "Think briefly before you act or answer.",
        "## Refund policy\nVerify first.",
        "## Answer format\nEnd with `Answer: <value>`.",
      ].join("\n\n"),
      demos: [
        { input: "How many cups?", output: "1. Count the cups.\n2. Say the number.\n\nAnswer: 9" },
        { input: "Thanks!", output: "You are welcome." },
      ],
      tools: [
        expect.objectContaining({
          name: "count",
          description: "Tells the stock.\nWhen to use it: always\nWhen not to use it: never\nExamples:\n- count(cup)",
        }),
      ],
      strategy: { kind: "plan", maxSteps: 16, replan: "on-failure" },
      limits: {},
      model: "b",
      temperature: 0.3,
      maxOutputTokens: 200,
    });
  });

  test("the same whatever the order of the genes", () => {
    const reversed = Object.fromEntries(Object.entries(whole).toReversed());
    const shown = (genes: Readonly<Record<string, Gene>>) => JSON.stringify(expressed(genes));
    expect(shown(reversed)).toBe(shown(whole));
  });

  test("with defaults for what it does not say", () => {
    expect(expressed({})).toEqual({
      system: "",
      demos: [],
      tools: stockTools.tools,
      strategy: { kind: "react", maxSteps: 12 },
      limits: {},
      model: "clerk-1",
      temperature: undefined,
      maxOutputTokens: undefined,
    });
    expect(express(genome({}), undefined, { model: "clerk-1" }).tools).toEqual([]);
  });

  test("without the genes whose condition does not hold", () => {
    const style: Gene = { ...text("Be brief."), active: { gene: "reasoning", is: "full" } };
    const reasoning = (value: string): Gene => ({ type: "enum", options: ["none", "full"], value });
    expect(expressed({ style, reasoning: reasoning("none") }).system).toBe("Do not explain your reasoning.");
    expect(expressed({ style, reasoning: reasoning("full") }).system).toContain("## Style\nBe brief.");
  });

  test("with the tool's own description where the gene has no summary", () => {
    const value = { summary: "", when: "", when_not: "the item is unknown", examples: [] };
    const [tool] = expressed({ "tool.count": { type: "tool", value } }).tools;
    expect(tool?.description).toBe("Counts an item.\nWhen not to use it: the item is unknown");
  });
});

describe("a genome that does not fit is refused", () => {
  test.each<[string, Readonly<Record<string, Gene>>, string, RegExp]>([
    [
      "a gene without effect",
      { temprature: { type: "number", min: 0, max: 1, value: 0 } },
      "unexpressed-gene",
      /did you mean "temperature"/,
    ],
    [
      "a gene of another type",
      { system: { type: "boolean", value: true } },
      "gene-type",
      /must be of type text, not boolean/,
    ],
    ["a tool gene of another type", { "tool.count": text("x") }, "gene-type", /must be of type tool/],
    [
      "a description of no tool",
      { "tool.cuont": whole["tool.count"] ?? text("") },
      "unknown-tool",
      /did you mean "count"/,
    ],
    [
      "a set with no such tool",
      { tools: { type: "set", universe: ["count", "burn"], value: [] } },
      "unknown-tool",
      /"burn"/,
    ],
    [
      "an unknown kind of reasoning",
      { reasoning: { type: "enum", options: ["deep"], value: "deep" } },
      "unknown-option",
      /"deep"/,
    ],
  ])("%s", (_, genes, code, message) => {
    expect(() => expressed(genes)).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });

  test("a tool where the dataset has none", () => {
    const genes = { "tool.count": whole["tool.count"] ?? text("") };
    expect(() => express(genome(genes), undefined, { model: "x" })).toThrow(
      expect.objectContaining({ code: "unknown-tool", hint: expect.stringContaining("no tools") }),
    );
  });
});

describe("a genome that chooses among labels", () => {
  const labels: Gene = { type: "labels", answers: ["positive", "negative"], value: ["good", "bad"] };
  const form: Gene = { type: "text", value: "Text: {input} ({labels})", placeholders: ["{input}"], max_tokens: 50 };
  const answering = (value: string): Gene => ({
    type: "enum",
    options: ["generate", "likeliest", "calibrated", "balanced"],
    value,
  });
  const genes: Readonly<Record<string, Gene>> = {
    system: text("Is it {labels}?"),
    input_form: form,
    labels,
    answering: answering("calibrated"),
    demos: { type: "demos", max: 2, value: [{ input: "fine", output: "positive" }] },
  };

  test("words labels everywhere, and shows neither form nor way of answering in the prompt", () => {
    expect(expressed(genes)).toMatchObject({
      system: "Is it good or bad?",
      demos: [{ input: "Text: fine (good or bad)", output: "good" }],
      strategy: { kind: "choose", choices: ["good", "bad"], calibrated: true },
      inputForm: "Text: {input} (good or bad)",
      labels: [
        { answer: "positive", wording: "good" },
        { answer: "negative", wording: "bad" },
      ],
    });
    expect(expressed({ ...genes, answering: answering("generate") }).strategy.kind).toBe("react");
  });

  test("takes references for a balanced answer in the form of a task, those whose answer it knows, and shows them nowhere", () => {
    const references: Gene = {
      type: "demos",
      max: 2,
      value: [
        { input: "dull", output: "negative" },
        { input: "odd", output: "of no kind" },
      ],
    };
    const balanced = expressed({ ...genes, references, answering: answering("balanced") });
    expect(balanced.strategy).toEqual({
      kind: "choose",
      choices: ["good", "bad"],
      calibrated: false,
      references: [{ input: "Text: dull (good or bad)", choice: 1 }],
    });
    expect(balanced.system).toBe("Is it good or bad?");
    expect(balanced.demos).toHaveLength(1);
  });

  test("needs the labels, and a form that cannot lose the task", () => {
    const { labels: _, ...without } = genes;
    expect(() => expressed(without)).toThrow(/needs a gene "labels"/);
    expect(() => expressed({ ...genes, input_form: text("Text: {input}") })).toThrow(/placeholders/);
    expect(() => expressed({ ...genes, answering: answering("guess") })).toThrow(/guess/);
  });
});
