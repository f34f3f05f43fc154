import { AlleleError, type ContentHash, type Json } from "../base/index.ts";
import { pairKey } from "../mutate/index.ts";
import {
  addToFrontier,
  emptyBandit,
  newFrontier,
  observeOperator,
  type BanditState,
  type Frontier,
  type GeneRecord,
} from "../select/index.ts";
import { addSpend, nothingSpent, type Spend } from "./budget.ts";
import type { Changes, JournalEvent, StopReason } from "./event.ts";
import type { Outcome } from "./outcome.ts";
import { childType } from "./portfolio.ts";

/** Scores of one genome by task id; null where the outside failed. */
export type Scores = Readonly<Record<string, number | null>>;

/** A child on its way into the pool. */
interface Draft {
  readonly genome: ContentHash;
  /** Positions in the pool. */
  readonly parents: readonly number[];
  readonly origin: string;
  readonly hypothesis: string;
  readonly changes: Changes;
  readonly train: Scores;
  readonly validation: Scores;
}

/** A member of the pool. */
export interface Candidate extends Draft {
  /** Mean over the validation tasks it was scored on. */
  readonly mean: number;
  /** How often one of its genes, or of its ancestors', was chosen: where the round robin stands. */
  readonly turn: number;
}

/** A child that did not make it, for the proposer's memory. */
interface Attempt {
  /** Absent when it was refused before it became a genome. */
  readonly genome: ContentHash | undefined;
  readonly gene: string;
  readonly change: string;
  readonly reason: string;
}

/** Where a run stands. */
export interface RunState {
  readonly phase: "new" | "searching" | "testing" | "finished";
  readonly identity: Json;
  readonly seed: ContentHash | undefined;
  /** Validation task ids in their order. */
  readonly validation: readonly string[];
  /** Iterations begun. */
  readonly iteration: number;
  readonly spent: Spend;
  readonly failed: number;
  readonly candidates: readonly Candidate[];
  readonly frontier: Frontier;
  /** Position of the candidate that is proven best so far; the seed at first. */
  readonly incumbent: number;
  /** How often an incumbent was challenged, and how often it was replaced. */
  readonly challengers: number;
  readonly commits: number;
  readonly attempts: readonly Attempt[];
  /** What changes of each gene came to. */
  readonly genes: Readonly<Record<string, GeneRecord>>;
  /** What each operator gained, and what it took. */
  readonly operators: BanditState;
  /** The iteration under way: the operator drawn, rollouts spent before it, what its child gained. */
  readonly turn: { readonly operator: string | undefined; readonly spentBefore: number; readonly gain: number };
  /** Pairs that were merged, as `pairKey` names them. */
  readonly merges: readonly string[];
  /** A candidate was accepted in the iteration before. */
  readonly mergeDue: boolean;
  /** Reflection calls that were answered. */
  readonly reflections: number;
  /** Failed reflection calls since the last answer. */
  readonly reflectionFailures: number;
  /** Iterations in a row that made no child. */
  readonly idle: number;
  readonly draft: Draft | undefined;
  readonly stop: StopReason | undefined;
  /** Test scores by genome. */
  readonly test: Readonly<Record<ContentHash, Scores>>;
  readonly outcome: Outcome | undefined;
}

export const initialState: RunState = {
  phase: "new",
  identity: null,
  seed: undefined,
  validation: [],
  iteration: 0,
  spent: nothingSpent,
  failed: 0,
  candidates: [],
  frontier: newFrontier(),
  incumbent: 0,
  challengers: 0,
  commits: 0,
  attempts: [],
  genes: {},
  operators: emptyBandit,
  turn: { operator: undefined, spentBefore: 0, gain: 0 },
  merges: [],
  mergeDue: false,
  reflections: 0,
  reflectionFailures: 0,
  idle: 0,
  draft: undefined,
  stop: undefined,
  test: {},
  outcome: undefined,
};

