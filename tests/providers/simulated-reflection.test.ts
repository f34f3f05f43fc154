import { describe, expect, test } from "vitest";
import { z } from "zod";
import { makeRandom, parseJson, type Json } from "../../src/base/index.ts";
import type { Gene, Genome } from "../../src/genome/index.ts";
import { standardOperators, type Evidence, type Proposal } from "../../src/mutate/index.ts";
import { makeSimulatedProvider, type ChatRequest } from "../../src/providers/index.ts";
import { diagnose } from "../../src/providers/simulated/reflection/diagnosis.ts";
import { taught } from "../../src/providers/simulated/reflection/edit.ts";
import { readReflectionRequest } from "../../src/providers/simulated/reflection/request.ts";
import { toolWordings } from "../../src/providers/simulated/reflection/tool-wordings.ts";
import { composeAdvice, composeHarm, composePlatitude } from "../../src/providers/simulated/reflection/wording.ts";
import { understand, understandForTool } from "../../src/providers/simulated/reading/match.ts";
import { sentencesOf } from "../../src/providers/simulated/reading/split.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";

const model = makeSimulatedProvider({ seed: 1 });

function evidence(score: number, feedback: readonly string[], input = "Please refund order O-10423."): Evidence {
  const usage = { modelCalls: 2, inputTokens: 10, outputTokens: 10, usd: 0, milliseconds: 1 };
  const step = {
    kind: "tool",
    name: "refund_issue",
    arguments: { order_id: "O-10423" },
    result: "{}",
    ok: true,
  } as const;
  return {
    task: { id: "t", input, checks: [], tags: [], split: "train" } as unknown as Evidence["task"],
    rollout: {
      state: "scored",
      task: "t",
      repeat: 0,
      score,
      objectives: {},
      feedback,
      usage,
      trace: { steps: [step], answer: "Done.", stop: "answered", usage },
    },
  };
}

const unchecked = evidence(0.2, ["Money was given back before anybody knew whether the sender is the customer."]);

const genes: Genome["genes"] = {
  system: { type: "text", value: "You are a helpful assistant of a small web shop.", max_tokens: 500 },
  rules: { type: "rules", value: ["Be friendly to everybody."], max_items: 20 },
  "tool.identity_verify": {
    type: "tool",
    value: { summary: "Check a customer.", when: "", when_not: "", examples: [] },
  },
};
const parent = { name: "p", genes, parents: [] } as unknown as Genome;

/** What the reflective operator makes of the model's reply. */
async function propose(gene: string, seed: number, shown: readonly Evidence[] = [unchecked]): Promise<Proposal> {
  const reflect = standardOperators.find(({ name }) => name === "reflect");
  if (reflect === undefined) throw new Error("no reflective operator");
  return reflect.propose({
    parent,
    gene,
    evidence: shown,
    failedAttempts: [],
    random: makeRandom(seed),
    reflect: (request) => model.complete({ ...request, model: "simulated", seed }),
  });
}

function textOf(value: Gene["value"]): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 1).replaceAll('"', "").replaceAll(/,$/gm, "");
}

const gepa = (current: string, feedback: string): string =>
  `I provided an assistant with the following instructions to perform a task for me:
\`\`\`
${current}
\`\`\`

The following are examples of different task inputs provided to the assistant along with the assistant's response for each of them, and some feedback on how the assistant's response could be better:
\`\`\`
# Example 1
## Inputs
Please refund order O-10423.

## Generated Outputs
The refund is on its way.

## Feedback
${feedback}
\`\`\`

Your task is to write a new instruction for the assistant.

Read all the assistant responses and the corresponding feedback. Provide the new instructions within \`\`\` blocks.`;

