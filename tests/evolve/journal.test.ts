import { expect, test } from "vitest";
import { makeEventBus, manualClock, type ContentHash } from "../../src/base/index.ts";
import type { JournalEvent, RunEvent } from "../../src/evolve/event.ts";
import { draftJournal, openJournal, type Journal } from "../../src/evolve/journal.ts";
import { openStore } from "../../src/store/index.ts";

const id = (name: string): ContentHash => `s256:${name}`;
const spent = { rollouts: 1, tokens: 1, usd: 0 };

function journalOf(lanes: number): Journal {
  const store = openStore(":memory:");
  store.runs.create({ id: "run", options: {}, createdAt: 0 });
  const journal = openJournal({ store, run: "run", clock: manualClock(), bus: makeEventBus<RunEvent>(), lanes });
  const seed = id("5eed");
  journal.emit({ type: "run-started", identity: null, genome: seed, validation: ["a"] });
  journal.emit({ type: "rollouts-scored", purpose: "seed", genome: seed, tasks: ["a"], scores: [1], spent });
  journal.emit({ type: "candidate-accepted", candidate: 0, head: true });
  return journal;
}

/** An iteration whose child fails its screen. */
function iteration(index: number): readonly JournalEvent[] {
  const genome = id(index.toString(16).padStart(32, "0"));
  return [
    { type: "iteration-started", iteration: index },
    {
      type: "child-proposed",
      genome,
      parents: [0],
      origin: "reflect system",
      hypothesis: `idea ${index}`,
      changes: { system: `text ${index}` },
    },
    { type: "rollouts-scored", purpose: "screen", genome, tasks: ["t"], scores: [0], spent },
    { type: "child-rejected", before: 1, after: 0, tasks: 1 },
    { type: "iteration-finished", iteration: index },
  ];
}

test("what a draft has worked out is not worked out again where nothing else came meanwhile", () => {
  const journal = journalOf(1);
  const draft = draftJournal(journal.state, makeEventBus<RunEvent>());
  for (const event of iteration(0)) draft.emit(event);
  for (const event of draft.events) journal.emit(event);
  expect(journal.state).toBe(draft.state);
});

test("a draft from an earlier state does not decide what an event makes of the present one", () => {
  const journal = journalOf(2);
  const late = draftJournal(journal.state, makeEventBus<RunEvent>());
  for (const event of iteration(1)) late.emit(event);
  for (const event of [...iteration(0), ...late.events]) journal.emit(event);
  expect(journal.state).not.toBe(late.state);
  expect(journal.state.spent.rollouts).toBe(3);
  expect(late.state.spent.rollouts).toBe(2);
});

test("the states at the ends of as many iterations as there are lanes are at hand, and no more", () => {
  const journal = journalOf(3);
  for (let index = 0; index < 10; index++) for (const event of iteration(index)) journal.emit(event);
  expect([10, 9, 8].map((index) => journal.before(index)?.iteration)).toEqual([10, 9, 8]);
  expect(journal.before(7)).toBeUndefined();
});

test("attempts in vain are remembered up to a number, the latest ones", () => {
  const journal = journalOf(1);
  for (let index = 0; index < 200; index++) for (const event of iteration(index)) journal.emit(event);
  for (const gene of ["", "system"]) {
    const remembered = journal.state.attempts[gene] ?? [];
    expect(remembered.length).toBeLessThan(50);
    expect(remembered.at(-1)?.change).toBe("idea 199");
    expect(remembered.at(0)?.change).toBe(`idea ${200 - remembered.length}`);
  }
});
