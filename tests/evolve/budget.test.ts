import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { manualClock } from "../../src/base/index.ts";
import { evolve, EvolveOptions, planRun } from "../../src/evolve/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import {
  dataset,
  estimate,
  placebo,
  runScripted,
  scriptedEvaluator,
  scriptedInputs,
  scriptedReflector,
} from "./scripted.ts";

const sizes = { train: 12, validation: 12, test: 10 };
const small = { dataset: dataset(sizes) };
/** What the seed's validation and the sealed test take at least. */
const least = sizes.validation + 2 * sizes.test;

describe("a budget", () => {
  test("is never overspent, in rollouts, tokens or money, however the costs fall", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          rollouts: fc.option(fc.integer({ min: least, max: 300 }), { nil: undefined }),
          tokens: fc.option(fc.integer({ min: 200 * least, max: 60_000 }), { nil: undefined }),
          usd: fc.option(fc.double({ min: 0.0002 * least, max: 0.05, noNaN: true }), { nil: undefined }),
        }),
        fc.record({
          seed: fc.integer({ min: 0, max: 1000 }),
          minibatch: fc.integer({ min: 1, max: 20 }),
          lanes: fc.integer({ min: 1, max: 5 }),
          race: fc.constantFrom(0, 3, 8),
          proposal: fc.constantFrom("portfolio", "belief"),
          parent: fc.constantFrom("frontier", "best", "epsilon-greedy", "top-k"),
          gene: fc.constantFrom("round-robin", "evidence"),
          acceptance: fc.constantFrom("improvement", "improvement-or-equal"),
        }),
        fc.constantFrom(
          () => 300,
          () => 10,
          (random: number) => (random < 0.9 ? 20 : 300),
          (_: number, { parents }: Genome) => (parents.length === 0 ? 10 : 300),
        ),
        async (limits, search, tokens) => {
          const budget: Partial<typeof limits> = Object.values(limits).every((limit) => limit === undefined)
            ? { rollouts: 100 }
            : limits;
          const evaluator = scriptedEvaluator({ tokens });
          const reflector = scriptedReflector();
          const options = { budget, ...search, max_idle_iterations: 15 };
          const run = runScripted({ options, evaluator, reflector, inputs: small });
          const result = await run.then(
            (done) => done.result,
            (error: unknown) => {
              expect(error).toMatchObject({ code: "budget-too-small", kind: "outside" });
              return undefined;
            },
          );
          const used = evaluator.tokens() + 880 * reflector.requests.length;
          expect(evaluator.paid.size).toBeLessThanOrEqual(budget.rollouts ?? Number.POSITIVE_INFINITY);
          expect(used).toBeLessThanOrEqual(budget.tokens ?? Number.POSITIVE_INFINITY);
          expect(used / 1e6).toBeLessThanOrEqual((budget.usd ?? Number.POSITIVE_INFINITY) * (1 + 1e-9));
          if (result === undefined) return;
          expect(result).toMatchObject({ status: "finished", rollouts: evaluator.paid.size, tokens: used });
        },
      ),
      { numRuns: 60 },
    );
  });

  test("of tokens is kept when children cost thirty times the seed, by a smaller test", async () => {
    const tokens = (_: number, { parents }: Genome): number => (parents.length === 0 ? 10 : 300);
    const { result } = await runScripted({
      options: { budget: { tokens: 200 * least }, acceptance: "improvement-or-equal", check: 0 },
      evaluator: scriptedEvaluator({ tokens, strength: placebo }),
      inputs: { ...small, operators: standardOperators.filter(({ name }) => name === "step") },
    });
    expect(result.candidates.length).toBeGreaterThan(1);
    expect(result.tokens).toBeLessThanOrEqual(200 * least);
    expect(result.seed.test?.n).toBeGreaterThan(0);
    expect(result.seed.test?.n).toBeLessThan(sizes.test);
  });

  test("in rollouts always leaves the whole sealed test", async () => {
    for (const rollouts of [least, least + 1, least + 15, 90, 200]) {
      const { result } = await runScripted({ options: { budget: { rollouts } }, inputs: small });
      expect(result.seed.test).toMatchObject({ n: sizes.test });
      expect(result.outcome?.finalistTest).toMatchObject({ n: sizes.test });
    }
  });

  test.each([
    [{ rollouts: least - 1 }, `${least} rollouts`],
    [{ tokens: 200 * least - 1 }, `${200 * least} tokens`],
    [{ usd: 0.005 }, "0.01 usd"],
  ])("of %j is refused before anything is spent, with the number needed", async (budget, needed) => {
    const evaluator = scriptedEvaluator();
    const run = evolve(scriptedInputs({ options: { budget }, evaluator, inputs: small }));
    await expect(run).rejects.toMatchObject({
      code: "budget-too-small",
      kind: "input",
      message: expect.stringContaining(needed),
      hint: expect.stringContaining(needed),
    });
    expect(evaluator.paid.size).toBe(0);
  });

  test("just large enough validates and tests the seed", async () => {
    const { result } = await runScripted({ options: { budget: { rollouts: least } }, inputs: small });
    expect(result).toMatchObject({ stop: "budget-rollouts", iterations: 0, verdict: "same" });
    expect(result.rollouts).toBe(sizes.validation + sizes.test);
  });

  test("names what ran out", async () => {
    const stopOf = async (budget: object): Promise<string | undefined> =>
      (await runScripted({ options: { budget }, inputs: small })).result.stop;
    expect(await stopOf({ rollouts: 60 })).toBe("budget-rollouts");
    expect(await stopOf({ rollouts: 9999, tokens: 30_000 })).toBe("budget-tokens");
    expect(await stopOf({ tokens: 999_999, usd: 0.03 })).toBe("budget-usd");
  });

  test("of tokens counts reflection too", async () => {
    const reflector = scriptedReflector();
    const { result, journal } = await runScripted({
      options: { budget: { tokens: 40_000 } },
      reflector,
      inputs: small,
    });
    const spent = (journal as { spent?: { tokens: number } }[]).reduce(
      (sum, event) => sum + (event.spent?.tokens ?? 0),
      0,
    );
    expect(result.tokens).toBe(spent);
    expect(reflector.requests.length).toBeGreaterThan(0);
    expect(result.tokens).toBeGreaterThan(880 * reflector.requests.length);
  });

  test("of minutes ends the search in time for the sealed test", async () => {
    const clock = manualClock();
    const evaluator = scriptedEvaluator({ before: () => clock.advance(1000), concurrency: 1 });
    const { result } = await runScripted({ options: { budget: { minutes: 3 } }, clock, evaluator, inputs: small });
    expect(result).toMatchObject({ stop: "budget-minutes", status: "finished" });
    expect(result.rollouts).toBeGreaterThan(least);
    expect(clock.now()).toBeLessThanOrEqual(3 * 60_000);
  });

  test("without any limit is refused", () => {
    expect(EvolveOptions.safeParse({ budget: {} }).success).toBe(false);
    expect(EvolveOptions.safeParse({ budget: { rollouts: 10, hours: 2 } }).success).toBe(false);
    expect(EvolveOptions.safeParse({ budget: { rollouts: 10 }, minibach: 4 }).success).toBe(false);
  });
});

