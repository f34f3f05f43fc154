import type { ContentHash, Json } from "../base/index.ts";
import { mean, scoreInterval } from "../statistics/index.ts";
import type { EventRecord } from "../store/index.ts";
import { addSpend, nothingSpent, type Spend } from "./budget.ts";
import type { JournalEvent, Purpose } from "./event.ts";
import type { TestScore } from "./outcome.ts";

/** A test of a candidate against the incumbent. `wealth` is the evidence for a gain: it commits at 1 / `alpha`. */
export interface RaceRecord {
  readonly incumbent: number;
  readonly pairs: number;
  readonly wealth: number;
  readonly alpha: number;
  readonly committed: boolean;
}

/** What came of a child or of an idea for one. `open`: the journal ends before it was decided. */
type Fate =
  | { readonly kind: "seed" | "open" }
  | {
      /** It joined the pool at the position `candidate`. */
      readonly kind: "accepted";
      readonly candidate: number;
      /** Where it was judged: a child that takes the place of the head was only screened, on training tasks. */
      readonly stage: "screen" | "race";
      /** Means of parent and child over the tasks of that stage that both were scored on by then. */
      readonly before: number;
      readonly after: number;
      readonly tasks: number;
    }
  | {
      /** It was measured and left, `stage` being where. Means over the tasks that both were scored on. */
      readonly kind: "rejected";
      readonly stage: "screen" | "race";
      readonly before: number;
      readonly after: number;
      readonly tasks: number;
    }
  | { readonly kind: "refused"; readonly reason: string; readonly detail: string };

/** A child, or an idea that was refused before it became one. */
export interface Attempt {
  /** Counted from 0; undefined for the seed. */
  readonly iteration: number | undefined;
  /** Rollouts the run had spent when it was decided. */
  readonly rollouts: number;
  readonly genome: ContentHash | undefined;
  /** Positions in the pool. */
  readonly parents: readonly number[];
  readonly operator: string;
  readonly genes: readonly string[];
  readonly origin: string;
  readonly hypothesis: string;
  readonly fate: Fate;
  readonly races: readonly RaceRecord[];
}

/** How good a candidate looked on validation when the run had spent so many rollouts. */
interface ProgressPoint extends TestScore {
  readonly rollouts: number;
  readonly candidate: number;
}

/** A check of the head, a candidate that was only screened until then, against the checkpoint before it. */
interface CheckRecord {
  readonly rollouts: number;
  readonly head: number;
  readonly checkpoint: number;
  readonly before: number;
  readonly after: number;
  readonly tasks: number;
  readonly standing: "ahead" | "behind" | "open";
}

/** What an operator was drawn for and what came of it. `gain` is the sum of the mean gains over the parents of the children that joined. */
interface OperatorRecord {
  readonly operator: string;
  readonly turns: number;
  readonly children: number;
  readonly accepted: number;
  readonly refused: number;
  readonly gain: number;
  readonly rollouts: number;
}

/** What a genome was measured on in this run. */
interface Measured {
  readonly train: ReadonlyMap<string, number | null>;
  readonly validation: ReadonlyMap<string, number | null>;
  readonly test: ReadonlyMap<string, number | null>;
  readonly spent: Spend;
}

/** What happened in a run, as reports tell it. */
export interface RunHistory {
  readonly identity: Json;
  /** In the order in which they were decided, the seed first. */
  readonly attempts: readonly Attempt[];
  /** Each candidate that was measured on validation, when it first was or joined the pool, the seed first. */
  readonly joined: readonly ProgressPoint[];
  /** How the head fared whenever it was checked on validation. Means. */
  readonly checks: readonly CheckRecord[];
  /** The incumbent whenever it, or what is known of it, changed. */
  readonly incumbents: readonly ProgressPoint[];
  readonly operators: readonly OperatorRecord[];
  readonly measured: ReadonlyMap<ContentHash, Measured>;
}

type Child = Extract<JournalEvent, { type: "child-proposed" }>;
type Tally = Pick<CheckRecord, "before" | "after" | "tasks">;
type MutableMeasured = Record<"train" | "validation" | "test", Map<string, number | null>> & { spent: Spend };

/** Origins of children that no operator made. */
const joining: readonly string[] = ["merge", "rebase"];

