import { AlleleError, type ContentHash, type Json } from "../base/index.ts";
import { pairKey } from "../mutate/index.ts";
import {
  addToFrontier,
  emptyBandit,
  leaderOf,
  newFrontier,
  noProgress,
  observeOperator,
  replaceInFrontier,
  withStep,
  type BanditState,
  type Frontier,
  type GeneRecord,
  type Progress,
} from "../select/index.ts";
import { addSpend, nothingSpent, type Spend } from "./budget.ts";
import type { Attempt, Candidate, Draft, Scores } from "./candidate.ts";
import type { JournalEvent, StopReason } from "./event.ts";
import { emptyIndex, valueAt, withValue, type HashIndex } from "./hash-index.ts";
import { qualityAlone, standingOf, toleranceOf, type Goals } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import { countGenes, soleGene, withAttempt } from "./gene-records.ts";
import { childType } from "./portfolio.ts";
import { retreat } from "./retreat.ts";
import { steer, unsteered, withIncumbent, type Steering } from "./steering.ts";

export type { Candidate, Scores } from "./candidate.ts";

/** Where a run stands. */
export interface RunState {
  readonly phase: "new" | "searching" | "testing" | "finished";
  readonly identity: Json;
  readonly seed: ContentHash | undefined;
  /** Validation task ids in their order. */
  readonly validation: readonly string[];
  readonly goals: Goals;
  /** Iterations begun. */
  readonly iteration: number;
  readonly spent: Spend;
  readonly failed: number;
  readonly candidates: readonly Candidate[];
  readonly frontier: Frontier;
  /** Position of the candidate that is changed next: the latest child of its line that passed its screen. */
  readonly head: number;
  /** Position of the head when it last held its ground on validation. */
  readonly checkpoint: number;
  /** Position of the candidate that is proven best so far; the seed at first. */
  readonly incumbent: number;
  /** How often an incumbent was challenged, and how often it was replaced. */
  readonly challengers: number;
  readonly commits: number;
  /** What was tried in vain lately, oldest first: all of it under "", and under each gene what is known to be its own. */
  readonly attempts: Readonly<Record<string, readonly Attempt[]>>;
  /** Every genome that was in the pool (its position there) or was tried in vain (-1). */
  readonly met: HashIndex<number>;
  /** What changes of each gene came to. */
  readonly genes: Readonly<Record<string, GeneRecord>>;
  /** What each operator gained, and what it took. */
  readonly operators: BanditState;
  /** The latest iteration: its share, the operator drawn, rollouts spent before it, whether its child came into the pool, what that gained. */
  readonly turn: {
    readonly share: number | undefined;
    readonly operator: string | undefined;
    readonly spentBefore: number;
    readonly kept: boolean;
    readonly gain: number;
  };
  /** Pairs that were merged, as `pairKey` names them. */
  readonly merges: readonly string[];
  /** A candidate was accepted in the iteration before. */
  readonly mergeDue: boolean;
  /**
   * The best standing at the end of an iteration so far, the iterations since it rose, and the children proposed: what stop rules ask for; and by how
   * much it rose, iteration by iteration.
   */
  readonly progress: {
    readonly best: number | undefined;
    readonly since: number;
    readonly proposals: number;
    readonly gains: Progress;
  };
  /** Reflection calls that were answered. */
  readonly reflections: number;
  /** Failed reflection calls since the last answer. */
  readonly reflectionFailures: number;
  /** Iterations in a row that made no child. */
  readonly idle: number;
  readonly draft: Draft | undefined;
  readonly stop: StopReason | undefined;
  /** What people have said. */
  readonly steering: Steering;
  /** Test scores by genome. */
  readonly test: Readonly<Record<ContentHash, Scores>>;
  readonly outcome: Outcome | undefined;
}

export const initialState: RunState = {
  phase: "new",
  identity: null,
  seed: undefined,
  validation: [],
  goals: qualityAlone,
  iteration: 0,
  spent: nothingSpent,
  failed: 0,
  candidates: [],
  frontier: newFrontier(),
  head: 0,
  checkpoint: 0,
  incumbent: 0,
  challengers: 0,
  commits: 0,
  attempts: {},
  met: emptyIndex,
  genes: {},
  operators: emptyBandit,
  turn: { share: undefined, operator: undefined, spentBefore: 0, kept: false, gain: 0 },
  merges: [],
  mergeDue: false,
  progress: { best: undefined, since: 0, proposals: 0, gains: noProgress },
  reflections: 0,
  reflectionFailures: 0,
  idle: 0,
  draft: undefined,
  stop: undefined,
  steering: unsteered,
  test: {},
  outcome: undefined,
};

