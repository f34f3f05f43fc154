import { describe, expect, test } from "vitest";
import { predictionsByOperator, predictionsOf, type JournalEvent } from "../../src/evolve/index.ts";
import { withGene } from "../../src/genome/index.ts";
import type { Operator } from "../../src/mutate/index.ts";
import type { EventRecord } from "../../src/store/index.ts";
import { runScripted, seedGenome } from "./scripted.ts";

const nothing = { rollouts: 0, tokens: 0, usd: 0 };

function records(events: readonly JournalEvent[]): readonly EventRecord[] {
  return events.map((event, index) => ({ index, at: 0, event: event as never }));
}

function scored(
  genome: string,
  purpose: "evidence" | "screen",
  scores: Readonly<Record<string, number | null>>,
): JournalEvent {
  const [tasks, values] = [Object.keys(scores), Object.values(scores)];
  return {
    type: "rollouts-scored",
    purpose,
    genome: genome as `s256:${string}`,
    tasks,
    scores: values,
    spent: nothing,
  };
}

function proposed(genome: string, parent: number, flips: readonly string[], origin = "diagnose rules"): JournalEvent {
  const child = { genome: genome as `s256:${string}`, parents: [parent], origin, hypothesis: "h", flips, changes: {} };
  return { type: "child-proposed", ...child };
}

const seed: JournalEvent = { type: "run-started", identity: null, genome: "s256:seed", validation: [] };

describe("what hypotheses predicted is held against what came of it", () => {
  test("on the tasks a child was screened on: named and better, better without being named, worse", () => {
    const [prediction, ...others] = predictionsOf(
      records([
        seed,
        { type: "candidate-accepted", candidate: 0, head: false },
        scored("s256:seed", "evidence", { a: 0, b: 0.5, c: 0, d: 0, e: 1, f: 1 }),
        proposed("s256:child", 0, ["a", "b", "z"]),
        scored("s256:child", "screen", { a: 1, b: 0.5, c: 1, d: 0, e: 0, f: null }),
      ]),
    );
    expect(others).toEqual([]);
    expect(prediction).toMatchObject({ operator: "diagnose", hypothesis: "h", genome: "s256:child" });
    expect(prediction).toMatchObject({ predicted: 3, measured: 2, better: 1, unnamed: 2, unnamedBetter: 1, worse: 1 });
  });

  test("not on tasks that the child was shown as a parent later, and against its own parent", () => {
    const [, second] = predictionsOf(
      records([
        seed,
        { type: "candidate-accepted", candidate: 0, head: false },
        scored("s256:seed", "evidence", { a: 0 }),
        proposed("s256:child", 0, ["a"]),
        scored("s256:child", "screen", { a: 1 }),
        { type: "candidate-accepted", candidate: 1, head: false },
        scored("s256:child", "evidence", { b: 0 }),
        proposed("s256:grandchild", 1, ["b"]),
        scored("s256:grandchild", "screen", { a: 0, b: 1 }),
        scored("s256:grandchild", "evidence", { c: 1 }),
      ]),
    );
    expect(second).toMatchObject({ measured: 1, better: 1, unnamed: 0, worse: 1 });
  });

  test("and added up by operator; children that named nothing count for nothing", () => {
    const children = predictionsOf(
      records([
        seed,
        proposed("s256:1", 0, ["a"]),
        proposed("s256:2", 0, []),
        proposed("s256:3", 0, ["b", "c"], "merge"),
      ]),
    );
    expect(
      predictionsByOperator(children).map(({ operator, children: count, predicted }) => [operator, count, predicted]),
    ).toEqual([
      ["diagnose", 1, 1],
      ["merge", 1, 2],
    ]);
  });
});

/** Names every second failing task, and adds a skill that helps on all of them alike. */
const naming: Operator = {
  name: "naming",
  scope: "gene",
  reflects: false,
  applies: ({ type }) => type === "rules",
  propose: async ({ evidence, random, parent, gene }) => {
    const failing = evidence.flatMap(({ task, rollout }) =>
      rollout.state === "scored" && rollout.score < 1 ? [task.id] : [],
    );
    const rules = parent.genes[gene]?.value as readonly string[];
    return {
      kind: "child",
      changes: { [gene]: [...rules, `Use skill-${random.int(12)}.`] },
      hypothesis: "a skill is missing",
      flips: failing.filter((_, index) => index % 2 === 0),
    };
  },
};

test("a run journals what its children predict, and its report counts what came of it", async () => {
  const { store, result } = await runScripted({
    options: { proposal: "portfolio", minibatch: 12, budget: { rollouts: 900 } },
    inputs: { operators: [naming] },
  });
  const [row] = predictionsByOperator(predictionsOf(store.events.list(result.run)));
  expect(row).toMatchObject({ operator: "naming" });
  expect(row?.children).toBeGreaterThan(5);
  expect(row?.measured).toBeGreaterThan(10);
  expect(row?.measured).toBeLessThanOrEqual(row?.predicted ?? 0);
  expect(row?.better).toBeGreaterThan(0);
  expect(row?.unnamed).toBeGreaterThan(0);
});

test("a child that says what a member of the pool says is refused before it costs a rollout", async () => {
  // Adds a skill, then the same in the words of the child that joined, from the seed again.
  const sentence = "Use skill-1 and skill-2 and skill-3 for it.";
  let calls = 0;
  const repeating: Operator = {
    name: "repeating",
    scope: "gene",
    reflects: false,
    applies: ({ type }) => type === "text",
    propose: async ({ gene, parent }) => {
      if (parent.genes[gene]?.value !== "Answer the question.")
        return { kind: "nothing", reason: "no-alternative", detail: "not a child of the seed" };
      calls += 1;
      const written =
        calls === 1 ? sentence : sentence.replaceAll(" ", "  ").toUpperCase().replaceAll("SKILL", "skill");
      return { kind: "child", changes: { [gene]: written }, hypothesis: "skills", flips: [] };
    },
  };
  const { journal } = await runScripted({
    options: {
      proposal: "portfolio",
      budget: { rollouts: 300 },
      max_idle_iterations: 40,
      minibatch: 8,
      parent: "pareto-unpruned",
    },
    inputs: { operators: [repeating], seedGenome: withGene(seedGenome, "system", "Answer the question.") },
  });
  const events = journal as readonly JournalEvent[];
  const accepted = events.filter(({ type }) => type === "candidate-accepted");
  expect(accepted).toHaveLength(2);
  const reasons = events.flatMap((event) => (event.type === "child-refused" ? [event.reason] : []));
  expect(calls).toBeGreaterThan(1);
  expect(reasons).toContain("near-duplicate");
  expect(events.filter(({ type }) => type === "child-proposed")).toHaveLength(1);
});
