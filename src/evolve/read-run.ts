import { AlleleError, makeEventBus, type Clock, type ContentHash } from "../base/index.ts";
import type { Genome } from "../genome/index.ts";
import type { Store } from "../store/index.ts";
import { addSpend, nothingSpent, type Spend } from "./budget.ts";
import type { JournalEvent } from "./event.ts";
import { openJournal } from "./journal.ts";
import { resultOf } from "./result.ts";
import type { RunResult } from "./run-result.ts";

/** What a run came to so far, read from its journal; changes nothing. The run must be in the store. */
export function readRun(store: Store, run: string, clock: Clock): RunResult {
  const status = store.runs.get(run)?.status ?? "failed";
  const { state } = openJournal({ store, run, clock, bus: makeEventBus() });
  return resultOf(run, status, { state, genome: (id) => keptGenome(store, id) });
}

function keptGenome(store: Store, id: ContentHash): Genome {
  const genome = store.genomes.get(id);
  if (genome === undefined)
    throw new AlleleError({ code: "unknown-genome", kind: "defect", message: `the store has no genome ${id}` });
  return genome;
}

/** What people have said to a run, as it took it, and who leads it. */
export interface SteeringState {
  /** Iterations begun. */
  readonly iterations: number;
  readonly incumbent: number;
  /** Positions in the pool. */
  readonly pinned: readonly number[];
  /** Genomes that were vetoed. */
  readonly barred: readonly ContentHash[];
  /** By position of the command: after which iteration it was taken (counted from 0), and which has its turn. */
  readonly taken: ReadonlyMap<number, { readonly after: number; readonly due: number | undefined }>;
}

/** Reads from a run's journal what people have said to it. */
export function readSteering(store: Store, run: string, clock: Clock): SteeringState {
  const { iteration, incumbent, steering } = openJournal({ store, run, clock, bus: makeEventBus() }).state;
  const taken = new Map<number, { after: number; due: number | undefined }>();
  let after = -1;
  for (const record of store.events.list(run)) {
    const event = record.event as unknown as JournalEvent;
    if (event.type === "iteration-finished") after = event.iteration;
    if (event.type === "steered") taken.set(event.position, { after, due: event.due });
  }
  return { iterations: iteration, incumbent, pinned: steering.pinned, barred: steering.barred, taken };
}

/** How often proposals and children were thrown away, by reason. */
export function refusalCounts(store: Store, run: string): Readonly<Record<string, number>> {
  const reasons = store.events.list(run).flatMap((record) => {
    const event = record.event as unknown as JournalEvent;
    if (event.type === "child-refused") return [event.reason];
    return event.type === "child-rejected" ? ["not-better-on-minibatch"] : [];
  });
  const groups = Map.groupBy(reasons, (reason) => reason);
  return Object.fromEntries([...groups].map(([reason, members]) => [reason, members.length]));
}

/** What the models of a run used, by role. */
export interface SpendByRole {
  /** Rollouts, the sealed test included. */
  readonly task: Spend;
  /** Proposals. `rollouts` is 0, `calls` are those that were answered. */
  readonly reflection: Spend & { readonly calls: number };
}

/** Tokens and money of a run, apart for the model that was optimized and the one that reflected. */
export function spendByRole(store: Store, run: string): SpendByRole {
  return store.events.list(run).reduce<SpendByRole>(
    (sum, record) => {
      const event = record.event as unknown as JournalEvent;
      if (event.type === "rollouts-scored") return { ...sum, task: addSpend(sum.task, event.spent) };
      if (event.type === "reflection-answered") {
        const { reflection } = sum;
        return { ...sum, reflection: { ...addSpend(reflection, event.spent), calls: reflection.calls + 1 } };
      }
      return sum;
    },
    { task: nothingSpent, reflection: { ...nothingSpent, calls: 0 } },
  );
}

/** The sealed test of one genome of a run. */
export interface SealedScores {
  /** By task id; null where the outside failed. */
  readonly scores: ReadonlyMap<string, number | null>;
  /** Mean tokens of a rollout. */
  readonly tokens: number;
  readonly usd: number;
}

/** What the sealed test measured, by genome. Empty before it was opened. */
export function sealedScores(store: Store, run: string): ReadonlyMap<ContentHash, SealedScores> {
  const found = new Map<ContentHash, SealedScores>();
  for (const record of store.events.list(run)) {
    const event = record.event as unknown as JournalEvent;
    if (event.type !== "rollouts-scored" || event.purpose !== "test") continue;
    found.set(event.genome, {
      scores: new Map(event.tasks.map((task, index) => [task, event.scores[index] ?? null])),
      tokens: event.spent.tokens / Math.max(1, event.spent.rollouts),
      usd: event.spent.usd,
    });
  }
  return found;
}