/** The state after one more event. Pure. */
export function apply(state: RunState, event: JournalEvent): RunState {
  switch (event.type) {
    case "run-started": {
      const goals = event.goals ?? qualityAlone;
      return {
        ...state,
        phase: "searching",
        identity: event.identity,
        seed: event.genome,
        validation: event.validation,
        goals,
        frontier: newFrontier(toleranceOf(goals, event.validation.length)),
        draft: { ...emptyDraft, genome: event.genome, origin: "seed" },
      };
    }
    case "rollouts-scored":
      return applyScores(state, event);
    case "iteration-started":
      return {
        ...state,
        iteration: event.iteration + 1,
        idle: state.idle + 1,
        mergeDue: false,
        turn: { ...initialState.turn, share: event.share, spentBefore: state.spent.rollouts },
      };
    case "parent-chosen":
      return state;
    case "member-chosen":
      return { ...state, idle: 0 };
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
      const { type: _, flips: __, ...draft } = event;
      const [first, second] = event.parents;
      const merged = event.origin === "merge" && first !== undefined && second !== undefined;
      return {
        ...state,
        idle: 0,
        draft: { ...emptyDraft, ...draft },
        progress: { ...state.progress, proposals: state.progress.proposals + 1 },
        genes: countGenes(state.genes, draft, { tried: 1, gained: 0 }),
        merges: merged ? [...state.merges, pairKey(first, second)] : state.merges,
      };
    }
    case "child-refused": {
      const { gene, hypothesis, reason, detail } = event;
      if (hypothesis === "") return state;
      const attempt = { gene, change: hypothesis, reason: `${reason}: ${detail}` };
      return { ...state, attempts: withAttempt(state.attempts, attempt) };
    }
    case "child-rejected": {
      const draft = draftOf(state);
      const reason = `on ${event.tasks} tasks the score went from ${event.before.toFixed(2)} to ${event.after.toFixed(2)}`;
      const attempt = { gene: soleGene(draft), change: draft.hypothesis, reason };
      const met = valueAt(state.met, draft.genome) === undefined ? withValue(state.met, draft.genome, -1) : state.met;
      return { ...state, attempts: withAttempt(state.attempts, attempt), met, draft: undefined };
    }
    case "candidate-accepted":
      return accept(state, event.head);
    case "head-checked": {
      const { head, checkpoint, standing } = event;
      // Against a checkpoint that another lane has replaced meanwhile nothing is known.
      if (checkpoint !== state.checkpoint) return state;
      if (standing === "open") return state;
      return standing === "ahead" ? { ...state, checkpoint: head } : { ...state, head: checkpoint };
    }
    case "incumbent-raced": {
      const { challenger } = event;
      // Against one that another lane has replaced meanwhile nothing is proven.
      const committed = event.committed && event.incumbent === state.incumbent;
      const next = { ...state, challengers: state.challengers + 1 };
      if (!committed) return next;
      const followed = challenger === state.checkpoint;
      return {
        ...next,
        commits: state.commits + 1,
        incumbent: challenger,
        head: followed ? state.head : challenger,
        checkpoint: challenger,
        steering: withIncumbent(state.steering, challenger),
      };
    }
    case "steered": {
      const steering = steer(state.steering, event, (genome) => positionOf(state, genome) !== undefined);
      return retreat({ ...state, steering, incumbent: event.incumbent });
    }
    case "iteration-finished":
      return { ...state, draft: undefined, operators: learn(state), progress: progressOf(state) };
    case "run-stopped":
      return { ...state, stop: event.reason };
    case "test-opened":
      return { ...state, phase: "testing" };
    case "run-finished":
      return { ...state, phase: "finished", outcome: event.outcome };
  }
}

const emptyDraft = {
  parents: [],
  origin: "",
  hypothesis: "",
  changes: {},
  train: {},
  validation: {},
  objectives: {},
  spent: nothingSpent,
};

type ScoredEvent = Extract<JournalEvent, { type: "rollouts-scored" }>;

function applyScores(state: RunState, event: ScoredEvent): RunState {
  const next = {
    ...state,
    spent: addSpend(state.spent, event.spent),
    failed: state.failed + event.scores.filter((score) => score === null).length,
  };
  if (event.purpose === "test")
    return {
      ...next,
      test: { ...state.test, [event.genome]: withScores(state.test[event.genome] ?? {}, event.tasks, event.scores) },
    };
  const split =
    event.purpose === "evidence" || (event.purpose === "screen" && !isMerge(state)) ? "train" : "validation";
  if (state.draft?.genome === event.genome) return { ...next, draft: measured(state.draft, event, split) };
  const index = positionOf(state, event.genome) ?? -1;
  const known = candidateAt(state, index);
  const more = measured(known, event, split);
  if (split === "train") return { ...next, candidates: state.candidates.with(index, more) };
  const { row, scores } = standingOf(state.goals, state.validation, more);
  const candidates = state.candidates.with(index, { ...more, mean: meanOf(qualityOf(state, more)) });
  return { ...next, candidates, frontier: replaceInFrontier(state.frontier, index, row, scores) };
}

