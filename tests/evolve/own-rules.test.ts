import { describe, expect, test } from "vitest";
import { evolve, type JournalEvent, type RunResult } from "../../src/evolve/index.ts";
import { acceptanceRule, mostProposals, type BatchSampler, type ParentRule } from "../../src/select/index.ts";
import { openStore } from "../../src/store/index.ts";
import { runScripted, scriptedInputs } from "./scripted.ts";

/** Every child is judged by itself. */
const options = {
  budget: { rollouts: 400 },
  seed: 3,
  race: 5,
  check: 0,
  sampler: "failing-first" as const,
  screen: 12,
  look: 0,
  final: 0.08,
  proposal: "portfolio" as const,
};
const never = acceptanceRule("never", () => false);

describe("a rule of one's own", () => {
  test("decides what passes the screen", async () => {
    const { result } = await runScripted({ options, inputs: { rules: { acceptance: never } } });
    expect(result.candidates).toHaveLength(1);
    const looks = { ...options, look: 1, check: 4 };
    const watched = await runScripted({ options: looks, inputs: { rules: { acceptance: never } } });
    expect(watched.result.candidates).toHaveLength(1);
    expect((await runScripted({ options })).result.candidates.length).toBeGreaterThan(1);
  });

  test("chooses the parents", async () => {
    const seedOnly: ParentRule = {
      name: "seed-only",
      weights: ({ rows }) => rows.map((_, index) => (index === 0 ? 1 : 0)),
    };
    const share = async (inputs: Parameters<typeof runScripted>[0]): Promise<number> => {
      const { journal } = await runScripted({ options: { ...options, budget: { rollouts: 800 } }, ...inputs });
      const parents = (journal as JournalEvent[]).flatMap((event) =>
        event.type === "parent-chosen" ? [event.parent] : [],
      );
      return parents.filter((parent) => parent === 0).length / parents.length;
    };
    // A fifth of the choices belongs to no rule.
    expect(await share({ inputs: { rules: { parent: seedOnly } } })).toBeGreaterThan(0.75);
    expect(await share({})).toBeLessThan(0.6);
  });

  test("draws the tasks that are shown", async () => {
    const firstThree: BatchSampler = { name: "first-three", sample: () => [0, 1, 2] };
    const { journal } = await runScripted({ options, inputs: { rules: { sampler: firstThree } } });
    const shown = (journal as JournalEvent[]).flatMap((event) =>
      event.type === "rollouts-scored" && event.purpose === "evidence" ? [event.tasks] : [],
    );
    expect(shown.length).toBeGreaterThan(3);
    for (const tasks of shown) expect(tasks).toEqual(["train-0", "train-1", "train-2"]);
  });

  test("ends the search, and the sealed test is still done", async () => {
    const { result } = await runScripted({ options, inputs: { rules: { stop: mostProposals(4) } } });
    expect(result).toMatchObject({ stop: "rule-most-proposals", status: "finished" });
    expect(result.seed.test?.n).toBe(30);
  });

  test("is part of what a run is: a resume with another is refused", async () => {
    const store = openStore(":memory:");
    let asked = 0;
    const cut = { stopRequested: () => ++asked > 3 && fail() };
    await expect(
      evolve(scriptedInputs({ options, store, inputs: { ...cut, rules: { acceptance: never } } })),
    ).rejects.toThrow("cut");
    await expect(evolve(scriptedInputs({ options, store }))).rejects.toMatchObject({
      code: "run-differs",
      message: expect.stringContaining("rules"),
    });
  });
});

function fail(): never {
  throw new Error("cut");
}

describe("a search ends before its budget", () => {
  const ends = async (stop: Readonly<Record<string, number>>): Promise<RunResult> =>
    (await runScripted({ options: { ...options, budget: { rollouts: 3000 }, stop } })).result;

  test("after so many iterations without a gain", async () => {
    expect(await ends({ no_improvement: 5 })).toMatchObject({ stop: "rule-no-improvement", status: "finished" });
  });

  test("at a score, a number of candidates or of proposals", async () => {
    expect((await ends({ score: 0.4 })).stop).toBe("rule-score-reached");
    const few = await ends({ candidates: 3 });
    expect(few.stop).toBe("rule-most-candidates");
    expect(few.candidates).toHaveLength(3);
    expect((await ends({ proposals: 2 })).stop).toBe("rule-most-proposals");
  });
});
