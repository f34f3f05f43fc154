import { describe, expect, test } from "vitest";
import { contentHash, manualClock } from "../../src/base/index.ts";
import { openStore, type Store } from "../../src/store/index.ts";
import { evolve } from "../../src/evolve/index.ts";
import { journalOf, runScripted, scriptedEvaluator, scriptedInputs, scriptedReflector } from "./scripted.ts";

/** Ends the "process" at the nth thing it does: from then on every call to the store fails, as if nobody were there to make it. */
function killAt(moment: number): { tick: () => void; guard: (store: Store) => Store; ticks: () => number } {
  let ticks = 0;
  const check = (): void => {
    if (ticks >= moment) throw new Error("killed");
  };
  const guardPart = <P extends object>(part: P): P =>
    new Proxy(part, {
      get: (target, name) => {
        const method = Reflect.get(target, name) as unknown;
        if (typeof method !== "function") return method;
        return (...args: unknown[]) => {
          check();
          return Reflect.apply(method, target, args) as unknown;
        };
      },
    });
  return {
    ticks: () => ticks,
    tick: () => {
      check();
      ticks += 1;
      check();
    },
    guard: (store) => {
      const tick = (): void => {
        ticks += 1;
        check();
      };
      return {
        ...store,
        runs: guardPart(store.runs),
        genomes: guardPart(store.genomes),
        testOpenings: guardPart(store.testOpenings),
        replies: {
          ...store.replies,
          get: (...args) => store.replies.get(...args),
          put: (...args) => {
            check();
            store.replies.put(...args);
            tick();
          },
        },
        events: {
          list: (run) => store.events.list(run),
          append: (...args) => {
            tick();
            store.events.append(...args);
            tick();
          },
        },
        transaction: (work) => {
          check();
          return store.transaction(work);
        },
      };
    },
  };
}

const options = { budget: { rollouts: 260 }, seed: 3, lanes: 3, race: 5 };

async function uninterrupted(): Promise<{ journal: readonly unknown[]; paid: number; calls: number; moments: number }> {
  const killer = killAt(Number.POSITIVE_INFINITY);
  const evaluator = scriptedEvaluator({ before: killer.tick });
  const reflector = scriptedReflector(killer.tick);
  const store = openStore(":memory:");
  await runScripted({ options, evaluator, reflector, store: killer.guard(store) });
  const journal = journalOf(store);
  return { journal, paid: evaluator.paid.size, calls: reflector.requests.length, moments: killer.ticks() };
}

describe("a run that was killed", () => {
  test("goes on to the same end whenever it was killed, and pays nothing twice", async () => {
    const whole = await uninterrupted();
    expect(whole.moments).toBeGreaterThan(250);
    for (let moment = 1; moment <= whole.moments; moment += Math.ceil(whole.moments / 60)) {
      const store = openStore(":memory:");
      const killer = killAt(moment);
      let kill = killer.tick;
      const evaluator = scriptedEvaluator({ before: () => kill() });
      const reflector = scriptedReflector(() => kill());
      const killed = evolve(scriptedInputs({ options, evaluator, reflector, store: killer.guard(store) }));
      await expect(killed, `moment ${moment}`).rejects.toThrow("killed");
      kill = () => {};
      await runScripted({ options, evaluator, reflector, store, clock: manualClock(moment * 1e6) });
      expect(contentHash(journalOf(store)), `moment ${moment}`).toBe(contentHash(whole.journal));
      expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
      expect(evaluator.paid.size).toBe(whole.paid);
      expect(reflector.requests).toHaveLength(whole.calls);
      expect(store.testOpenings.list("scripted")).toHaveLength(1);
      expect(store.runs.get("scripted-1")?.status).toBe("finished");
      store.close();
    }
  });

  test("goes on to the same end when it is killed again and again", async () => {
    const whole = await uninterrupted();
    const store = openStore(":memory:");
    let killer = killAt(0);
    const evaluator = scriptedEvaluator({ before: () => killer.tick() });
    const reflector = scriptedReflector(() => killer.tick());
    let lives = 0;
    for (let finished = false; !finished; lives++) {
      killer = killAt(40);
      finished = await evolve(scriptedInputs({ options, evaluator, reflector, store: killer.guard(store) })).then(
        () => true,
        () => false,
      );
    }
    expect(lives).toBeGreaterThan(5);
    expect(contentHash(journalOf(store))).toBe(contentHash(whole.journal));
    expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
  });
});

describe("the same run", () => {
  test("has the same journal at any concurrency", async () => {
    const journals = await Promise.all(
      [1, 8, 64].map(async (concurrency) => {
        const { journal } = await runScripted({
          options: { budget: { rollouts: 600 }, concurrency },
          evaluator: scriptedEvaluator({ concurrency }),
        });
        return journal;
      }),
    );
    expect(journals[0]?.length).toBeGreaterThan(100);
    expect(journals.map(contentHash)).toEqual(journals.map(() => contentHash(journals[0])));
  });

  test("has the same journal whether its rollouts come from a cache or are paid for", async () => {
    const evaluator = scriptedEvaluator();
    const first = await runScripted({ evaluator });
    const paid = evaluator.paid.size;
    const second = await runScripted({ evaluator });
    expect(evaluator.paid.size).toBe(paid);
    expect(contentHash(second.journal)).toBe(contentHash(first.journal));
    expect(second.result).toEqual(first.result);
  });

  test("differs with another seed", async () => {
    const [a, b] = [await runScripted({ options: { seed: 1 } }), await runScripted({ options: { seed: 2 } })];
    expect(contentHash(a.result.candidates)).not.toBe(contentHash(b.result.candidates));
  });

  test("once finished, is only read", async () => {
    const evaluator = scriptedEvaluator();
    const { result, journal, store } = await runScripted({ evaluator });
    const again = await runScripted({ evaluator: scriptedEvaluator({ before: () => expect.unreachable() }), store });
    expect(again.result).toEqual(result);
    expect(contentHash(again.journal)).toBe(contentHash(journal));
  });
});

describe("an interrupted run", () => {
  test("says so, keeps what it has, and goes on to the same end", async () => {
    const whole = await runScripted({ options });
    for (const moment of [1, 25, 60, 150, 220]) {
      const store = openStore(":memory:");
      const controller = new AbortController();
      let count = 0;
      const evaluator = scriptedEvaluator({
        before: () => {
          count += 1;
          if (count === moment) controller.abort(new Error("Ctrl-C"));
        },
      });
      const first = await runScripted({ options, evaluator, store, inputs: { signal: controller.signal } });
      expect(first.result).toMatchObject({ status: "interrupted", verdict: undefined });
      expect(store.runs.get("scripted-1")?.status).toBe("interrupted");
      const second = await runScripted({ options, evaluator, store });
      expect(contentHash(second.journal)).toBe(contentHash(whole.journal));
      expect(second.result).toEqual(whole.result);
      expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
    }
  });

  test("that was asked to stop ends cleanly, the sealed test done", async () => {
    let asked = 0;
    const { result, journal } = await runScripted({ inputs: { stopRequested: () => ++asked > 10 } });
    expect(result).toMatchObject({ status: "finished", stop: "stop-requested", iterations: 10 });
    expect(result.seed.test).toMatchObject({ n: 30 });
    expect(journal).toContainEqual({ type: "run-stopped", reason: "stop-requested" });
  });
});
