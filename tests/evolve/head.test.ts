import { describe, expect, test } from "vitest";
import type { ContentHash } from "../../src/base/index.ts";
import { nothingSpent } from "../../src/evolve/budget.ts";
import { retreat } from "../../src/evolve/retreat.ts";
import { initialState, type Candidate, type RunState } from "../../src/evolve/state.ts";
import { unsteered } from "../../src/evolve/steering.ts";
import { Gene } from "../../src/genome/index.ts";
import type { JournalEvent } from "../../src/evolve/index.ts";
import { runScripted, scriptedEvaluator, seedGenome, type Strength } from "./scripted.ts";

type EventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { type: T }>;

function eventsOf<T extends JournalEvent["type"]>(journal: readonly unknown[], type: T): readonly EventOf<T>[] {
  return (journal as JournalEvent[]).filter((event): event is EventOf<T> => event.type === type);
}

const options = { race: 10, confirm: 10, check: 6, explore: 0, genes: 1, budget: { rollouts: 1500 } } as const;

/** What passes a screen on training tasks makes every other task worse. */
const treacherous: Strength = ({ genes, parents }, { split }) => {
  if (parents.length === 0) return 0.6;
  const words = JSON.stringify(genes["system"]?.value).length;
  return split === "train" ? 0.5 + words / 400 : 0.6 - words / 200;
};

describe("a veto", () => {
  const candidate = (genome: ContentHash, parents: readonly number[]): Candidate => ({
    genome,
    parents,
    origin: "",
    hypothesis: "",
    changes: {},
    train: {},
    validation: {},
    objectives: {},
    spent: nothingSpent,
    mean: 0,
    turn: 0,
  });
  const candidates = [[], [0], [1], [2]].map((parents, i) => candidate(`s256:${i}`, parents));
  const at = (barred: ContentHash, more: Partial<RunState> = {}): RunState => ({
    ...initialState,
    candidates,
    head: 3,
    checkpoint: 1,
    steering: { ...unsteered, barred: [barred] },
    ...more,
  });

  test("of the head, or of what it was made from, takes the search back to the checkpoint", () => {
    expect(retreat(at("s256:3"))).toMatchObject({ head: 1, checkpoint: 1 });
    expect(retreat(at("s256:2"))).toMatchObject({ head: 1, checkpoint: 1 });
  });

  test("of the checkpoint itself takes it back to the incumbent; of what is elsewhere it changes nothing", () => {
    expect(retreat(at("s256:1"))).toMatchObject({ head: 0, checkpoint: 0 });
    expect(retreat(at("s256:0", { incumbent: 1 }))).toMatchObject({ head: 3, checkpoint: 1 });
  });
});

describe("the head", () => {
  test("is the child that passed its screen, before any validation, and the next child's parent", async () => {
    const { journal } = await runScripted({ options });
    const accepted = eventsOf(journal, "candidate-accepted").filter(({ candidate }) => candidate > 0);
    expect(accepted.length).toBeGreaterThan(5);
    expect(accepted.every(({ head }) => head)).toBe(true);
    let head = 0;
    for (const event of journal as JournalEvent[]) {
      if (event.type === "parent-chosen") expect(event.parent).toBe(head);
      if (event.type === "candidate-accepted" && event.head) head = event.candidate;
      if (event.type === "head-checked" && event.standing === "behind") head = event.checkpoint;
    }
  });

  test("is checked every so many iterations, on validation, against the checkpoint before it", async () => {
    const { journal } = await runScripted({ options });
    const checks = eventsOf(journal, "head-checked");
    expect(checks.length).toBeGreaterThan(2);
    let checkpoint = 0;
    for (const { checkpoint: against, head, before, after, standing, tasks } of checks) {
      expect(against).toBe(checkpoint);
      expect(tasks).toBeLessThanOrEqual(10);
      if (standing === "ahead") expect(after).toBeGreaterThan(before);
      if (standing === "behind") expect(after).toBeLessThan(before);
      if (standing === "ahead") checkpoint = head;
    }
    expect(checkpoint).toBeGreaterThan(0);
  });

  test("goes back to the checkpoint where what it learnt on training tasks does not hold on others", async () => {
    const evaluator = scriptedEvaluator({ strength: treacherous });
    const { journal, result } = await runScripted({ evaluator, options });
    const checks = eventsOf(journal, "head-checked");
    expect(checks.some(({ standing }) => standing === "behind")).toBe(true);
    expect(result.winner.genome).toBe(result.seed.genome);
  });

  test("without checks every child is judged on validation by itself", async () => {
    const { journal } = await runScripted({ options: { ...options, check: 0 } });
    expect(eventsOf(journal, "head-checked")).toEqual([]);
    expect(eventsOf(journal, "candidate-accepted").every(({ head, candidate }) => head === (candidate === 0))).toBe(
      true,
    );
  });

  test("takes over what a child brings whose parent is no longer the head, beside what came meanwhile", async () => {
    const switches = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`switch-${i}`, Gene.parse({ type: "boolean", value: false })]),
    );
    const strength: Strength = ({ genes }) =>
      0.1 + 0.07 * Object.values(genes).filter(({ value }) => value === true).length;
    const { result } = await runScripted({
      evaluator: scriptedEvaluator({ strength }),
      options: { ...options, lanes: 4, max_idle_iterations: 30 },
      inputs: { seedGenome: { ...seedGenome, genes: switches } },
    });
    const rebased = result.candidates.filter(({ origin }) => origin === "rebase");
    expect(rebased.length).toBeGreaterThan(0);
    for (const { parents } of rebased) expect(parents).toHaveLength(2);
    expect(result.verdict).toBe("better");
    expect(result.outcome?.difference).toBeGreaterThan(0.5);
  });
});
