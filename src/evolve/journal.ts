import type { Clock, ContentHash, EventBus, Json } from "../base/index.ts";
import type { Store } from "../store/index.ts";
import type { JournalEvent, RunEvent } from "./event.ts";
import { apply, initialState, type RunState } from "./state.ts";

/** The one way a run changes: events, told to listeners at once and written together at the end of a step. */
export interface Journal {
  /** The fold of all events, written or not yet. */
  readonly state: RunState;
  /** The state before iteration `index`: after the seed was measured, or after the iteration before it. Kept for as many as there are lanes. */
  before(index: number): RunState | undefined;
  /** Whether the run has a score of this genome on this task, which was paid for once and is counted. */
  isCounted(genome: ContentHash, task: string): boolean;
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
  /** Iterations that may be under way at once; left out: one. */
  readonly lanes?: number;
}): Journal {
  const { store, run, clock, bus, lanes = 1 } = inputs;
  const records = store.events.list(run);
  const boundaries = new Map<number, RunState>();
  const counted = new Map<ContentHash, Set<string>>();
  let state = records.reduce((folded, { event }) => step(folded, event as unknown as JournalEvent), initialState);
  let committed = state;
  let written = records.length;
  let pending: { at: number; event: JournalEvent }[] = [];
  let writes: (() => void)[] = [];
  return {
    get state() {
      return state;
    },
    before: (index) => boundaries.get(index),
    isCounted: (genome, task) => counted.get(genome)?.has(task) === true,
    emit: (event) => {
      state = step(state, event);
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

  function step(from: RunState, event: JournalEvent): RunState {
    const found = foundByDraft.get(event);
    const to = found?.from === from ? found.to : apply(from, event);
    if (event.type === "rollouts-scored") {
      const { genome, tasks, scores } = event;
      const known = counted.get(genome) ?? new Set();
      counted.set(genome, known);
      for (const [i, task] of tasks.entries()) if ((scores[i] ?? null) !== null) known.add(task);
    }
    if (isBetweenIterations(event, to)) {
      boundaries.set(to.iteration, to);
      boundaries.delete(to.iteration - lanes);
    }
    return to;
  }
}

/** Whether an iteration may begin from the state after this event. */
function isBetweenIterations({ type }: JournalEvent, { candidates, iteration }: RunState): boolean {
  if (iteration === 0) return candidates.length > 0;
  return type === "iteration-finished" || type === "steered";
}

/** A journal of one iteration on a state of the run: what it holds is written by the run's own journal, later and in its turn. */
export interface Draft extends Journal {
  readonly events: readonly JournalEvent[];
  readonly writes: readonly (() => void)[];
}

/** What an event made of the state of a draft: where nothing else came meanwhile it makes the same of the run's. */
const foundByDraft = new WeakMap<JournalEvent, { readonly from: RunState; readonly to: RunState }>();

/** Opens a journal that begins at a state and writes nothing. Listeners hear what is announced at once, events when they are written. */
export function draftJournal(base: RunState, bus: EventBus<RunEvent>): Draft {
  const events: JournalEvent[] = [];
  const writes: (() => void)[] = [];
  let state = base;
  return {
    events,
    writes,
    get state() {
      return state;
    },
    before: () => undefined,
    isCounted: () => false,
    emit: (event) => {
      const from = state;
      state = apply(from, event);
      events.push(event);
      foundByDraft.set(event, { from, to: state });
    },
    announce: (event) => bus.publish(event),
    alongside: (write) => {
      writes.push(write);
    },
    commit: () => {},
    discard: () => {},
  };
}