/** A candidate, or a child, with what was measured of it. */
function measured<T extends Draft>(member: T, event: ScoredEvent, split: "train" | "validation"): T {
  const spent = addSpend(member.spent, event.spent);
  const more = { ...member, spent, [split]: withScores(member[split], event.tasks, event.scores) };
  if (split === "train" || event.objectives === undefined) return more;
  const objectives = Object.entries(event.objectives).map(
    ([name, values]) => [name, withScores(member.objectives[name] ?? {}, event.tasks, values)] as const,
  );
  return { ...more, objectives: { ...member.objectives, ...Object.fromEntries(objectives) } };
}

function qualityOf({ validation }: RunState, candidate: Pick<Draft, "validation">): readonly (number | null)[] {
  return validation.map((task) => candidate.validation[task] ?? null);
}

/** Whether the iteration raised the best standing. */
function progressOf({ frontier, progress }: RunState): RunState["progress"] {
  const best = leaderOf(frontier.totals)?.standing;
  const rose = best !== undefined && (progress.best === undefined || best > progress.best + 1e-12);
  const gains = withStep(progress.gains, rose ? best - (progress.best ?? best) : 0);
  return { ...progress, best: rose ? best : progress.best, since: rose ? 0 : progress.since + 1, gains };
}

/** The same object where nothing is new. */
function withScores(known: Scores, tasks: readonly string[], scores: readonly (number | null)[]): Scores {
  if (tasks.every((task, i) => known[task] === (scores[i] ?? null))) return known;
  return { ...known, ...Object.fromEntries(tasks.map((task, i) => [task, scores[i] ?? null])) };
}

/** Where a genome is in the pool, if it is there. */
export function positionOf({ met }: Pick<RunState, "met">, genome: ContentHash): number | undefined {
  const position = valueAt(met, genome) ?? -1;
  return position < 0 ? undefined : position;
}

function meanOf(row: readonly (number | null)[]): number {
  const scored = row.filter((score) => score !== null);
  return scored.length === 0 ? 0 : scored.reduce((sum, score) => sum + score, 0) / scored.length;
}

function isMerge(state: RunState): boolean {
  return state.draft !== undefined && state.draft.parents.length > 1;
}

function accept(state: RunState, isHead: boolean): RunState {
  const draft = draftOf(state);
  const { row, scores } = standingOf(state.goals, state.validation, draft);
  const mean = meanOf(qualityOf(state, draft));
  const turn = Math.max(0, ...draft.parents.map((parent) => candidateAt(state, parent).turn));
  return {
    ...state,
    candidates: state.candidates.concat({ ...draft, mean, turn }),
    head: isHead ? state.candidates.length : state.head,
    frontier: addToFrontier(state.frontier, row, scores),
    met: withValue(state.met, draft.genome, positionOf(state, draft.genome) ?? state.candidates.length),
    genes: countGenes(state.genes, draft, { tried: 0, gained: 1 }),
    mergeDue: !isHead,
    turn: { ...state.turn, kept: true, gain: draft.origin === "rebase" ? state.turn.gain : gainOf(state, draft) },
    draft: undefined,
  };
}

/** What the operator of the iteration brought for its rollouts. */
function learn({ operators, turn, spent }: RunState): BanditState {
  if (turn.operator === undefined) return operators;
  const cost = Math.max(1, spent.rollouts - turn.spentBefore);
  return observeOperator(operators, { operator: turn.operator, geneType: childType, gain: turn.gain, cost });
}

/**
 * By how much a child is ahead of its first parent on the validation tasks both were scored on, or on the training tasks where it saw no
 * validation, as a mean; never below 0.
 */
function gainOf(state: RunState, draft: Draft): number {
  const parent = state.candidates[draft.parents[0] ?? -1];
  const split = Object.keys(draft.validation).length > 0 ? "validation" : "train";
  const gains = Object.entries(draft[split]).flatMap(([task, after]) => {
    const before = parent?.[split][task] ?? null;
    return before === null || after === null ? [] : [after - before];
  });
  return gains.length === 0 ? 0 : Math.max(0, gains.reduce((sum, gain) => sum + gain, 0) / gains.length);
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