/** Reads a journal from beginning to end. Entries of a kind that is not known are passed over. */
export function historyOf(records: readonly EventRecord[]): RunHistory {
  let identity: Json = null;
  let validation: ReadonlySet<string> = new Set();
  let spent = nothingSpent;
  let seed: ContentHash | undefined;
  let incumbent = 0;
  let iteration: number | undefined;
  let spentBefore = 0;
  let drawn: { operator: string; genes: string[]; parent: number }[] = [];
  let child: Child | undefined;
  let stage: "screen" | "race" = "screen";
  const pool: ContentHash[] = [];
  const attempts: (Omit<Attempt, "races"> & { races: RaceRecord[] })[] = [];
  const joined: ProgressPoint[] = [];
  const checks: CheckRecord[] = [];
  const incumbents: ProgressPoint[] = [];
  const operators = new Map<string, OperatorRecord>();
  const measured = new Map<ContentHash, MutableMeasured>();

  for (const { event } of records) step(event as unknown as JournalEvent);
  if (child !== undefined) decide({ kind: "open" });
  return { identity, attempts, joined, checks, incumbents, operators: [...operators.values()], measured };

  function step(event: JournalEvent): void {
    switch (event.type) {
      case "run-started":
        identity = event.identity;
        validation = new Set(event.validation);
        seed = event.genome;
        break;
      case "rollouts-scored":
        keepScores(event);
        break;
      case "iteration-started":
        if (iteration === undefined) count(drawn.at(-1)?.operator, { rollouts: spent.rollouts - spentBefore });
        iteration = event.iteration;
        spentBefore = spent.rollouts;
        drawn = [];
        child = undefined;
        break;
      case "gene-chosen":
        draw(event);
        break;
      case "reflection-answered":
        spent = addSpend(spent, event.spent);
        break;
      case "child-proposed":
        if (joining.includes(event.origin)) draw({ operator: event.origin, gene: "", parent: event.parents[0] ?? 0 });
        child = event;
        stage = "screen";
        count(drawn.at(-1)?.operator, { children: 1 });
        break;
      case "child-refused":
        refuse(event);
        break;
      case "child-rejected":
        decide({ kind: "rejected", stage, ...meansOf(event) });
        break;
      case "candidate-accepted":
        accept(event.candidate);
        break;
      case "head-checked":
        check(event);
        break;
      case "incumbent-raced":
        race(event);
        break;
      case "steered":
        incumbent = event.incumbent;
        watchIncumbent();
        break;
      case "iteration-finished":
        count(drawn.at(-1)?.operator, { rollouts: spent.rollouts - spentBefore });
        child = undefined;
        break;
      default:
        break;
    }
  }

  function keepScores({
    genome,
    purpose,
    tasks,
    scores,
    spent: cost,
  }: Extract<JournalEvent, { type: "rollouts-scored" }>): void {
    spent = addSpend(spent, cost);
    const known = measuredOf(genome);
    known.spent = addSpend(known.spent, cost);
    for (const [index, task] of tasks.entries()) known[splitOf(purpose, task)].set(task, scores[index] ?? null);
    if (purpose === "validation" && genome === child?.genome) stage = "race";
    if (purpose !== "test" && genome === pool[incumbent]) watchIncumbent();
  }

  function splitOf(purpose: Purpose, task: string): "train" | "validation" | "test" {
    if (purpose === "test") return "test";
    return validation.has(task) ? "validation" : "train";
  }

  function measuredOf(genome: ContentHash): MutableMeasured {
    const known = measured.get(genome) ?? {
      train: new Map<string, number | null>(),
      validation: new Map<string, number | null>(),
      test: new Map<string, number | null>(),
      spent: nothingSpent,
    };
    measured.set(genome, known);
    return known;
  }

  function draw({ operator, gene, parent }: { operator: string; gene: string; parent: number }): void {
    const last = drawn.at(-1);
    if (last?.operator === operator) last.genes.push(gene);
    else {
      drawn.push({ operator, genes: [gene], parent });
      count(operator, { turns: 1 });
    }
  }

  function refuse({ gene, hypothesis, reason, detail }: Extract<JournalEvent, { type: "child-refused" }>): void {
    const fate = { kind: "refused", reason, detail } as const;
    const turn = drawn.at(-1);
    count(turn?.operator, { refused: 1 });
    if (child !== undefined) return decide(fate);
    if (turn === undefined) return;
    attempts.push({
      iteration,
      rollouts: spent.rollouts,
      genome: undefined,
      parents: [turn.parent],
      operator: turn.operator,
      genes: gene === "" ? [] : [gene],
      origin: gene === "" ? turn.operator : `${turn.operator} ${gene}`,
      hypothesis,
      fate,
      races: [],
    });
  }

  function accept(candidate: number): void {
    const genome = child?.genome ?? seed;
    if (genome === undefined) return;
    pool[candidate] = genome;
    if (measuredOf(genome).validation.size > 0) join(candidate, genome);
    if (child === undefined) {
      spentBefore = spent.rollouts;
      decide({ kind: "seed" });
      watchIncumbent();
      return;
    }
    const split = stage === "screen" ? "train" : "validation";
    const parent = measured.get(pool[child.parents[0] ?? 0] ?? genome)?.[split] ?? new Map<string, number | null>();
    const pairs = [...measuredOf(genome)[split]].flatMap(([task, after]) => {
      const before = parent.get(task) ?? null;
      return before === null || after === null ? [] : [{ before, after }];
    });
    const [before, after] = [mean(pairs.map((pair) => pair.before)), mean(pairs.map((pair) => pair.after))];
    count(drawn.at(-1)?.operator, { accepted: 1, gain: pairs.length === 0 ? 0 : Math.max(0, after - before) });
    decide({ kind: "accepted", candidate, stage, before, after, tasks: pairs.length });
  }

  function join(candidate: number, genome: ContentHash): void {
    joined.push({ rollouts: spent.rollouts, candidate, ...estimateOf(genome) });
  }

  function check({ head, checkpoint, ...event }: Extract<JournalEvent, { type: "head-checked" }>): void {
    checks.push({ rollouts: spent.rollouts, head, checkpoint, ...meansOf(event), standing: event.standing });
    const genome = pool[head];
    if (genome !== undefined && !joined.some(({ candidate }) => candidate === head)) join(head, genome);
  }

  function decide(fate: Fate): void {
    attempts.push({
      iteration: fate.kind === "seed" ? undefined : iteration,
      rollouts: spent.rollouts,
      genome: child?.genome ?? (fate.kind === "seed" ? seed : undefined),
      parents: child?.parents ?? [],
      operator: drawn.at(-1)?.operator ?? "",
      genes: Object.keys(child?.changes ?? {}),
      origin: child?.origin ?? (fate.kind === "seed" ? "seed" : ""),
      hypothesis: child?.hypothesis ?? "",
      fate,
      races: [],
    });
    child = undefined;
  }

  function race(event: Extract<JournalEvent, { type: "incumbent-raced" }>): void {
    const { type: _, challenger, ...record } = event;
    // Against one that another lane has replaced meanwhile nothing is proven.
    const committed = event.committed && event.incumbent === incumbent;
    const raced = attempts.find(({ fate }) => fate.kind === "accepted" && fate.candidate === challenger);
    raced?.races.push({ ...record, committed });
    if (!committed) return;
    incumbent = challenger;
    watchIncumbent();
  }

  function watchIncumbent(): void {
    const genome = pool[incumbent];
    if (genome === undefined) return;
    const point = { rollouts: spent.rollouts, candidate: incumbent, ...estimateOf(genome) };
    const last = incumbents.at(-1);
    if (last?.candidate !== point.candidate || last.n !== point.n || last.score !== point.score) incumbents.push(point);
  }

  function estimateOf(genome: ContentHash): TestScore {
    const scores = [...measuredOf(genome).validation.values()].filter((score) => score !== null);
    return { n: scores.length, score: scores.length === 0 ? 0 : mean(scores), interval: scoreInterval(scores) };
  }

  function count(operator: string | undefined, more: Partial<Omit<OperatorRecord, "operator">>): void {
    if (operator === undefined) return;
    const old = operators.get(operator) ?? {
      operator,
      turns: 0,
      children: 0,
      accepted: 0,
      refused: 0,
      gain: 0,
      rollouts: 0,
    };
    operators.set(operator, {
      operator,
      turns: old.turns + (more.turns ?? 0),
      children: old.children + (more.children ?? 0),
      accepted: old.accepted + (more.accepted ?? 0),
      refused: old.refused + (more.refused ?? 0),
      gain: old.gain + (more.gain ?? 0),
      rollouts: old.rollouts + (more.rollouts ?? 0),
    });
  }
}

/** Sums over tasks as means; 0 where there are no tasks. */
function meansOf({ before, after, tasks }: Tally): Tally {
  const count = Math.max(1, tasks);
  return { before: before / count, after: after / count, tasks };
}
