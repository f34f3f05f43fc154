import { makeEventBus, type Clock, type ContentHash } from "../base/index.ts";
import type { Store } from "../store/index.ts";
import { addSpend, nothingSpent, type Spend } from "./budget.ts";
import type { JournalEvent } from "./event.ts";
import { openJournal } from "./journal.ts";
import { resultOf } from "./result.ts";
import type { RunResult } from "./run-result.ts";

/** What a run came to so far, read from its journal; changes nothing. The run must be in the store. */
export function readRun(store: Store, run: string, clock: Clock): RunResult {
  const status = store.runs.get(run)?.status ?? "failed";
  return resultOf(run, status, openJournal({ store, run, clock, bus: makeEventBus() }).state);
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
  /** Proposals. `rollouts` is 0. */
  readonly reflection: Spend;
}

/** Tokens and money of a run, apart for the model that was optimized and the one that reflected. */
export function spendByRole(store: Store, run: string): SpendByRole {
  return store.events.list(run).reduce<SpendByRole>(
    (sum, record) => {
      const event = record.event as unknown as JournalEvent;
      if (event.type === "rollouts-scored") return { ...sum, task: addSpend(sum.task, event.spent) };
      if (event.type === "reflection-answered") return { ...sum, reflection: addSpend(sum.reflection, event.spent) };
      return sum;
    },
    { task: nothingSpent, reflection: nothingSpent },
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
