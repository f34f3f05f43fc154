import { describe, expect, test } from "vitest";
import { canonicalJson, manualClock } from "../../src/base/index.ts";
import { Check, type Dataset } from "../../src/dataset/index.ts";
import { evolve, readRun, type JournalEvent, type RunResult } from "../../src/evolve/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import type { Operator } from "../../src/mutate/index.ts";
import { paretoFront } from "../../src/select/index.ts";
import { openStore } from "../../src/store/index.ts";
import {
  dataset,
  journalOf,
  placebo,
  runScripted,
  scriptedEvaluator,
  scriptedInputs,
  type ScriptedEvaluator,
  type ScriptedEvaluatorOptions,
} from "./scripted.ts";

const goals = [{ name: "quality" }, { name: "tokens", tolerance: 5 }];
/** Every child is judged by itself. */
const options = {
  budget: { rollouts: 500 },
  seed: 3,
  race: 5,
  check: 0,
  sampler: "failing-first" as const,
  screen: 12,
  look: 0,
  final: 0.08,
  proposal: "portfolio" as const,
};

/** What is told is paid for: a rollout takes as many tokens as the genome has characters. */
const wordy = (more: ScriptedEvaluatorOptions = {}): ScriptedEvaluator =>
  scriptedEvaluator({ tokens: (_, genome) => 50 + lengthIn(genome), ...more });

function lengthIn({ genes }: Genome): number {
  return canonicalJson([genes["system"]?.value, genes["rules"]?.value]).length;
}

const events = (journal: readonly unknown[]): readonly JournalEvent[] => journal as JournalEvent[];

describe.each(["task", "objective", "hybrid", "cartesian"] as const)(
  "a run whose candidates compete by %s",
  (frontier) => {
    const settings = { ...options, frontier, objectives: goals, lanes: 2, parent: "frontier" as const };

    test("keeps the tokens of every validated rollout in its journal, and tells who is on the front", async () => {
      const { journal, result } = await runScripted({ options: settings, evaluator: wordy() });
      expect(events(journal)[0]).toMatchObject({ type: "run-started", goals: { frontier, objectives: goals } });
      for (const event of events(journal)) {
        if (event.type !== "rollouts-scored") continue;
        if (event.purpose === "test") expect(event.objectives).toBeUndefined();
        else expect(event.objectives?.["tokens"]).toHaveLength(event.tasks.length);
      }
      const vectors = result.candidates.map(({ objectives }) => [
        objectives["quality"] ?? 0,
        objectives["tokens"] ?? 0,
      ]);
      const front = paretoFront(vectors, [
        { name: "quality", better: "higher" },
        { name: "tokens", better: "lower", tolerance: 5 },
      ]);
      expect(result.candidates.filter(({ onFront }) => onFront).map(({ index }) => index)).toEqual(front);
    });

    test("goes on after a cut as if there had been none", async () => {
      const whole = await runScripted({ options: settings, evaluator: wordy() });
      const store = openStore(":memory:");
      const evaluator = wordy({ before: cutOnce(150) });
      await expect(runScripted({ options: settings, evaluator, store })).rejects.toThrow("cut");
      await runScripted({ options: settings, evaluator, store });
      expect(journalOf(store)).toEqual(whole.journal);
    });
  },
);

/** Fails once, at the so many eth rollout. */
function cutOnce(at: number): () => void {
  let count = 0;
  return () => {
    if (++count === at) throw new Error("cut");
  };
}

test("a candidate that is best on no task but cheap breeds by objective, and not by task", async () => {
  const chosen = async (frontier: "task" | "objective"): Promise<{ parents: Set<number>; result: RunResult }> => {
    const { journal, result } = await runScripted({
      options: { ...options, budget: { rollouts: 1000 }, frontier, objectives: goals, parent: "frontier" },
      evaluator: wordy(),
    });
    const parents = events(journal).flatMap((event) => (event.type === "parent-chosen" ? [event.parent] : []));
    return { parents: new Set(parents.slice(-10)), result };
  };
  // The seed is the shortest of all, and soon beaten on every task.
  expect((await chosen("objective")).parents.has(0)).toBe(true);
  expect((await chosen("task")).parents.has(0)).toBe(false);
});

describe("a limit", () => {
  const meansOf = (result: RunResult): readonly number[] =>
    result.candidates.map((one) => one.objectives["tokens"] ?? 0);
  const limited = (limit?: number) =>
    runScripted({
      options: {
        ...options,
        objectives: [{ name: "quality" }, { name: "tokens", ...(limit !== undefined && { limit }) }],
      },
      evaluator: wordy(),
    });

  test("keeps out of the pool who is beyond it, and says by how much", async () => {
    const { journal, result } = await limited(120);
    expect(result.candidates.length).toBeGreaterThan(1);
    expect(Math.max(...meansOf(result))).toBeLessThanOrEqual(120);
    const refused = events(journal).filter((event) => event.type === "child-refused" && event.reason === "over-limit");
    expect(refused.length).toBeGreaterThan(0);
    expect(JSON.stringify(refused[0])).toMatch(/tokens is \d+(\.\d+)? on average, at most 120 is asked for/);
  });

  test("is kept by what the run ends with where children are judged together, as changes of a head", async () => {
    const ends = async (limit?: number): Promise<number> => {
      const objectives = [{ name: "quality" }, { name: "tokens", ...(limit !== undefined && { limit }) }];
      const together = { ...options, check: 4, explore: 0, objectives };
      const { result } = await runScripted({ options: together, evaluator: wordy() });
      const finalist = result.candidates.find(({ genome }) => genome === result.outcome?.finalist);
      return finalist?.objectives["tokens"] ?? 0;
    };
    expect(await ends()).toBeGreaterThan(150);
    expect(await ends(150)).toBeLessThanOrEqual(150);
  });

  test("is what does it: without it there are longer ones", async () => {
    expect(Math.max(...meansOf((await limited()).result))).toBeGreaterThan(120);
  });

  test("that the seed breaks lets in whom it brings nearer, and nobody who is further off", async () => {
    const { result } = await limited(40);
    const means = meansOf(result);
    for (const { index, parents } of result.candidates.slice(1))
      expect(means[index]).toBeLessThanOrEqual(means[parents[0] ?? 0] ?? 0);
  });
});

