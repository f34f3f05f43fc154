import { sum } from "../base/index.ts";
import {
  bestMeasured,
  foldEvent,
  initialState,
  type JournalEvent,
  type RunEvent,
  type RunState,
} from "../evolve/index.ts";
import type { LiveBatch, LiveCandidate, LiveOperator, LiveRun } from "../report/index.ts";
import { scoreInterval } from "../statistics/index.ts";
import type { RunOptions } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** What is known of a run before its first event. */
export type LiveFacts = Pick<LiveRun, "run" | "dataset" | "simulated" | "since" | "budget">;

export function liveFacts({ clock }: Workbench, run: string, options: RunOptions): LiveFacts {
  return {
    run,
    dataset: options.datasetName,
    simulated: options.task.kind === "simulated",
    since: clock.now(),
    budget: options.evolve.budget,
  };
}

export function journalOf({ store }: Workbench, run: string): readonly JournalEvent[] {
  return store.events.list(run).map(({ event }) => event as unknown as JournalEvent);
}

interface UnderWay extends LiveBatch {
  readonly genome: string;
  /** Of what was not read from the store. */
  readonly tokens: number;
  readonly usd: number;
}

/** The journal folded, and beside it what is not journalled yet. */
interface LiveState {
  readonly run: RunState;
  readonly batches: readonly UnderWay[];
  readonly paid: number;
  readonly history: readonly number[];
  readonly operators: Readonly<Record<string, LiveOperator>>;
}

/** Follows a run: `records` is its journal so far; afterwards it hears events. `view` may be asked at any time. */
export function followLive(
  facts: LiveFacts,
  records: readonly JournalEvent[],
): { readonly hear: (event: RunEvent) => void; readonly view: () => LiveRun } {
  let state = records.reduce<LiveState>(hear, {
    run: initialState,
    batches: [],
    paid: 0,
    history: [],
    operators: {},
  });
  return {
    hear: (event) => {
      state = hear(state, event);
    },
    view: () => viewOf(facts, state),
  };
}

function hear(state: LiveState, event: RunEvent): LiveState {
  switch (event.type) {
    case "batch-started": {
      const { iteration, purpose, genome, tasks } = event;
      const batch = { iteration, purpose, genome, done: 0, total: tasks, tokens: 0, usd: 0 };
      return { ...state, batches: [...state.batches, batch] };
    }
    case "rollout-finished": {
      const index = state.batches.findLastIndex((batch) => isOf(batch, event) && batch.done < batch.total);
      const batch = state.batches[index];
      if (batch === undefined) return state;
      const { tokens, usd } = event.reused ? { tokens: 0, usd: 0 } : event;
      const more = { ...batch, done: batch.done + 1, tokens: batch.tokens + tokens, usd: batch.usd + usd };
      return { ...state, batches: state.batches.with(index, more), paid: state.paid + (event.reused ? 0 : 1) };
    }
    default:
      return journalled(state, event);
  }
}

function journalled(state: LiveState, event: JournalEvent): LiveState {
  const next = { ...state, run: foldEvent(state.run, event) };
  if (event.type === "rollouts-scored") {
    const index = state.batches.findIndex(
      ({ purpose, genome }) => purpose === event.purpose && genome === event.genome,
    );
    return index === -1 ? next : { ...next, batches: state.batches.toSpliced(index, 1) };
  }
  if (event.type !== "iteration-finished") return next;
  const best = bestOf(next.run);
  return {
    ...next,
    batches: state.batches.filter(({ iteration }) => iteration !== event.iteration + 1),
    operators: countTurn(state.operators, state.run),
    history: best === undefined ? state.history : [...state.history, best.score],
  };
}

function countTurn(operators: LiveState["operators"], { turn }: RunState): LiveState["operators"] {
  const { operator, kept, gain } = turn;
  if (operator === undefined) return operators;
  const known = operators[operator] ?? { operator, tried: 0, kept: 0, gain: 0 };
  return {
    ...operators,
    [operator]: { operator, tried: known.tried + 1, kept: known.kept + (kept ? 1 : 0), gain: known.gain + gain },
  };
}

function isOf(
  batch: UnderWay,
  event: { readonly iteration: number; readonly purpose: string; readonly genome: string },
): boolean {
  return batch.iteration === event.iteration && batch.purpose === event.purpose && batch.genome === event.genome;
}

function viewOf(facts: LiveFacts, { run, batches, paid, history, operators }: LiveState): LiveRun {
  const { spent } = run;
  return {
    ...facts,
    phase: phaseOf(run),
    spent: {
      rollouts: spent.rollouts + sum(batches.map(({ done }) => done)),
      tokens: spent.tokens + sum(batches.map(({ tokens }) => tokens)),
      usd: spent.usd + sum(batches.map(({ usd }) => usd)),
    },
    paid,
    failed: run.failed,
    iterations: run.iteration,
    batches: batches.filter(({ done, total }) => done < total),
    incumbent: run.candidates.length === 0 ? undefined : candidateOf(run, run.incumbent),
    best: bestOf(run),
    history,
    operators: Object.values(operators).toSorted((a, b) => b.gain - a.gain || b.tried - a.tried),
  };
}

function phaseOf({ phase, candidates, stop }: RunState): LiveRun["phase"] {
  if (phase === "finished") return "finished";
  if (phase === "testing") return "sealed test";
  if (candidates.length === 0) return "seed";
  return stop === undefined ? "search" : "last race";
}

function bestOf(run: RunState): LiveCandidate | undefined {
  const best = bestMeasured(
    run.candidates.map(({ mean, validation }) => ({ score: mean, n: scored(validation).length })),
  );
  return best === -1 ? undefined : candidateOf(run, best);
}

function candidateOf({ candidates }: RunState, index: number): LiveCandidate {
  const { validation = {}, origin = "", mean = 0 } = candidates[index] ?? {};
  const scores = scored(validation);
  return { index, origin: index === 0 ? "" : origin, n: scores.length, score: mean, interval: scoreInterval(scores) };
}

function scored(scores: Readonly<Record<string, number | null>>): readonly number[] {
  return Object.values(scores).filter((score) => score !== null);
}