/** The state after one more event. Pure. */
export function apply(state: RunState, event: JournalEvent): RunState {
  switch (event.type) {
    case "run-started":
      return {
        ...state,
        phase: "searching",
        identity: event.identity,
        seed: event.genome,
        validation: event.validation,
        draft: { ...emptyDraft, genome: event.genome, origin: "seed" },
      };
    case "rollouts-scored":
      return applyScores(state, event);
    case "iteration-started":
      return {
        ...state,
        iteration: event.iteration + 1,
        idle: state.idle + 1,
        mergeDue: false,
        turn: { operator: undefined, spentBefore: state.spent.rollouts, gain: 0 },
      };
    case "parent-chosen":
      return state;
    case "gene-chosen": {
      const parent = candidateAt(state, event.parent);
      return {
        ...state,
        candidates: state.candidates.with(event.parent, { ...parent, turn: parent.turn + 1 }),
        turn: { ...state.turn, operator: event.operator },
      };
    }
    case "reflection-answered":
      return {
        ...state,
        spent: addSpend(state.spent, event.spent),
        reflections: state.reflections + 1,
        reflectionFailures: 0,
      };
    case "reflection-failed":
      return { ...state, reflectionFailures: state.reflectionFailures + 1 };
    case "child-proposed": {
      const { type: _, ...draft } = event;
      const [first, second] = event.parents;
      const merged = first !== undefined && second !== undefined;
      return {
        ...state,
        idle: 0,
        draft: { ...draft, train: {}, validation: {} },
        genes: countGenes(state.genes, draft, { tried: 1, gained: 0 }),
        merges: merged ? [...state.merges, pairKey(first, second)] : state.merges,
      };
    }
    case "child-refused": {
      const { gene, hypothesis, reason, detail } = event;
      if (hypothesis === "") return state;
      const attempt = { genome: undefined, gene, change: hypothesis, reason: `${reason}: ${detail}` };
      return { ...state, attempts: [...state.attempts, attempt] };
    }
    case "child-rejected": {
      const draft = draftOf(state);
      const reason = `on ${event.tasks} tasks the score went from ${event.before.toFixed(2)} to ${event.after.toFixed(2)}`;
      const attempt = { genome: draft.genome, gene: soleGene(draft), change: draft.hypothesis, reason };
      return { ...state, attempts: [...state.attempts, attempt], draft: undefined };
    }
    case "candidate-accepted":
      return accept(state);
    case "incumbent-raced": {
      const { challenger } = event;
      // Against one that another lane has replaced meanwhile nothing is proven.
      const committed = event.committed && event.incumbent === state.incumbent;
      return {
        ...state,
        challengers: state.challengers + 1,
        commits: state.commits + (committed ? 1 : 0),
        incumbent: committed ? challenger : state.incumbent,
      };
    }
    case "iteration-finished":
      return { ...state, draft: undefined, operators: learn(state) };
    case "run-stopped":
      return { ...state, stop: event.reason };
    case "test-opened":
      return { ...state, phase: "testing" };
    case "run-finished":
      return { ...state, phase: "finished", outcome: event.outcome };
  }
}

const emptyDraft = { parents: [], origin: "", hypothesis: "", changes: {}, train: {}, validation: {} };

function applyScores(state: RunState, event: Extract<JournalEvent, { type: "rollouts-scored" }>): RunState {
  const scores: Scores = Object.fromEntries(event.tasks.map((task, i) => [task, event.scores[i] ?? null]));
  const next = {
    ...state,
    spent: addSpend(state.spent, event.spent),
    failed: state.failed + event.scores.filter((score) => score === null).length,
  };
  if (event.purpose === "test")
    return { ...next, test: { ...state.test, [event.genome]: { ...state.test[event.genome], ...scores } } };
  const split =
    event.purpose === "evidence" || (event.purpose === "screen" && !isMerge(state)) ? "train" : "validation";
  if (state.draft?.genome === event.genome)
    return { ...next, draft: { ...state.draft, [split]: { ...state.draft[split], ...scores } } };
  const index = state.candidates.findIndex(({ genome }) => genome === event.genome);
  const known = candidateAt(state, index);
  const more = { ...known, [split]: { ...known[split], ...scores } };
  if (split === "train") return { ...next, candidates: state.candidates.with(index, more) };
  const mean = meanOf(state.validation.map((task) => more.validation[task] ?? null));
  const candidates = state.candidates.with(index, { ...more, mean });
  return { ...next, candidates, frontier: frontierOf(state.validation, candidates) };
}

