import { describe, expect, test } from "vitest";
import type { Dataset } from "../../src/dataset/index.ts";
import { dataset, runScripted } from "./scripted.ts";

const options = { budget: { rollouts: 900 }, seed: 2 };

/** The tasks of the test split in so many families, those that a change mends being of one family as far as the skills decide. */
function withFamilies(count: number): Dataset {
  const plain = dataset({ test: 60 });
  const tasks = plain.tasks.map((task, index) =>
    task.split === "test" ? { ...task, family: `letter ${index % count}` } : task,
  );
  return { ...plain, tasks };
}

describe("the verdict of a run", () => {
  test("takes families for the unit where test tasks name them: three of them prove nothing", async () => {
    const alone = await runScripted({ options, inputs: { dataset: dataset({ test: 60 }) } });
    expect(alone.result.verdict).toBe("better");
    const few = await runScripted({ options, inputs: { dataset: withFamilies(3) } });
    expect(few.result.difference).toBe(alone.result.difference);
    expect(few.result.verdict).toBe("cannot-tell");
    expect(few.result.winner.genome).toBe(few.result.seed.genome);
    expect(few.result.outcome?.finalist).toBe(alone.result.winner.genome);
  });

  test("is the same where each task is a family of its own", async () => {
    const alone = await runScripted({ options, inputs: { dataset: dataset({ test: 60 }) } });
    const own = await runScripted({ options, inputs: { dataset: withFamilies(1000) } });
    expect(own.result.outcome).toEqual(alone.result.outcome);
  });
});
