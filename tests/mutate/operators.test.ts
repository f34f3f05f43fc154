import { describe, expect, test } from "vitest";
import { canonicalJson, makeRandom } from "../../src/base/index.ts";
import { Gene, withGene } from "../../src/genome/index.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import { evidence, everyGene, request } from "./make.ts";

describe("stepping", () => {
  const step = standardOperators.find(({ name }) => name === "step");

  async function reachable(id: string, gene: unknown): Promise<unknown[]> {
    const parent = { ...everyGene, genes: { ...everyGene.genes, [id]: Gene.parse(gene) } };
    const seen = new Map<string, unknown>();
    for (let seed = 0; seed < 200; seed++) {
      const proposal = await step?.propose(request(id, undefined, { parent, random: makeRandom(seed) }));
      if (proposal?.kind !== "child") continue;
      for (const value of Object.values(proposal.changes)) seen.set(canonicalJson(value), value);
    }
    return [...seen.values()];
  }

  test("moves a number along its grid and never out of its range", async () => {
    const gene = { type: "number", min: 0, max: 1, step: 0.1, value: 0.1 };
    expect(new Set(await reachable("temperature", gene))).toEqual(new Set([0, 0.2, 0.4]));
  });

  test("gives a number without a step a tenth of its range", async () => {
    expect(await reachable("n", { type: "number", min: 0, max: 50, value: 50 })).toEqual(
      expect.arrayContaining([45, 35]),
    );
  });

  test("switches the kind of a strategy and its number of steps", async () => {
    const found = await reachable("plan", {
      type: "strategy",
      value: { kind: "plan", max_steps: 12, replan: "never" },
    });
    expect(found).toHaveLength(5);
    expect(found).toEqual(
      expect.arrayContaining([
        { kind: "direct" },
        { kind: "react", max_steps: 12 },
        { kind: "plan", max_steps: 8, replan: "never" },
        { kind: "plan", max_steps: 18, replan: "never" },
        { kind: "plan", max_steps: 12, replan: "on-failure" },
      ]),
    );
  });

  test("adds and takes away members of a set, never the last", async () => {
    const gene = { type: "set", universe: ["search", "refund"], value: ["search"] };
    expect(await reachable("tools", gene)).toEqual([["search", "refund"]]);
  });

  test("says so when everything near was tried", async () => {
    const proposal = await step?.propose(request("tone", undefined, { tried: () => true }));
    expect(proposal).toMatchObject({ kind: "nothing", reason: "no-alternative" });
  });

  test("takes what was not tried", async () => {
    const proposal = await step?.propose(request("tone", undefined, { tried: ({ tone }) => tone === "formal" }));
    expect(proposal).toMatchObject({ kind: "child", changes: { tone: "warm" } });
  });
});

describe("bootstrapping examples", () => {
  const bootstrap = standardOperators.find(({ name }) => name === "bootstrap-demos");

  test("takes only tasks that were solved in full", async () => {
    const proposal = await bootstrap?.propose(request("demos"));
    expect(proposal).toMatchObject({
      kind: "child",
      changes: { demos: [{ input: "What is a?", steps: ['Call search with {"text":"a"}.'], output: "It is a." }] },
    });
    const none = await bootstrap?.propose(request("demos", undefined, { evidence: evidence({ a: 0.99, b: 0 }) }));
    expect(none).toMatchObject({ kind: "nothing", reason: "no-alternative" });
  });

  test("exchanges or removes one when there is no room, and never holds one twice", async () => {
    const [first, second] = [
      { input: "What is a?", output: "It is a." },
      { input: "What is z?", output: "It is z." },
    ];
    const parent = withGene(everyGene, "demos", [first, second]);
    const lengths = new Set<number>();
    for (let seed = 0; seed < 100; seed++) {
      const random = makeRandom(seed);
      const proposal = await bootstrap?.propose(
        request("demos", undefined, { parent, random, evidence: evidence({ a: 1, c: 1 }) }),
      );
      const value = proposal?.kind === "child" ? proposal.changes["demos"] : undefined;
      if (!Array.isArray(value)) throw new Error("no child");
      const inputs = value.map((demo) => (typeof demo === "string" ? demo : demo.input));
      expect(new Set(inputs).size).toBe(inputs.length);
      lengths.add(inputs.length);
    }
    expect(lengths).toEqual(new Set([1, 2]));
  });
});
