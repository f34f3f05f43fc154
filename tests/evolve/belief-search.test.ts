import { describe, expect, test } from "vitest";
import { contentHash, manualClock } from "../../src/base/index.ts";
import {
  evolve,
  historyOf,
  type JournalEvent,
  type RunEvent,
  type RunResult,
  type SteeringCommand,
} from "../../src/evolve/index.ts";
import { noReflector } from "../../src/evolve/no-reflector.ts";
import { Gene, genomeId, withGene, type Genome } from "../../src/genome/index.ts";
import { independentOperators, standardOperators } from "../../src/mutate/index.ts";
import { openStore } from "../../src/store/index.ts";
import {
  dataset,
  journalOf,
  placebo,
  runScripted,
  scriptedEvaluator,
  scriptedInputs,
  type Scripted,
  type Strength,
} from "./scripted.ts";

const seedGenome: Genome = {
  name: "switches",
  parents: [],
  genes: Object.fromEntries(
    ["a", "b", "c", "d", "e", "f", "g"].map((id) => [id, Gene.parse({ type: "boolean", value: false })] as const),
  ),
};

/** Three switches help only together; one alone harms. */
const together: Strength = ({ genes }) => {
  const on = ["a", "b", "c"].filter((id) => genes[id]?.value === true).length;
  return on === 3 ? 0.9 : 0.4 - 0.1 * on;
};

function believing(evaluator = scriptedEvaluator({ strength: together }), options: Scripted["options"] = {}): Scripted {
  return {
    options: { budget: { rollouts: 460 }, proposal: "belief", race: 8, seed: 2, ...options },
    evaluator,
    inputs: {
      seedGenome,
      dataset: dataset({ train: 40, validation: 40, test: 30 }),
      operators: independentOperators,
      reflector: noReflector,
    },
  };
}

function eventsOf<T extends JournalEvent["type"]>(
  journal: readonly unknown[],
  type: T,
): readonly Extract<JournalEvent, { type: T }>[] {
  return (journal as readonly JournalEvent[]).filter((event) => event.type === type) as never;
}

function finalistOf({ candidates, outcome }: RunResult): RunResult["candidates"][number] | undefined {
  return candidates.find(({ genome }) => genome === outcome?.finalist);
}