describe("a plan", () => {
  test("says what is held back and what the rest buys", () => {
    const options = EvolveOptions.parse({ minibatch: 3, screen: 0, race: 0, final: 0, budget: { rollouts: 480 } });
    const plan = planRun(options, dataset({ train: 20, validation: 40, test: 60 }), estimate);
    expect(plan).toMatchObject({
      tasks: { train: 20, validation: 40, test: 60 },
      seedValidation: { rollouts: 40 },
      sealedTest: { rollouts: 120 },
      // Of twelve, eleven make a child for six rollouts; of 120, twenty-one judge one or the head on 40. At the least a child is looked at after three.
      iterations: { least: 25, most: 106 },
    });
  });

  test.for([
    ["a head that is checked now and then", { race: 6, confirm: 6, look: 2, minibatch: 4 }],
    ["a head and all of validation", {}],
    ["every child judged by itself", { check: 0 }],
    ["by belief", { proposal: "belief" }],
  ] as const)("promises no fewer and no more iterations than there then are: %s", async ([, how]) => {
    for (const [seed, rollouts] of [
      [1, 60],
      [2, 120],
      [3, 250],
      [4, 600],
    ] as const) {
      const options = scriptedInputs({
        options: { budget: { rollouts }, seed, max_idle_iterations: 1000, ...how },
      }).options;
      const plan = planRun(options, small.dataset, estimate);
      const { result, journal } = await runScripted({ options, inputs: small });
      const children = journal.filter((event) => (event as { readonly type: string }).type === "child-proposed").length;
      expect(result.iterations).toBeGreaterThanOrEqual(plan.iterations.least);
      expect(children).toBeLessThanOrEqual(plan.iterations.most);
    }
  });

  test("refuses what the run would refuse", () => {
    const options = EvolveOptions.parse({ budget: { rollouts: 10 } });
    expect(() => planRun(options, small.dataset, estimate)).toThrow("too small");
  });
});