/** The frontier, made anew: a row of it grew. */
function frontierOf(validation: readonly string[], candidates: readonly Candidate[]): Frontier {
  return candidates.reduce(
    (frontier, candidate) =>
      addToFrontier(
        frontier,
        validation.map((task) => candidate.validation[task] ?? null),
      ),
    newFrontier(),
  );
}

function meanOf(row: readonly (number | null)[]): number {
  const scored = row.filter((score) => score !== null);
  return scored.length === 0 ? 0 : scored.reduce((sum, score) => sum + score, 0) / scored.length;
}

function isMerge(state: RunState): boolean {
  return state.draft !== undefined && state.draft.parents.length > 1;
}

function accept(state: RunState): RunState {
  const draft = draftOf(state);
  const row = state.validation.map((task) => draft.validation[task] ?? null);
  const mean = meanOf(row);
  const turn = Math.max(0, ...draft.parents.map((parent) => candidateAt(state, parent).turn));
  return {
    ...state,
    candidates: [...state.candidates, { ...draft, mean, turn }],
    frontier: addToFrontier(state.frontier, row),
    genes: countGenes(state.genes, draft, { tried: 0, gained: 1 }),
    mergeDue: true,
    turn: { ...state.turn, gain: gainOf(state, draft) },
    draft: undefined,
  };
}

/** What the operator of the iteration brought for its rollouts. */
function learn({ operators, turn, spent }: RunState): BanditState {
  if (turn.operator === undefined) return operators;
  const cost = Math.max(1, spent.rollouts - turn.spentBefore);
  return observeOperator(operators, { operator: turn.operator, geneType: childType, gain: turn.gain, cost });
}

/** By how much a child is ahead of its first parent on the validation tasks both were scored on, as a mean; never below 0. */
function gainOf(state: RunState, draft: Draft): number {
  const parent = state.candidates[draft.parents[0] ?? -1];
  const gains = state.validation.flatMap((task) => {
    const [before, after] = [parent?.validation[task] ?? null, draft.validation[task] ?? null];
    return before === null || after === null ? [] : [after - before];
  });
  return gains.length === 0 ? 0 : Math.max(0, gains.reduce((sum, gain) => sum + gain, 0) / gains.length);
}

/** Merges and the seed change no gene of their own. */
function countGenes(
  genes: RunState["genes"],
  child: Pick<Draft, "parents" | "changes">,
  more: GeneRecord,
): RunState["genes"] {
  if (child.parents.length !== 1) return genes;
  const counted = Object.keys(child.changes).map((gene) => {
    const { tried, gained } = genes[gene] ?? { tried: 0, gained: 0 };
    return [gene, { tried: tried + more.tried, gained: gained + more.gained }] as const;
  });
  return { ...genes, ...Object.fromEntries(counted) };
}

/** The gene a failure can be laid to: the only one that was changed. Of several changes at once, none is known to be at fault. */
function soleGene({ parents, changes }: Draft): string {
  const [gene = "", ...others] = Object.keys(changes);
  return parents.length === 1 && others.length === 0 ? gene : "";
}

function candidateAt(state: RunState, index: number): Candidate {
  const candidate = state.candidates[index];
  if (candidate === undefined) throw outOfStep(`there is no candidate ${index}`);
  return candidate;
}

function draftOf(state: RunState): Draft {
  if (state.draft === undefined) throw outOfStep("there is no child to judge");
  return state.draft;
}

function outOfStep(message: string): AlleleError {
  return new AlleleError({
    code: "journal-out-of-step",
    kind: "defect",
    message: `the run's journal makes no sense: ${message}`,
  });
}
