import type { Clock, EventBus, Json } from "../base/index.ts";
import type { Store } from "../store/index.ts";
import type { JournalEvent, RunEvent } from "./event.ts";
import { apply, initialState, type RunState } from "./state.ts";

/** The one way a run changes: events, told to listeners at once and written together at the end of a step. */
export interface Journal {
  /** The fold of all events, written or not yet. */
  readonly state: RunState;
  emit(event: JournalEvent): void;
  /** Tells listeners only: nothing is kept. */
  announce(event: RunEvent): void;
  /** Has something else written to the store with the next commit, or not at all. */
  alongside(write: () => void): void;
  /** Writes everything since the last commit in one transaction. What was never committed is done again on resume. */
  commit(): void;
  /** Forgets everything since the last commit. */
  discard(): void;
}

/** Opens the journal of a run and folds what is there. Listeners hear only what is new. */
export function openJournal(inputs: {
  readonly store: Store;
  readonly run: string;
  readonly clock: Clock;
  readonly bus: EventBus<RunEvent>;
}): Journal {
  const { store, run, clock, bus } = inputs;
  const records = store.events.list(run);
  let state = records.reduce((folded, { event }) => apply(folded, event as unknown as JournalEvent), initialState);
  let committed = state;
  let written = records.length;
  let pending: { at: number; event: JournalEvent }[] = [];
  let writes: (() => void)[] = [];
  return {
    get state() {
      return state;
    },
    emit: (event) => {
      state = apply(state, event);
      pending.push({ at: clock.now(), event });
      bus.publish(event);
    },
    announce: (event) => bus.publish(event),
    alongside: (write) => {
      writes.push(write);
    },
    commit: () => {
      store.transaction(() => {
        for (const write of writes) write();
        store.events.append(
          run,
          pending.map(({ at, event }, i) => ({ index: written + i, at, event: event as unknown as Json })),
        );
      });
      written += pending.length;
      pending = [];
      writes = [];
      committed = state;
    },
    discard: () => {
      pending = [];
      writes = [];
      state = committed;
    },
  };
}
