import { describe, expect, test } from "vitest";
import { contentHash, manualClock } from "../../src/base/index.ts";
import { evolve, historyOf, type JournalEvent } from "../../src/evolve/index.ts";
import { noReflector } from "../../src/evolve/no-reflector.ts";
import { Gene, type Genome } from "../../src/genome/index.ts";
import { independentOperators } from "../../src/mutate/index.ts";
import { openStore } from "../../src/store/index.ts";
import { dataset, journalOf, runScripted, scriptedEvaluator, scriptedInputs, type Strength } from "./scripted.ts";

const seedGenome: Genome = {
  name: "switches",
  parents: [],
  genes: Object.fromEntries(
    ["a", "b", "c", "d", "e"].map((id) => [id, Gene.parse({ type: "boolean", value: false })] as const),
  ),
};

/** Three switches help only together; one alone harms. */
const together: Strength = ({ genes }) => {
  const on = ["a", "b", "c"].filter((id) => genes[id]?.value === true).length;
  return on === 3 ? 0.9 : 0.4 - 0.1 * on;
};

const options = {
  budget: { rollouts: 700 },
  proposal: "portfolio",
  minibatch: 4,
  race: 8,
  check: 6,
  explore: 0,
  combinations: 20,
  seed: 2,
} as const;

function alone(evaluator = scriptedEvaluator({ strength: together }), more: Partial<typeof options> | object = {}) {
  return {
    options: { ...options, ...more },
    evaluator,
    inputs: {
      seedGenome,
      dataset: dataset({ train: 40, validation: 40, test: 30 }),
      operators: independentOperators,
      reflector: noReflector,
    },
  };
}

function eventsBefore(journal: readonly unknown[], type: JournalEvent["type"]): readonly JournalEvent[] {
  const events = journal as readonly JournalEvent[];
  return events.slice(
    0,
    events.findIndex((event) => event.type === type),
  );
}

describe("a search that begins with random combinations", () => {
  test("finds what helps only together, and has its head checked on validation before anything else", async () => {
    const { journal, result } = await runScripted(alone());
    const beginning = eventsBefore(journal, "iteration-started");
    const accepted = beginning.filter(({ type }) => type === "candidate-accepted");
    expect(accepted).toEqual([
      { type: "candidate-accepted", candidate: 0, head: true },
      { type: "candidate-accepted", candidate: 1, head: true },
    ]);
    expect(beginning.filter(({ type }) => type === "child-rejected").length).toBeGreaterThan(8);
    const [checked] = (journal as readonly JournalEvent[]).filter((event) => event.type === "head-checked");
    expect(checked).toMatchObject({ head: 1, checkpoint: 0, standing: "ahead" });
    expect(result.verdict).toBe("better");
  });

  test("measures combinations on training tasks that none was made from, for a third of what there is, and never on others", async () => {
    const { journal, store } = await runScripted(alone());
    const scored = eventsBefore(journal, "iteration-started").filter((event) => event.type === "rollouts-scored");
    const [seed, evidence, ...others] = scored;
    expect(seed?.purpose).toBe("seed");
    expect(evidence?.purpose).toBe("evidence");
    const shown = new Set(evidence?.tasks);
    expect(others.length).toBeGreaterThan(20);
    expect(others.flatMap(({ tasks }) => tasks).every((task) => task.startsWith("train") && !shown.has(task))).toBe(
      true,
    );
    const operators = historyOf(store.events.list("scripted-1")).operators.filter(({ rollouts }) => rollouts > 0);
    const begun = [evidence, ...others].reduce((sum, event) => sum + (event?.spent.rollouts ?? 0), 0);
    expect(begun).toBeLessThanOrEqual(Math.floor((700 - 2 * 30 - 8) / 3));
    expect(operators.find(({ operator }) => operator === "combination")).toMatchObject({
      accepted: 1,
      rollouts: begun,
    });
  });

  test("stays with the seed where no combination is ahead of it", async () => {
    const harmful: Strength = ({ parents }) => (parents.length === 0 ? 0.8 : 0.1);
    const { journal } = await runScripted(alone(scriptedEvaluator({ strength: harmful })));
    const beginning = eventsBefore(journal, "iteration-started");
    expect(beginning.filter(({ type }) => type === "candidate-accepted")).toHaveLength(1);
    expect(beginning.filter(({ type }) => type === "child-rejected").length).toBeGreaterThan(8);
  });

  test("is the same at any concurrency, and each number of lanes goes on from it", async () => {
    for (const lanes of [1, 4]) {
      const journals = await Promise.all(
        [1, 8, 64].map(async (concurrency) => {
          const evaluator = scriptedEvaluator({ strength: together, concurrency });
          return (await runScripted(alone(evaluator, { concurrency, lanes }))).journal;
        }),
      );
      expect(journals.map(contentHash)).toEqual(journals.map(() => contentHash(journals[0])));
      const chosen = (journals[0] as readonly JournalEvent[]).filter((event) => event.type === "parent-chosen");
      expect(chosen.slice(0, lanes).map(({ parent }) => parent)).toEqual(Array.from({ length: lanes }, () => 1));
    }
  });

  test("goes on to the same end wherever it was killed, and pays nothing twice", async () => {
    const whole = scriptedEvaluator({ strength: together });
    const { journal } = await runScripted(alone(whole, { lanes: 2 }));
    for (let moment = 1; moment < whole.paid.size; moment += 37) {
      const store = openStore(":memory:");
      let left = moment;
      const evaluator = scriptedEvaluator({
        strength: together,
        before: () => {
          if (left-- <= 0) throw new Error("killed");
        },
      });
      const inputs = { ...alone(evaluator, { lanes: 2 }), store };
      await expect(evolve(scriptedInputs(inputs)), `moment ${moment}`).rejects.toThrow("killed");
      left = Number.POSITIVE_INFINITY;
      await runScripted({ ...inputs, clock: manualClock(moment) });
      expect(contentHash(journalOf(store)), `moment ${moment}`).toBe(contentHash(journal));
      expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
      store.close();
    }
  });
});
