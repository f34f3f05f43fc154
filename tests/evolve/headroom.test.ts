import { describe, expect, test } from "vitest";
import { measureHeadroom, type JournalEvent } from "../../src/evolve/index.ts";
import { genomeId } from "../../src/genome/index.ts";
import { openStore } from "../../src/store/index.ts";
import {
  dataset,
  placebo,
  runScripted,
  scriptedEvaluator,
  scriptedInputs,
  seedGenome,
  type Strength,
} from "./scripted.ts";

const tasks = dataset({ train: 40, validation: 80, test: 100 });
const options = { budget: { rollouts: 2000 } };

/** A pre-test with an evaluator that counts what it is asked for. */
async function pretest(strength?: Strength) {
  const evaluator = scriptedEvaluator(strength === undefined ? {} : { strength });
  const inputs = scriptedInputs({ evaluator, options, inputs: { dataset: tasks } });
  const found = await measureHeadroom(inputs, 300);
  return { found, evaluator };
}

describe("the pre-test of a run", () => {
  test("says yes where a run in small finds something better", async () => {
    const { found } = await pretest();
    expect(found.verdict).toBe("yes");
    expect(found.small.outcome?.difference).toBeGreaterThan(0);
    expect(found.provable).toBeLessThan(found.room ?? 0);
  });

  test("cannot tell where nothing makes a difference, and does not call that a no", async () => {
    const { found } = await pretest(placebo);
    expect(found.verdict).toBe("cannot-tell");
    expect(found.small.outcome?.winner).toBe(genomeId(seedGenome));
  });

  test("says no where the seed leaves less room than the sealed test could prove", async () => {
    const { found } = await pretest(() => 1);
    expect(found.verdict).toBe("no");
    expect(found.room).toBeLessThan(found.provable ?? 1);
  });

  test("says no where the sealed test is too small to prove anything", async () => {
    const inputs = scriptedInputs({ options, inputs: { dataset: dataset({ train: 40, validation: 80, test: 3 }) } });
    const found = await measureHeadroom(inputs, 300);
    expect(found.verdict).toBe("no");
    expect(found.provable).toBeUndefined();
  });

  test("leaves the sealed test closed, and within what it was given", async () => {
    const { found, evaluator } = await pretest();
    const asked = [...evaluator.paid.keys()].map((key) => key.split(" ")[1] ?? "");
    expect(asked.filter((task) => task.startsWith("test-"))).toEqual([]);
    expect(found.small.rollouts).toBeLessThanOrEqual(300 + 2 * 40);
  });

  test("is judged on tasks that its search did not see", async () => {
    const { found, evaluator } = await pretest();
    const { finalist } = found.small.outcome ?? {};
    const judged = found.small.outcome?.seedTest?.n ?? 0;
    expect(judged).toBe(40);
    const others = [...evaluator.paid.keys()].filter(
      (key) => ![genomeId(seedGenome), finalist].includes(key.split(" ")[0] as never),
    );
    const seen = new Set(others.map((key) => key.split(" ")[1] ?? "").filter((task) => task.startsWith("validation-")));
    expect(seen.size).toBeLessThanOrEqual(40);
  });

  test("parts no family between its search and its judgement", async () => {
    const whole = { ...tasks, tasks: tasks.tasks.map((task, i) => ({ ...task, family: `${task.split} ${i % 9}` })) };
    const store = openStore(":memory:");
    const inputs = scriptedInputs({ options, store, inputs: { dataset: whole } });
    await measureHeadroom(inputs, 300);
    const events = store.events.list(inputs.run).map(({ event }) => event as unknown as JournalEvent);
    const scored = (isTest: boolean): Set<string | undefined> => {
      const ids = events.flatMap((event) =>
        event.type === "rollouts-scored" && (event.purpose === "test") === isTest ? event.tasks : [],
      );
      return new Set(whole.tasks.filter(({ id }) => ids.includes(id)).map(({ family }) => family));
    };
    expect(scored(true).size).toBeGreaterThan(1);
    expect([...scored(true)].filter((family) => scored(false).has(family))).toEqual([]);
  });

  test("is not paid again by the run", async () => {
    const evaluator = scriptedEvaluator();
    const inputs = { dataset: tasks };
    await measureHeadroom(scriptedInputs({ evaluator, options, inputs }), 300);
    const before = evaluator.paid.size;
    const { result } = await runScripted({ evaluator, options, inputs });
    expect(evaluator.paid.size - before).toBeLessThan(result.rollouts);
    expect([...evaluator.paid.values()].every((times) => times === 1)).toBe(true);
  });
});
