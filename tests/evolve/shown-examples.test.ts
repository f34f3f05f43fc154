import { describe, expect, test } from "vitest";
import type { Task } from "../../src/dataset/index.ts";
import type { JournalEvent } from "../../src/evolve/index.ts";
import type { Engine } from "../../src/evolve/engine.ts";
import { fairEvidence } from "../../src/evolve/screen.ts";
import { noReflector } from "../../src/evolve/no-reflector.ts";
import { withoutShown } from "../../src/evolve/shown-examples.ts";
import { Gene, withGene, type Demo, type Genome } from "../../src/genome/index.ts";
import { independentOperators } from "../../src/mutate/index.ts";
import { dataset, runScripted, scriptedEvaluator, type Strength } from "./scripted.ts";

const demos = Gene.parse({ type: "demos", value: [], max: 4 });
const seedGenome: Genome = { name: "shows", parents: [], genes: { demos } };

test("a task that a genome shows as an example is known by its input", () => {
  const tasks = ["one", "two"].map((input) => ({ input }) as Task);
  expect(withoutShown(tasks, seedGenome)).toEqual(tasks);
  const showing = withGene(seedGenome, "demos", [{ input: "two", output: "2" }]);
  expect(withoutShown(tasks, showing).map(({ input }) => input)).toEqual(["one"]);
});

test("what a screen leaves out is replaced by as many tasks that the parent passed, and failed", () => {
  const names = ["shown passed", "shown failed", "fresh passed", "fresh failed", "failed too", "passed too"];
  const train = names.map((input) => ({ id: input, input }) as Task);
  const scoreOf = (name: string): number => (name.includes("passed") ? 1 : 0.5);
  const known = Object.fromEntries(names.map((name) => [name, scoreOf(name)]));
  const engine = {
    train,
    journal: { state: { candidates: [{ genome: "seed", train: known }] } },
    genome: () => seedGenome,
  } as unknown as Engine;
  const evidence = train.slice(0, 3).map((task) => ({ task, score: scoreOf(task.id) }));
  const child = withGene(seedGenome, "demos", [
    { input: "shown passed", output: "yes" },
    { input: "shown failed", output: "yes" },
  ]);
  const screened = fairEvidence(engine, 0, evidence, child).map(({ task }) => task.id);
  expect(screened).toEqual(["fresh passed", "passed too", "fresh failed"]);
});

describe("a search whose children show training tasks as examples", () => {
  const bare = dataset({ train: 30 });
  const tasks = bare.tasks.map((task) => ({
    ...task,
    checks: [{ type: "equals", value: task.id }] as unknown as Task["checks"],
  }));
  const inputOf = new Map(tasks.map(({ id, input }) => [id, input]));
  const shown = (genome: unknown): readonly string[] => ((genome ?? []) as readonly Demo[]).map(({ input }) => input);
  /** Solves what it is shown, and hardly anything else. */
  const parrot: Strength = ({ genes }, { input }) => (shown(genes["demos"]?.value).includes(input) ? 2 : 0.2);

  test("screens no child on what it shows, and gathers no evidence on what the parent shows", async () => {
    const { journal } = await runScripted({
      options: { proposal: "portfolio", minibatch: 8, race: 8, check: 6, budget: { rollouts: 500 } },
      evaluator: scriptedEvaluator({ strength: parrot }),
      inputs: {
        seedGenome,
        dataset: { ...bare, tasks },
        operators: independentOperators.filter(({ name }) => name === "demo-set" || name === "labelled-demos"),
        reflector: noReflector,
      },
    });
    const shownBy = new Map<string, readonly string[]>();
    let looked = 0;
    for (const event of journal as readonly JournalEvent[]) {
      if (event.type === "child-proposed") shownBy.set(event.genome, shown(event.changes["demos"]));
      if (event.type !== "rollouts-scored" || (event.purpose !== "screen" && event.purpose !== "evidence")) continue;
      const examples = shownBy.get(event.genome) ?? [];
      looked += examples.length === 0 ? 0 : 1;
      expect(event.tasks.map((task) => inputOf.get(task)).filter((input) => examples.includes(input ?? ""))).toEqual(
        [],
      );
    }
    expect(looked).toBeGreaterThan(10);
  });
});
