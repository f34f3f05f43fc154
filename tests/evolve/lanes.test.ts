import { describe, expect, test } from "vitest";
import { contentHash } from "../../src/base/index.ts";
import type { JournalEvent } from "../../src/evolve/index.ts";
import { runScripted, scriptedEvaluator, scriptedReflector } from "./scripted.ts";

const options = { budget: { rollouts: 900 }, seed: 5, race: 5 };

/** An evaluator whose rollouts end in an order of their own. */
function shuffled(delays: (count: number) => number): ReturnType<typeof scriptedEvaluator> {
  const inner = scriptedEvaluator({ concurrency: 64 });
  let count = 0;
  return {
    ...inner,
    evaluate: async (genome, tasks, settings) => {
      const turns = delays(count++);
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      return inner.evaluate(genome, tasks, settings);
    },
  };
}

describe("lanes", () => {
  test("give the same journal whoever is done first", async () => {
    const runs = [() => 0, (count: number) => (count * 7) % 13, (count: number) => 12 - ((count * 5) % 13)];
    const hashes: string[] = [];
    for (const delays of runs) {
      const { journal } = await runScripted({ options: { ...options, lanes: 4 }, evaluator: shuffled(delays) });
      hashes.push(contentHash(journal as never));
    }
    expect(new Set(hashes).size).toBe(1);
  });

  test("have several iterations under way at once, and one lane only one", async () => {
    const most = async (lanes: number, search: Partial<typeof options> = {}): Promise<number> => {
      let running = 0;
      let highest = 0;
      const inner = scriptedReflector();
      await runScripted({
        options: { ...options, ...search, lanes },
        reflector: {
          name: "counting",
          complete: async (request, settings) => {
            running += 1;
            highest = Math.max(highest, running);
            for (let turn = 0; turn < 40; turn++) await new Promise((resolve) => setImmediate(resolve));
            const reply = await inner.complete(request, settings);
            running -= 1;
            return reply;
          },
        },
      });
      return highest;
    };
    expect(await most(4)).toBeGreaterThan(1);
    expect(await most(1)).toBe(1);
    // Most lanes only screen: the budget would not pay for as many that judge, and need not.
    expect(await most(32, { race: 20 })).toBeGreaterThan(20);
  });

  test("number candidates and iterations in the order of the journal, and pay for no rollout twice", async () => {
    const evaluator = scriptedEvaluator();
    const { journal, result } = await runScripted({ options: { ...options, lanes: 4 }, evaluator });
    const events = journal as JournalEvent[];
    const accepted = events.flatMap((event) => (event.type === "candidate-accepted" ? [event.candidate] : []));
    expect(accepted).toEqual(accepted.map((_, index) => index));
    const begun = events.flatMap((event) => (event.type === "iteration-started" ? [event.iteration] : []));
    expect(begun).toEqual(begun.map((_, index) => index));
    expect(new Set(result.candidates.map(({ genome }) => genome)).size).toBe(result.candidates.length);
    expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
    expect(result.rollouts).toBe(evaluator.paid.size);
  });

  test("that come to harm end the run with what the error says, after the others have ended", async () => {
    const failing = scriptedEvaluator({
      before: (key) => {
        if (key.includes("validation-7")) throw new Error("broken");
      },
    });
    await expect(runScripted({ options: { ...options, lanes: 4 }, evaluator: failing })).rejects.toThrow("broken");
  });
});
