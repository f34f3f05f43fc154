import { describe, expect, test } from "vitest";
import { contentHash, sum } from "../../src/base/index.ts";
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

interface Share {
  readonly share: number;
  readonly taken: number;
  readonly judged: boolean;
  readonly idle: boolean;
}

/** What each iteration might take, and took; what came after the search is left out. */
function sharesIn(journal: readonly JournalEvent[]): readonly Share[] {
  const found: Share[] = [];
  for (const event of journal) {
    const last = found.at(-1);
    if (event.type === "run-stopped") break;
    if (event.type === "iteration-started")
      found.push({ share: event.share ?? Number.POSITIVE_INFINITY, taken: 0, judged: false, idle: true });
    else if (event.type === "rollouts-scored" && last !== undefined)
      found[found.length - 1] = {
        ...last,
        taken: last.taken + event.spent.rollouts,
        judged: last.judged || event.purpose === "validation",
        idle: last.idle && event.purpose === "evidence",
      };
  }
  return found;
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

  test("take no more than the share that they were given, which is hardly more than they take where they only screen", async () => {
    for (const seed of [1, 2, 3]) {
      const { journal } = await runScripted({ options: { ...options, seed, lanes: 6 } });
      const shares = sharesIn(journal as JournalEvent[]);
      expect(shares.length).toBeGreaterThan(20);
      for (const { share, taken } of shares) expect(taken).toBeLessThanOrEqual(share);
      const screened = shares.filter(({ judged, idle }) => !judged && !idle);
      expect(sum(screened.map(({ taken }) => taken))).toBeGreaterThan(0.5 * sum(screened.map(({ share }) => share)));
    }
  });

  test("merge as one lane does", async () => {
    const { journal } = await runScripted({ options: { ...options, budget: { rollouts: 3000 }, lanes: 4 } });
    const merges = (journal as JournalEvent[]).filter(
      (event) => event.type === "child-proposed" && event.origin === "merge",
    );
    expect(merges.length).toBeGreaterThan(1);
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
