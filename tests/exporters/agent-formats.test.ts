import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { parseJson } from "../../src/base/index.ts";
import { Check, scoreOutcome, type Task } from "../../src/dataset/index.ts";
import { agentFormats, type AgentExport } from "../../src/exporters/index.ts";
import { literal } from "../../src/exporters/template.ts";
import { promptfooAssertion } from "../../src/exporters/promptfoo-assertion.ts";
import { nothingHappened } from "../dataset/support.ts";

const tool = { name: "look", description: "Looks {{up}}.", parameters: { type: "object", properties: {} } };

function task(id: string, checks: readonly unknown[], change: Partial<Task> = {}): Task {
  const input = `Question ${id} {{ 1 + 1 }}`;
  return { id, input, checks: checks.map((check) => Check.parse(check)), tags: ["t"], split: "train", ...change };
}

function agent(
  change: Partial<AgentExport> & {
    readonly tools?: AgentExport["prompt"] extends (i: string) => { tools: infer T } ? T : never;
  } = {},
): AgentExport {
  const { tools = [], ...rest } = change;
  return {
    name: "helper 1a2b3c4d5e",
    command: "npx allele agent run --dataset desk --profile helper --",
    prompt: (input) => ({
      prompt: [
        { role: "system", content: "Be kind. {{x}} {% raw %} {# c #}" },
        { role: "user", content: input },
      ],
      tools,
    }),
    system: "Be kind. {{x}} {% raw %} {# c #}",
    demos: [{ input: "hi", output: "hello" }],
    model: {
      name: "small",
      url: "http://127.0.0.1:1/v1",
      keyVariable: "SMALL_KEY",
      temperature: 0.5,
      maxOutputTokens: 300,
    },
    dataset: "desk",
    licence: "CC0-1.0",
    source: "made for a test",
    tasks: [
      task("a", [{ type: "contains", value: "{{Friday}}" }]),
      task("b", [
        { type: "equals", value: ["yes", "Yes sir"] },
        { type: "judge", rubric: "Kind.", weight: 2 },
      ]),
      task("c", [{ type: "sql", query: "select 1", rows: [] }]),
    ],
    ...rest,
  };
}

/** The parts of promptfoo's configuration that are used here, as its reference documents them. */
const Assertion = z.strictObject({
  type: z.string(),
  value: z.union([z.string(), z.array(z.string()), z.record(z.string(), z.json())]),
  weight: z.number().optional(),
});
const PromptfooConfig = z.strictObject({
  description: z.string(),
  prompts: z.array(z.strictObject({ id: z.string(), label: z.string(), raw: z.string() })).length(1),
  providers: z
    .array(
      z.strictObject({
        id: z.string(),
        label: z.string().optional(),
        config: z.record(z.string(), z.json()).optional(),
      }),
    )
    .length(1),
  tests: z.array(
    z.strictObject({
      description: z.string(),
      vars: z.strictObject({ input: z.string() }),
      assert: z.array(Assertion).min(1),
      metadata: z.record(z.string(), z.json()),
    }),
  ),
});

/** What Nunjucks makes of text that holds no variable but \`input\`: literal braces become themselves. */
function rendered(text: string, input = ""): string {
  return text.replaceAll(/\{\{ (?:"([{}])"|input) \}\}|\{\{input\}\}/g, (_, brace?: string) => brace ?? input);
}