describe("the simulated model as a reflection model", () => {
  test.each(["system", "rules", "tool.identity_verify"])("its replies for %s have the form asked for", async (gene) => {
    for (let seed = 0; seed < 40; seed++) {
      const proposal = await propose(gene, seed);
      expect([seed, proposal.kind]).toEqual([seed, "child"]);
    }
  });

  test("mends what the feedback speaks of in about as many replies as its parameters say, and spoils some", async () => {
    let right = 0;
    let changed = 0;
    for (let seed = 0; seed < 200; seed++) {
      const proposal = await propose("rules", seed);
      if (proposal.kind !== "child") continue;
      changed++;
      if (taught(textOf(proposal.changes["rules"] ?? ""), "skips-identity-check") > 0.15) right++;
    }
    expect(changed).toBe(200);
    expect(right / changed).toBeGreaterThan(0.45);
    expect(right / changed).toBeLessThan(0.75);
  });

  test("says it in many ways", async () => {
    const texts = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const proposal = await propose("rules", seed);
      if (proposal.kind === "child") texts.add(textOf(proposal.changes["rules"] ?? ""));
    }
    expect(texts.size).toBeGreaterThan(25);
  });

  test("replies the same to the same request and seed", async () => {
    expect(await propose("system", 5)).toEqual(await propose("system", 5));
  });

  test("serves the default prompt of GEPA too, in a fence", async () => {
    const current = "You are a helpful assistant of a small web shop.";
    const said = gepa(current, "refund_issue was called although no identity check had been made.");
    let mended = 0;
    for (let seed = 0; seed < 40; seed++) {
      const { content } = await model.complete({ model: "m", messages: [{ role: "user", content: said }], seed });
      const block = /^```\n([\s\S]+)\n```$/.exec(content)?.[1];
      expect(block).toBeDefined();
      if (taught(block ?? "", "skips-identity-check") > 0.15) mended++;
    }
    expect(mended).toBeGreaterThan(10);
    expect(mended).toBeLessThan(38);
  });

  test.each<readonly [string, z.ZodType, string]>([
    ["demos", z.array(z.strictObject({ input: z.string(), output: z.string() })), "[]"],
    ["enum", z.enum(["none", "brief", "full"]), "none"],
    ["number", z.number().min(0).max(1), "0"],
    ["boolean", z.boolean(), "false"],
    ["set", z.array(z.string()), '["a", "b", "c"]'],
    [
      "strategy",
      z.strictObject({ kind: z.enum(["react", "plan"]), max_steps: z.int(), replan: z.string().optional() }),
      '{"kind": "react", "max_steps": 12}',
    ],
  ])("a value of kind %s has the form of its schema", async (kind, schema, current) => {
    const reply = z.strictObject({ diagnosis: z.string(), hypothesis: z.string(), value: schema });
    const request: ChatRequest = {
      model: "m",
      messages: [
        { role: "system", content: "You improve one part of an AI agent, called a gene." },
        {
          role: "user",
          content: `# Gene\nid: g\ntype: ${kind}\n\n# Current value\n\`\`\`\n${current}\n\`\`\`\n\n# What the agent did\n## Example 1: score 0.30\n### Task\nHow many orders are there?\n### Answer\nAnswer: 5\n### Feedback\n- The number is exactly what fits on one page of the list.\n\n# Reply\nReply with one JSON object.`,
        },
      ],
      responseSchema: { name: "reply", schema: z.toJSONSchema(reply) as Json },
      seed: 3,
    };
    const { content } = await model.complete(request);
    expect(reply.safeParse(parseJson(content)).success).toBe(true);
  });

  test("an ordinary request is not taken for one to reflect", () => {
    const messages = [
      { role: "system" as const, content: "You follow the instructions below." },
      { role: "user" as const, content: "Please improve this sentence and give me feedback: the parcel are late." },
    ];
    expect(readReflectionRequest({ model: "m", messages })).toBeUndefined();
  });
});

describe("what it takes from the evidence", () => {
  const suspects = (feedback: string): readonly string[] => {
    const found = diagnose([{ score: 0.2, task: "", behaviour: "", feedback: [feedback] }]);
    return [...found].toSorted(([, a], [, b]) => b - a).map(([habit]) => habit);
  };

  test.each([
    [
      "The total was off by a factor that matches today's exchange rate rather than the one of the order date.",
      "wrong-rate-date",
    ],
    ["Amounts in different currencies were added or passed on as if they were the same money.", "skips-conversion"],
    [
      "The number is exactly what fits on one page of the list; the customer has more orders than that.",
      "ignores-further-pages",
    ],
    ['No line of the reply starts with "Answer:", so the result had to be searched for.', "rambling-answer"],
    ["Without knowing which order is meant nobody can answer this; the reply does not ask.", "guesses-when-ambiguous"],
    ["Tools were used for a message that needed none.", "needless-tools"],
    ["The amount was not asked for with refund_quote before it was paid out.", "skips-quote"],
    [
      "A case of this size needs a supervisor: either money went out, or nobody left word for the supervisor.",
      "ignores-limit",
    ],
  ])("%s", (feedback, habit) => {
    expect(suspects(feedback)[0]).toBe(habit);
  });

  test("a page that was never fetched is seen in the steps", () => {
    const behaviour = 'called order_search {"customer_id":"C-2041"} -> {"page": 1, "pages": 3, "total": 12}';
    const found = diagnose([{ score: 0.4, task: "How many?", behaviour, feedback: ["The answer is wrong."] }]);
    expect(found.get("ignores-further-pages")).toBeGreaterThan(0);
  });

  test("nothing is suspected where everything went well", () => {
    expect(diagnose([{ score: 1, task: "", behaviour: "", feedback: ["Everything was right."] }]).size).toBe(0);
  });
});

describe("the sentences it writes", () => {
  test.each(habitNames)("advice on %s is understood as such by the one who reads it", (habit) => {
    const strengths = Array.from({ length: 40 }, (_, i) =>
      taught(composeAdvice(habit, makeRandom(`${habit} ${i}`)), habit),
    );
    expect(strengths.reduce((sum, strength) => sum + strength, 0) / strengths.length).toBeGreaterThan(0.5);
    expect(Math.min(...strengths)).toBeGreaterThan(0.05);
  });

  test("platitudes teach nothing and harm does harm", () => {
    for (let i = 0; i < 40; i++) {
      const platitude = sentencesOf(composePlatitude(makeRandom(i))).flatMap((piece) => understand(piece.text).general);
      expect(platitude).toEqual([]);
      expect(understand(composeHarm(makeRandom(i))).general.some(({ strength }) => strength < -0.2)).toBe(true);
    }
  });

  test("what it says of a tool is understood as such", () => {
    const names = [
      "order_lookup",
      "order_search",
      "customer_lookup",
      "customer_search",
      "refund_quote",
      "refund_issue",
    ];
    const more = [
      "shipment_track",
      "exchange_rate",
      "calculate",
      "days_between",
      "policy_search",
      "note_search",
      "identity_verify",
    ];
    for (const { habit, tool, texts } of toolWordings)
      for (const name of [...names, ...more].filter((one) => tool.test(one)))
        for (const text of texts) {
          const own = understandForTool(name, text, false).filter((lesson) => lesson.habit === habit);
          expect([name, text, own.some(({ strength }) => strength > 0.3)]).toEqual([name, text, true]);
        }
  });
});
