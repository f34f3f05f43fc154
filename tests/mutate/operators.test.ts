import { describe, expect, test } from "vitest";
import { canonicalJson, makeRandom } from "../../src/base/index.ts";
import { Gene, withGene, type Genome } from "../../src/genome/index.ts";
import type { Scored } from "../../src/evaluate/index.ts";
import { standardOperators, type Operator, type ProposeRequest } from "../../src/mutate/index.ts";
import { evidence, everyGene, request, scored, task } from "./make.ts";

function operatorNamed(name: string): Operator {
  const found = standardOperators.find((operator) => operator.name === name);
  if (found === undefined) throw new Error(`no operator ${name}`);
  return found;
}

/** How often each value is proposed, over many draws. */
async function counts(operator: Operator, id: string, more: Partial<ProposeRequest>): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let seed = 0; seed < 400; seed++) {
    const proposal = await operator.propose(request(id, undefined, { ...more, random: makeRandom(seed) }));
    if (proposal.kind !== "child") throw new Error(proposal.detail);
    const key = canonicalJson(proposal.changes[id] ?? null);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

function parentWith(id: string, gene: unknown): Genome {
  return { ...everyGene, genes: { ...everyGene.genes, [id]: Gene.parse(gene) } };
}

describe("stepping", () => {
  const step = operatorNamed("step");

  async function reachable(id: string, gene: unknown): Promise<unknown[]> {
    const parent = { ...everyGene, genes: { ...everyGene.genes, [id]: Gene.parse(gene) } };
    const seen = new Map<string, unknown>();
    for (let seed = 0; seed < 200; seed++) {
      const operator = standardOperators.find((one) => !one.reflects && one.applies(Gene.parse(gene)));
      const proposal = await operator?.propose(request(id, undefined, { parent, random: makeRandom(seed) }));
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

  test("moves on a logarithmic scale by factors, up as often as down", async () => {
    const gene = { type: "number", min: 1, max: 10_000, scale: "log", value: 100 };
    const found = await counts(step, "n", { parent: parentWith("n", gene) });
    const ratios = new Map([...found].map(([value, count]) => [Math.log(Number(value) / 100), count]));
    const sizes = [...ratios.keys()].toSorted((a, b) => a - b);
    expect(sizes).toHaveLength(4);
    for (const [i, size] of sizes.entries()) expect(size).toBeCloseTo(-(sizes.at(-1 - i) ?? 0), 6);
    // Chi-square with three degrees of freedom; 16.3 is passed by chance once in a thousand.
    const chiSquare = [...ratios.values()].reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chiSquare).toBeLessThan(16.3);
  });

  test("stays on the grid of a logarithmic scale, and moves at least one step", async () => {
    const gene = { type: "number", min: 1, max: 64, step: 1, scale: "log", value: 2 };
    expect(new Set(await reachable("n", gene))).toEqual(new Set([1, 3, 7]));
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
    const proposal = await step.propose(request("tone", undefined, { tried: () => true }));
    expect(proposal).toMatchObject({ kind: "nothing", reason: "no-alternative" });
  });

  test("takes what was not tried", async () => {
    const proposal = await step.propose(request("tone", undefined, { tried: ({ tone }) => tone === "formal" }));
    expect(proposal).toMatchObject({ kind: "child", changes: { tone: "warm" } });
  });
});

describe("bootstrapping examples", () => {
  const bootstrap = operatorNamed("bootstrap-demos");

  test("takes only tasks that were solved in full", async () => {
    const proposal = await bootstrap.propose(request("demos"));
    expect(proposal).toMatchObject({
      kind: "child",
      changes: { demos: [{ input: "What is a?", steps: ['Call search with {"text":"a"}.'], output: "It is a." }] },
    });
    const none = await bootstrap.propose(request("demos", undefined, { evidence: evidence({ a: 0.99, b: 0 }) }));
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
      const proposal = await bootstrap.propose(
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

describe("what the evidence speaks for is likelier:", () => {
  const failed = (id: string, more: Partial<Scored["trace"]>, feedback = ["It is wrong."]) => {
    const rollout = scored(id, 0);
    return { task: task(id), rollout: { ...rollout, feedback, trace: { ...rollout.trace, ...more } } };
  };
  const call = (name: string, ok = true) => ({
    kind: "tool" as const,
    name,
    arguments: {},
    result: ok ? "{}" : "bad",
    ok,
  });

  test("more steps where runs ended at the step limit", async () => {
    const strategy = operatorNamed("strategy-switch");
    const longer = canonicalJson({ kind: "react", max_steps: 18 });
    const usual = (await counts(strategy, "plan", {})).get(longer) ?? 0;
    const cut = (await counts(strategy, "plan", { evidence: [failed("a", { stop: "step-limit" })] })).get(longer) ?? 0;
    expect(cut).toBeGreaterThan(2 * usual);
  });

  test("a plan where long tasks failed", async () => {
    const strategy = operatorNamed("strategy-switch");
    const plan = canonicalJson({ kind: "plan", max_steps: 12, replan: "never" });
    const usual = (await counts(strategy, "plan", {})).get(plan) ?? 0;
    const steps = Array.from({ length: 6 }, () => call("search"));
    const long = (await counts(strategy, "plan", { evidence: [failed("a", { steps })] })).get(plan) ?? 0;
    expect(long).toBeGreaterThan(1.2 * usual);
  });

  test("a tool that was missed is added, and one that only failed goes, before one that worked", async () => {
    const universe = ["search", "refund", "lookup", "mail"];
    const parent = parentWith("tools", { type: "set", universe, value: ["search", "refund"] });
    const steps = [call("search"), call("search"), call("refund", false), call("refund", false)];
    const shown = [failed("a", { steps }, ["lookup was needed here."])];
    const found = await counts(operatorNamed("set-step"), "tools", { parent, evidence: shown });
    const of = (...members: string[]) => found.get(canonicalJson(members)) ?? 0;
    expect(of("search", "refund", "lookup")).toBeGreaterThan(2 * of("search", "refund", "mail"));
    expect(of("search")).toBeGreaterThan(2 * of("refund"));
  });

  test("a hard task as an example: of a kind that often fails, solved in several steps", async () => {
    const solved = (id: string, tag: string, calls: number) => {
      const rollout = scored(id, 1);
      const steps = Array.from({ length: calls }, () => call("search"));
      return { task: { ...task(id), tags: [tag] }, rollout: { ...rollout, trace: { ...rollout.trace, steps } } };
    };
    const lost = { ...failed("c", {}), task: { ...task("c"), tags: ["hard"] } };
    const shown = [solved("easy", "easy", 0), solved("hard", "hard", 4), lost];
    const found = await counts(operatorNamed("bootstrap-demos"), "demos", { evidence: shown });
    const [hard = 0, easy = 0] = ["What is hard?", "What is easy?"].map((input) =>
      [...found].reduce((sum, [value, count]) => sum + (value.includes(input) ? count : 0), 0),
    );
    expect(hard).toBeGreaterThan(3 * easy);
  });

  test("a rule that has to do with nothing goes before one that the feedback speaks of", async () => {
    const parent = parentWith("rules", {
      type: "rules",
      value: ["Check every refund twice.", "Parcels smell of lavender."],
    });
    const shown = [failed("a", {}, ["The refund was not checked."])];
    const found = await counts(operatorNamed("prune"), "rules", { parent, evidence: shown });
    const [kept = 0, lost = 0] = ["Check every refund twice.", "Parcels smell of lavender."].map(
      (rule) => found.get(canonicalJson([rule])) ?? 0,
    );
    expect(kept).toBeGreaterThan(3 * lost);
  });
});

describe("pruning", () => {
  const prune = operatorNamed("prune");

  test("leaves a text its last sentence and its placeholders", async () => {
    const parent = parentWith("system", { type: "text", value: "Help {shop}. Be kind.", placeholders: ["{shop}"] });
    expect([...(await counts(prune, "system", { parent })).keys()]).toEqual([canonicalJson("Help {shop}.")]);
    const one = parentWith("system", { type: "text", value: "Be kind." });
    expect(await prune.propose(request("system", undefined, { parent: one }))).toMatchObject({
      reason: "no-alternative",
    });
  });
});