describe("compliance", () => {
  const check = Check.parse({ type: "contains", value: "x", group: "policy" });
  const withPolicy = (): Dataset => {
    const plain = dataset();
    return { ...plain, tasks: plain.tasks.map((task) => ({ ...task, checks: [check] })) };
  };
  const objectives = [{ name: "quality" }, { name: "compliance", limit: 0.5 }];
  const obedient = (): ScriptedEvaluator => {
    const inner = scriptedEvaluator();
    return {
      ...inner,
      evaluate: async (genome, tasks, settings) => {
        const rollouts = await inner.evaluate(genome, tasks, settings);
        const policy = genome.genes["verify"]?.value === true ? 0 : 1;
        return rollouts.map((rollout) =>
          rollout.state === "scored" ? { ...rollout, objectives: { policy } } : rollout,
        );
      },
    };
  };

  test("is the score of the policy checks, and a limit on it is kept however good the score", async () => {
    const inputs = { dataset: withPolicy() };
    const run = (limits: typeof objectives | undefined) =>
      runScripted({ options: { ...options, objectives: limits }, inputs, evaluator: obedient() });
    const free = await run([{ name: "quality" }, { name: "compliance", limit: 0 }]);
    expect(free.result.candidates.some((one) => one.objectives["compliance"] === 0)).toBe(true);
    const held = await run(objectives);
    expect(held.result.candidates.every((one) => one.objectives["compliance"] === 1)).toBe(true);
    expect(held.result.candidates.length).toBeGreaterThan(1);
  });

  test("that no task is checked for is refused before anything is paid for", async () => {
    const evaluator = scriptedEvaluator();
    await expect(runScripted({ options: { ...options, objectives }, evaluator })).rejects.toMatchObject({
      code: "unknown-objective",
    });
    expect(evaluator.paid.size).toBe(0);
  });
});

describe("the band", () => {
  /** Leaves the last sentence out. */
  const shorten: Operator = {
    name: "shorten",
    scope: "gene",
    reflects: false,
    applies: (gene) => gene.type === "text",
    propose: async ({ parent, gene }) => {
      const before = parent.genes[gene]?.value;
      const value = typeof before === "string" ? before.split(". ").slice(0, -1).join(". ") : "";
      return value === ""
        ? { kind: "nothing", reason: "no-alternative", detail: "nothing to leave out" }
        : { kind: "child", changes: { [gene]: value }, hypothesis: "shorter", flips: [] };
    },
  };
  const run = (band: number, strength = placebo) => {
    const inputs = scriptedInputs();
    const { system } = inputs.seedGenome.genes;
    const value = Array.from({ length: 8 }, (_, index) => `Mind skill-${index}`).join(". ");
    const seedGenome = { ...inputs.seedGenome, genes: { system: { ...system, value } } } as Genome;
    return runScripted({
      options: { ...options, budget: { rollouts: 500 }, band, minibatch: 8, lanes: 1 },
      inputs: { seedGenome, operators: [shorten] },
      evaluator: wordy({ strength }),
    });
  };

  test("lets a child in that is no better but shorter and cheaper; without it none is", async () => {
    const [without, within] = [await run(0), await run(0.02)];
    expect(without.result.candidates).toHaveLength(1);
    expect(within.result.candidates.length).toBeGreaterThan(3);
    const tokens = within.result.candidates.map(({ objectives }) => objectives["tokens"] ?? 0);
    expect(tokens.at(-1)).toBeLessThan((tokens[0] ?? 0) - 20);
  });

  test("lets nobody in who loses more than it, however short", async () => {
    // Each sentence left out costs six tasks in a hundred or more.
    const needed = (genome: Genome): number => (lengthIn(genome) > 105 ? 0.9 : 0.1);
    expect((await run(0.02, needed)).result.candidates).toHaveLength(1);
  });
});

describe("weights", () => {
  test("rank parents by what the score is worth less what it takes", async () => {
    const run = async (weight: number): Promise<number> => {
      const { journal } = await runScripted({
        options: { ...options, parent: "best", objectives: [{ name: "quality" }, { name: "tokens", weight }] },
        evaluator: wordy(),
      });
      const parents = events(journal).flatMap((event) => (event.type === "parent-chosen" ? [event.parent] : []));
      return parents.filter((parent) => parent === 0).length / parents.length;
    };
    // At a point of score a token nothing is worth being longer than the seed.
    expect(await run(1)).toBeGreaterThan(0.75);
    expect(await run(0)).toBeLessThan(0.6);
  });
});

test("the expected score of the best is below the measured one, and is read back from the journal", async () => {
  const clock = manualClock();
  const inputs = scriptedInputs({ options, clock });
  const result = await evolve(inputs);
  const best = result.candidates.toSorted((a, b) => b.validation.score - a.validation.score)[0];
  expect(best?.expected).toBeLessThan(best?.validation.score ?? 0);
  expect(readRun(inputs.store, inputs.run, clock).candidates).toEqual(result.candidates);
});
