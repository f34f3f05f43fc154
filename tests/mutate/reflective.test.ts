import { describe, expect, test } from "vitest";
import { Gene, type Genome } from "../../src/genome/index.ts";
import { standardOperators, type Evidence, type Operator, type Proposal } from "../../src/mutate/index.ts";
import { confusions } from "../../src/mutate/confusion.ts";
import { evidence, everyGene, reply, request, scored, task } from "./make.ts";

function operatorNamed(name: string): Operator {
  const found = standardOperators.find((operator) => operator.name === name);
  if (found === undefined) throw new Error(`no operator ${name}`);
  return found;
}
const parentWith = (id: string, gene: unknown): Genome => ({
  ...everyGene,
  genes: { ...everyGene.genes, [id]: Gene.parse(gene) },
});
const say = (content: object) => reply(JSON.stringify(content));
const edits = (...given: readonly object[]) =>
  say({ diagnosis: "It guesses.", hypothesis: "Looking mends it.", examples: [1, 2], edits: given });

describe("a hypothesis edit", () => {
  const propose = (answer: ReturnType<typeof reply>): Promise<Proposal> =>
    operatorNamed("hypothesis-edit").propose(request("system", answer));

  test("changes one sentence, says why and which tasks it should mend", async () => {
    expect(await propose(edits({ op: "add", at: null, text: "Look first." }))).toEqual({
      kind: "child",
      changes: { system: "You help customers of {shop}. Look first." },
      hypothesis: "It guesses. Looking mends it.",
      flips: ["b"],
    });
  });

  test("is no rewriting, and no bundle of edits", async () => {
    const anew = edits({ op: "set", at: null, text: "All new for {shop}." });
    expect(await propose(anew)).toMatchObject({ kind: "nothing", reason: "wrong-form" });
    const add = { op: "add", at: null, text: "Look." };
    expect(await propose(edits(add, add, add))).toMatchObject({ kind: "nothing", reason: "wrong-form" });
  });
});

test("a rules delta adds, rewrites, merges and removes rules in one child", async () => {
  const parent = parentWith("rules", { type: "rules", value: ["Be brief.", "Be short.", "Be kind.", "Be loud."] });
  const answer = edits(
    { op: "merge", at: "1, 2", text: "Be brief and short." },
    { op: "remove", at: "4", text: null },
    { op: "replace", at: "3", text: "Be kind to all." },
    { op: "add", at: null, text: "Look first." },
  );
  expect(await operatorNamed("rules-delta").propose(request("rules", answer, { parent }))).toMatchObject({
    changes: { rules: ["Be brief and short.", "Be kind to all.", "Look first."] },
  });
});

describe("compressing", () => {
  const long = `${"Be kind to everybody who writes. ".repeat(20)}Help {shop}.`;
  const parent = parentWith("system", { type: "text", value: long, placeholders: ["{shop}"] });
  const propose = (value: unknown, more = {}): Promise<Proposal> =>
    operatorNamed("compress").propose(
      request("system", say({ diagnosis: "d", hypothesis: "h", value }), { parent, ...more }),
    );

  test("takes a shorter text", async () => {
    expect(await propose("Be kind. Help {shop}.")).toMatchObject({ changes: { system: "Be kind. Help {shop}." } });
  });

  test("refuses one that is hardly shorter, and asks nothing about a short one", async () => {
    expect(await propose(long.slice(20))).toMatchObject({ kind: "nothing", reason: "wrong-form" });
    const short = request("system", undefined);
    expect(await operatorNamed("compress").propose(short)).toMatchObject({ reason: "no-alternative" });
  });
});

describe("a restart", () => {
  test("does not see what it throws away, but what the agent is for", async () => {
    let text = "";
    const parent = parentWith("system", { type: "text", value: "An old text that led nowhere." });
    const proposal = await operatorNamed("restart").propose(
      request("system", undefined, {
        parent,
        purpose: "Answers letters.",
        reflect: async ({ messages }) => {
          text = messages.map(({ content }) => content).join("\n");
          return say({ diagnosis: "d", hypothesis: "h", value: "You answer letters." });
        },
      }),
    );
    expect(proposal).toMatchObject({ changes: { system: "You answer letters." } });
    expect(text).toContain("Answers letters.");
    expect(text).not.toContain("old text");
  });

  test("writes whole lists of rules", async () => {
    const answer = say({ diagnosis: "d", hypothesis: "h", value: ["Read it.", " ", "Answer it."] });
    expect(await operatorNamed("restart").propose(request("rules", answer))).toMatchObject({
      changes: { rules: ["Read it.", "Answer it."] },
    });
  });
});

const call = (name: string, result = "{}", ok = true) => ({ kind: "tool" as const, name, arguments: {}, result, ok });
const lost = (id: string, steps: readonly ReturnType<typeof call>[], feedback = ["It is wrong."]): Evidence => {
  const rollout = scored(id, 0);
  return { task: task(id), rollout: { ...rollout, feedback, trace: { ...rollout.trace, steps } } };
};

describe("tools that are mixed up", () => {
  const tools = ["order_lookup", "order_search", "mail"];

  test.each([
    [
      "a call failed and another tool worked",
      lost("a", [call("order_lookup", "no such order", false), call("order_search")]),
    ],
    [
      "a call found nothing and another tool worked",
      lost("a", [call("order_lookup", '{"total": 0}'), call("order_search")]),
    ],
    ["the feedback names a tool that was not called", lost("a", [call("order_lookup")], ["order_search was needed."])],
    ["a call led nowhere and a kindred tool is there", lost("a", [call("order_lookup", "[]")])],
  ])("are seen where %s", (_, shown) => {
    expect(confusions([shown], tools)[0]).toMatchObject({
      called: "order_lookup",
      right: "order_search",
      tasks: ["a"],
    });
  });

  test("are not seen where all went well, or in tools without a description", () => {
    expect(confusions(evidence({ a: 1 }), ["search"])).toEqual([]);
    expect(confusions([lost("a", [call("x", "", false), call("y")])], tools)).toEqual([]);
  });

  const two = {
    ...everyGene,
    genes: {
      ...everyGene.genes,
      "tool.order_lookup": Gene.parse({ type: "tool", value: { summary: "Finds an order." } }),
      "tool.order_search": Gene.parse({ type: "tool", value: { summary: "Finds orders." } }),
    },
  };
  const shown = [lost("a", [call("order_lookup", "", false), call("order_search")])];
  const described = (summary: string) => ({ summary, when: "", when_not: "", examples: [] });

  test("are described anew, both in one child", async () => {
    let text = "";
    const proposal = await operatorNamed("tool-contrast").propose(
      request("", undefined, {
        parent: two,
        evidence: shown,
        reflect: async ({ messages }) => {
          text = messages.map(({ content }) => content).join("\n");
          return say({
            diagnosis: "d",
            hypothesis: "By number or by name.",
            examples: [1],
            first: described("By number."),
            second: described("By name."),
          });
        },
      }),
    );
    expect(text).toContain("order_lookup was called where order_search seems right, in examples 1.");
    expect(proposal).toEqual({
      kind: "child",
      changes: { "tool.order_lookup": described("By number."), "tool.order_search": described("By name.") },
      hypothesis: "order_lookup and order_search are told apart. By number or by name.",
      flips: ["a"],
    });
  });

  test("without a sign of it nothing is asked", async () => {
    expect(await operatorNamed("tool-contrast").propose(request("", undefined, { parent: two }))).toMatchObject({
      reason: "no-alternative",
    });
  });
});
