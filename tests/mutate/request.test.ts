import { expect, test } from "vitest";
import { canonicalJson } from "../../src/base/index.ts";
import type { ChatRequest } from "../../src/providers/index.ts";
import { reflectionPrompts, standardOperators, type ProposeRequest } from "../../src/mutate/index.ts";
import { evidence, everyGene, reply, request, scored, task } from "./make.ts";

async function asked(gene: string, more: Partial<ProposeRequest> = {}): Promise<Omit<ChatRequest, "model">> {
  const requests: Omit<ChatRequest, "model">[] = [];
  const operator = standardOperators.find(({ name }) => name === "reflect");
  await operator?.propose(
    request(gene, undefined, {
      ...more,
      reflect: async (sent) => {
        requests.push(sent);
        return reply("");
      },
    }),
  );
  expect(requests).toHaveLength(1);
  return requests[0] as Omit<ChatRequest, "model">;
}

const textOf = (sent: Omit<ChatRequest, "model">): string => sent.messages.map(({ content }) => content).join("\n");

test("the model sees the gene, its limits, the evidence worst first, the rest of the agent and what failed", async () => {
  const failedAttempts = [{ gene: "system", change: "shout", reason: "the score went down" }];
  const text = textOf(await asked("system", { evidence: evidence({ right: 1, wrong: 0.25 }), failedAttempts }));
  for (const part of [
    "id: system",
    "at most 100 tokens",
    "exactly as written: {shop}",
    "```\nYou help customers of {shop}.\n```",
    "- rules (rules): Be brief. Be kind.",
    "What is wrong?",
    "score 0.25",
    'called search {"text":"wrong"} -> one order',
    "It is wrong.",
    "The answer to wrong is wrong.",
    "- shout (the score went down)",
  ])
    expect(text).toContain(part);
  expect(text.indexOf("What is wrong?")).toBeLessThan(text.indexOf("What is right?"));
});

test("the model sees rules numbered as its edits must count them", async () => {
  expect(textOf(await asked("rules"))).toContain("1. Be brief.\n2. Be kind.");
});

test("nothing of a task but its input is shown", async () => {
  const secret = {
    ...task("a"),
    checks: [{ type: "equals", value: "hidden-answer" }],
    tags: ["hidden-tag"],
    world: "hidden-world",
  };
  const sent = await asked("system", {
    evidence: [{ task: secret as unknown as ReturnType<typeof task>, rollout: scored("a", 0) }],
  });
  expect(canonicalJson(sent)).not.toContain("hidden");
});

test("the schema asks for every member and no others", async () => {
  for (const gene of ["system", "rules", "tool.search"]) {
    const { schema } = (await asked(gene)).responseSchema ?? {};
    expect(schema).toMatchObject({ additionalProperties: false, required: ["diagnosis", "hypothesis", "value"] });
  }
});

test("a failed rollout is not shown, and long traces are cut", async () => {
  const long = scored("a", 0, "x".repeat(100_000));
  const steps = Array.from({ length: 200 }, () => ({ kind: "plan" as const, content: "y".repeat(10_000) }));
  const failed = {
    state: "failed",
    task: "b",
    repeat: 0,
    reason: "down",
    code: "model-timeout",
    usage: long.usage,
  } as const;
  const sent = await asked("system", {
    evidence: [
      { task: task("a", "z".repeat(50_000)), rollout: { ...long, trace: { ...long.trace, steps } } },
      { task: task("b"), rollout: failed },
    ],
  });
  expect(textOf(sent).length).toBeLessThan(15_000);
  expect(textOf(sent)).not.toContain("What is b?");
});

test("a value with fences is shown in a longer fence", async () => {
  const system = { ...everyGene.genes["system"], value: "Use {shop}\n```\ncode\n```" };
  const parent = { ...everyGene, genes: { ...everyGene.genes, system } } as typeof everyGene;
  expect(textOf(await asked("system", { parent }))).toContain("````\nUse {shop}\n```\ncode\n```\n````");
});

test("the prompts have a version", () => expect(reflectionPrompts.version).toMatch(/^reflection\/\d+$/));