describe("a search by belief", () => {
  test("finds what helps only together, and the sealed test proves it", async () => {
    const { result, store } = await runScripted(believing());
    const { genes = {} } = store.genomes.get(result.winner.genome) ?? {};
    expect(["a", "b", "c"].map((id) => genes[id]?.value)).toEqual([true, true, true]);
    expect(result).toMatchObject({ verdict: "better", stop: "budget-rollouts", rollouts: 460 });
  });

  test("measures the seed on training tasks once, and everybody on the same validation tasks from the first on", async () => {
    const { journal } = await runScripted(believing());
    const scored = eventsOf(journal, "rollouts-scored");
    const [seed, evidence, ...others] = scored;
    expect([seed?.purpose, evidence?.purpose, evidence?.tasks.length]).toEqual(["seed", "evidence", 24]);
    const validation = eventsOf(journal, "run-started")[0]?.validation ?? [];
    const known = new Map([[seed?.genome, 8]]);
    const searched = others.filter(({ purpose }) => purpose !== "test");
    expect(searched.length).toBeGreaterThan(30);
    for (const { genome, tasks, purpose } of searched) {
      const from = known.get(genome) ?? 0;
      expect(purpose).toBe("validation");
      expect(tasks).toEqual(validation.slice(from, from + 8));
      known.set(genome, from + tasks.length);
    }
  });

  test("tries nothing new in its last part, and ends with one of those that were measured twice", async () => {
    const many = { ...believing().inputs, dataset: dataset({ train: 40, validation: 200, test: 30 }) };
    // Members that are measured further are no idle iterations.
    const { journal, result } = await runScripted({
      ...believing(undefined, { max_idle_iterations: 3 }),
      inputs: many,
    });
    let spent = 0;
    for (const event of journal as readonly JournalEvent[]) {
      if (event.type === "rollouts-scored") spent += event.spent.rollouts;
      if (event.type === "child-proposed") expect(spent).toBeLessThan(0.7 * (460 - 60));
    }
    const finalists = eventsOf(journal, "member-chosen").slice(-10);
    expect(new Set(finalists.map(({ candidate }) => candidate)).size).toBeLessThanOrEqual(6);
    expect(finalistOf(result)?.validation.n).toBeGreaterThanOrEqual(16);
  });

  test("ends with nobody who was measured but once, whatever is expected of him", async () => {
    for (let seed = 0; seed < 12; seed++) {
      const { result } = await runScripted(believing(undefined, { seed, budget: { rollouts: 240 } }));
      expect(finalistOf(result)?.validation.n, `seed ${seed}`).toBeGreaterThanOrEqual(16);
    }
  });

  test("promotes nothing where nothing makes a difference", async () => {
    for (let seed = 0; seed < 5; seed++) {
      const { result } = await runScripted(believing(scriptedEvaluator({ strength: placebo }), { seed }));
      expect(result.verdict).not.toBe("better");
      expect(result.winner.genome).toBe(result.seed.genome);
    }
  });

  test("goes on by what is left of tokens or money where rollouts have no limit", async () => {
    for (const budget of [{ tokens: 100_000 }, { usd: 0.1 }]) {
      const { journal, result } = await runScripted(believing(undefined, { budget }));
      expect(result.stop).toBe(`budget-${Object.keys(budget)[0]}`);
      expect(eventsOf(journal, "iteration-started").length).toBeGreaterThan(20);
      const last = (journal as readonly JournalEvent[]).findLast(
        ({ type }) => type === "child-proposed" || type === "member-chosen",
      );
      expect(last?.type).toBe("member-chosen");
    }
  });

  test("ends when all that can be made is measured to the end", async () => {
    const inputs = {
      ...believing().inputs,
      seedGenome: { ...seedGenome, genes: { a: Gene.parse({ type: "boolean", value: false }) } },
    };
    const { result } = await runScripted({ ...believing(undefined, { max_idle_iterations: 15 }), inputs });
    expect(result.stop).toBe("nothing-left");
    expect(result.candidates.map(({ validation }) => validation.n)).toEqual([40, 40]);
  });

  test("asks no reflection model, also where there is one", async () => {
    const { reflector: _, ...inputs } = { ...believing().inputs, operators: standardOperators };
    const { journal, result } = await runScripted({ ...believing(), inputs });
    expect(result.status).toBe("finished");
    expect(eventsOf(journal, "reflection-answered")).toEqual([]);
  });

  test("is told by its history: who was made how, and what each operator took", async () => {
    const { store, result } = await runScripted(believing());
    const { attempts, operators, joined } = historyOf(store.events.list("scripted-1"));
    const accepted = attempts.filter(({ fate }) => fate.kind === "accepted");
    expect(accepted).toHaveLength(result.candidates.length - 1);
    expect(accepted.every(({ fate }) => fate.kind === "accepted" && fate.stage === "race" && fate.tasks === 8)).toBe(
      true,
    );
    expect(joined).toHaveLength(result.candidates.length);
    const names = operators.map(({ operator }) => operator);
    expect(names).toEqual(expect.arrayContaining(["combination", "crossover", "step"]));
    expect(operators.reduce((sum, { children }) => sum + children, 0)).toBe(accepted.length);
  });

  test("measures what a person proposes as any other, does without what is vetoed, and tells a pinned one to the end", async () => {
    const store = openStore(":memory:");
    const changes = { a: true, b: true, c: true };
    const wanted = Object.entries(changes).reduce((genome, [id, value]) => withGene(genome, id, value), seedGenome);
    const genome = genomeId(wanted);
    const said: Readonly<Record<number, SteeringCommand>> = {
      2: { kind: "child", genome, changes, note: "all three" },
      5: { kind: "pin", candidate: 1 },
      20: { kind: "veto", genome },
    };
    const onEvent = (event: RunEvent): void => {
      const command = event.type === "iteration-finished" ? said[event.iteration] : undefined;
      if (command !== undefined) store.steering.append("scripted-1", command as never, 0);
    };
    const many = { ...believing().inputs, dataset: dataset({ train: 40, validation: 200, test: 30 }) };
    const { journal, result } = await runScripted({ ...believing(), inputs: many, store, onEvent });
    const own = result.candidates.findIndex((candidate) => candidate.genome === genome);
    expect(result.candidates[own]?.origin).toBe("person");
    const taken = (journal as readonly JournalEvent[]).findLastIndex(({ type }) => type === "steered");
    const chosen = eventsOf(journal.slice(taken), "member-chosen").map(({ candidate }) => candidate);
    expect(chosen).not.toContain(own);
    expect(chosen).toContain(1);
    expect(result.outcome?.finalist).not.toBe(genome);
  });

  test("is the same at any concurrency, and each number of lanes has its own journal", async () => {
    const byLanes = [];
    for (const lanes of [1, 4]) {
      const journals = await Promise.all(
        [1, 8, 64].map(async (concurrency) => {
          const evaluator = scriptedEvaluator({ strength: together, concurrency });
          return (await runScripted(believing(evaluator, { concurrency, lanes }))).journal;
        }),
      );
      expect(journals.map(contentHash)).toEqual(journals.map(() => contentHash(journals[0])));
      const shares = eventsOf(journals[0] ?? [], "iteration-started").map(({ share }) => share);
      expect(new Set(shares.slice(0, -lanes))).toEqual(new Set([lanes === 1 ? undefined : 8]));
      byLanes.push(contentHash(journals[0]));
    }
    expect(new Set(byLanes).size).toBe(2);
  });

  test("goes on to the same end wherever it was killed, and pays nothing twice", async () => {
    for (const lanes of [1, 3]) {
      const whole = scriptedEvaluator({ strength: together });
      const { journal } = await runScripted(believing(whole, { lanes }));
      for (let moment = 1; moment < whole.paid.size; moment += 41) {
        const store = openStore(":memory:");
        let left = moment;
        const evaluator = scriptedEvaluator({
          strength: together,
          before: () => {
            if (left-- <= 0) throw new Error("killed");
          },
        });
        const inputs = { ...believing(evaluator, { lanes }), store };
        await expect(evolve(scriptedInputs(inputs)), `moment ${moment}`).rejects.toThrow("killed");
        left = Number.POSITIVE_INFINITY;
        await runScripted({ ...inputs, clock: manualClock(moment) });
        expect(contentHash(journalOf(store)), `moment ${moment}`).toBe(contentHash(journal));
        expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
        store.close();
      }
    }
  });
});
