import { makeEventBus } from "../base/index.ts";
import type { Clock } from "../base/index.ts";
import type { Store } from "../store/index.ts";
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