describe("promptfoo", () => {
  test("has the prompt word for word, the model, and a test for each task whose checks can all be carried", () => {
    const { files, notes } = agentFormats.promptfoo(agent());
    const config = PromptfooConfig.parse(parse(files["promptfooconfig.yaml"] ?? ""));
    const raw = parseJson(config.prompts[0]?.raw ?? "") as readonly {
      readonly role: string;
      readonly content: string;
    }[];
    expect(raw.map(({ content }) => rendered(content, "Q"))).toEqual(["Be kind. {{x}} {% raw %} {# c #}", "Q"]);
    expect(config.providers[0]).toEqual({
      id: "openai:chat:small",
      config: { apiBaseUrl: "http://127.0.0.1:1/v1", apiKeyEnvar: "SMALL_KEY", temperature: 0.5, max_tokens: 300 },
    });
    expect(config.tests.map(({ description }) => description)).toEqual(["a", "b"]);
    expect(rendered(config.tests[0]?.vars.input ?? "")).toBe("Question a {{ 1 + 1 }}");
    expect(config.tests[0]?.assert).toEqual([{ type: "icontains", value: '{{ "{" }}{Friday}}' }]);
    expect(config.tests[1]?.assert[1]).toEqual({ type: "llm-rubric", value: "Kind.", weight: 2 });
    expect(notes[0]).toBe("1 tasks left out: checks of type sql (1)");
    expect(config.description).toContain("CC0-1.0");
  });

  test("runs an agent with tools through the agent itself, without tasks that have a world of their own", () => {
    const tasks = [
      task("a", [{ type: "contains", value: "x" }]),
      task("b", [{ type: "contains", value: "x" }], { world: { orders: 3 } }),
    ];
    const { files, notes } = agentFormats.promptfoo(agent({ tools: [tool], tasks }));
    const config = PromptfooConfig.parse(parse(files["promptfooconfig.yaml"] ?? ""));
    expect(config.providers[0]?.id).toBe("exec: npx allele agent run --dataset desk --profile helper --");
    expect(config.prompts[0]?.raw).toBe("{{input}}");
    expect(config.tests.map(({ description }) => description)).toEqual(["a"]);
    expect(notes.join("\n")).toContain("promptfoo runs no tools");
  });

  test("its assertions written as code say of any answer what the check says", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", " ", "\n", '"', "{", "}", "#", "%", ".", "*", "é", "ﬁ") });
    const checks = fc.oneof(
      fc.record({ type: fc.constant("equals"), value: fc.array(text, { minLength: 1 }), exact: fc.boolean() }),
      fc.record({
        type: fc.constant("regex"),
        pattern: fc.constantFrom("a+b", "^a{2}", "é|#", "B."),
        flags: fc.constantFrom("", "i", "s"),
      }),
    );
    fc.assert(
      fc.property(checks, text, (written, answer) => {
        const check = Check.parse(written);
        const { score } = scoreOutcome([check], { ...nothingHappened, answer });
        const body = promptfooAssertion(check)?.value as string;
        expect(rendered(body)).toBe(body);
        // oxlint-disable-next-line no-implied-eval, no-new-func -- promptfoo runs the text in the same way
        const says = new Function("output", body) as (output: string) => boolean;
        expect(says(answer)).toBe(score === 1);
      }),
    );
  });

  test("no text is taken for a template", () => {
    const text = fc.string({ unit: fc.constantFrom("{", "}", "%", "#", "x", " ") });
    fc.assert(
      fc.property(text, (original) => {
        expect(rendered(literal(original))).toBe(original);
        expect(literal(original).replaceAll(/\{\{ "[{}]" \}\}/g, "_")).not.toMatch(/\{[{%#]|#\}/);
      }),
    );
  });
});

test("OpenAI evals has a line for each task with one right text, and a registry entry that names the file", () => {
  const tasks = [
    task("a", [{ type: "contains_any", values: ["x", "y"] }]),
    task("b", [{ type: "equals", value: "z" }]),
    task("c", [
      { type: "equals", value: "z" },
      { type: "contains", value: "z" },
    ]),
  ];
  const { files, notes } = agentFormats["openai-evals"](agent({ tasks }));
  const Sample = z.strictObject({
    input: z.array(z.strictObject({ role: z.enum(["system", "user", "assistant"]), content: z.string() })).min(1),
    ideal: z.array(z.string()).min(1),
    metadata: z.strictObject({ task: z.string() }),
  });
  const lines = (files["samples.jsonl"] ?? "").trimEnd().split("\n");
  const samples = lines.map((line) => Sample.parse(parseJson(line)));
  expect(samples.map(({ ideal }) => ideal)).toEqual([["x", "y"], ["z"]]);
  expect(samples[0]?.input).toEqual([
    { role: "system", content: "Be kind. {{x}} {% raw %} {# c #}" },
    { role: "user", content: "Question a {{ 1 + 1 }}" },
  ]);
  const registry = parse(files["desk.yaml"] ?? "") as Record<string, { id?: string; class?: string; args?: unknown }>;
  const entry = registry[registry["desk"]?.id ?? ""];
  expect(entry).toEqual({
    class: "evals.elsuite.basic.includes:Includes",
    args: { samples_jsonl: "desk/samples.jsonl" },
  });
  expect(notes[0]).toBe("1 tasks left out: several checks (1)");
});

test("ax gets the instruction, the descriptions of tools and the demonstrations under the keys of its components", () => {
  const { files } = agentFormats.ax(agent({ tools: [tool] }));
  expect(parseJson(files["optimized-program.json"] ?? "")).toMatchObject({
    componentMap: { "root::instruction": "Be kind. {{x}} {% raw %} {# c #}", "root::fn:look:desc": "Looks {{up}}." },
    demos: [{ programId: "root", traces: [{ userQuery: "hi", agentAnswer: "hello" }] }],
  });
});
