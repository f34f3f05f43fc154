import type { ContentHash } from "../base/index.ts";
import type { EventRecord } from "../store/index.ts";
import type { JournalEvent } from "./event.ts";

/** Shown tasks on which parent and child were both scored, counted. */
interface PredictionCounts {
  /** Tasks that a hypothesis said would get better, measured or not. */
  readonly predicted: number;
  /** Of these, those that the child was measured on. */
  readonly measured: number;
  /** Of these, those on which the child scored more than its parent. */
  readonly better: number;
  /** Failing tasks that it did not name, and how many of them got better: what a prediction has to beat. */
  readonly unnamed: number;
  readonly unnamedBetter: number;
  /** Tasks, named or not, on which the child scored less than its parent. */
  readonly worse: number;
}

/** What one child was said to mend, and what it did. */
interface Prediction extends PredictionCounts {
  readonly genome: ContentHash;
  readonly operator: string;
  readonly origin: string;
  readonly hypothesis: string;
}

/** The same, for all children of an operator that named tasks. */
interface OperatorPredictions extends PredictionCounts {
  readonly operator: string;
  /** Children that named at least one task. */
  readonly children: number;
}

type Child = Extract<JournalEvent, { type: "child-proposed" }>;
type Scores = Map<string, number>;

/**
 * Holds what children predicted against what came of it on the training tasks they were screened on. Only children that named tasks are
 * there, in the order of the journal; counts are 0 for one that was not measured.
 */
export function predictionsOf(records: readonly EventRecord[]): readonly Prediction[] {
  const pool: ContentHash[] = [];
  const shown = new Map<ContentHash, Scores>();
  const children: { readonly child: Child; readonly parent: Scores; readonly screened: Scores }[] = [];
  let open: ContentHash | undefined;
  for (const record of records) {
    const event = record.event as unknown as JournalEvent;
    switch (event.type) {
      case "run-started":
        open = event.genome;
        break;
      case "child-proposed":
        open = event.genome;
        if ((event.flips ?? []).length > 0)
          children.push({ child: event, parent: scoresOf(pool[event.parents[0] ?? 0]), screened: new Map() });
        break;
      case "candidate-accepted":
        if (open !== undefined) pool[event.candidate] = open;
        break;
      case "rollouts-scored":
        if (event.purpose !== "evidence" && event.purpose !== "screen") break;
        keep(event.purpose === "screen" ? screenedOf(event.genome) : undefined, event);
        keep(scoresOf(event.genome), event);
        break;
      default:
        break;
    }
  }
  return children.map(({ child, parent, screened }) => ({
    genome: child.genome,
    operator: child.origin.split(" ")[0] ?? "",
    origin: child.origin,
    hypothesis: child.hypothesis,
    ...countsOf(child.flips ?? [], parent, screened),
  }));

  function scoresOf(genome: ContentHash | undefined): Scores {
    const scores = (genome && shown.get(genome)) ?? new Map<string, number>();
    if (genome !== undefined) shown.set(genome, scores);
    return scores;
  }

  function screenedOf(genome: ContentHash): Scores | undefined {
    return children.find(({ child }) => child.genome === genome)?.screened;
  }
}

function keep(into: Scores | undefined, { tasks, scores }: Extract<JournalEvent, { type: "rollouts-scored" }>): void {
  for (const [index, task] of tasks.entries()) {
    const score = scores[index] ?? null;
    if (score !== null) into?.set(task, score);
  }
}

/** Predictions added up by operator, those with most children first. */
export function predictionsByOperator(predictions: readonly Prediction[]): readonly OperatorPredictions[] {
  return [...Map.groupBy(predictions, ({ operator }) => operator)]
    .map(([operator, members]) => ({
      operator,
      children: members.length,
      ...members.reduce<PredictionCounts>(add, none),
    }))
    .toSorted((a, b) => b.children - a.children);
}

const none: PredictionCounts = { predicted: 0, measured: 0, better: 0, unnamed: 0, unnamedBetter: 0, worse: 0 };

function add(a: PredictionCounts, b: PredictionCounts): PredictionCounts {
  return {
    predicted: a.predicted + b.predicted,
    measured: a.measured + b.measured,
    better: a.better + b.better,
    unnamed: a.unnamed + b.unnamed,
    unnamedBetter: a.unnamedBetter + b.unnamedBetter,
    worse: a.worse + b.worse,
  };
}

function countsOf(flips: readonly string[], parent: Scores, own: Scores): PredictionCounts {
  const both = [...own].flatMap(([task, after]) => {
    const before = parent.get(task);
    return before === undefined ? [] : [{ before, after, named: flips.includes(task) }];
  });
  const named = both.filter((task) => task.named);
  const unnamed = both.filter((task) => !task.named && task.before < 1);
  const better = (tasks: typeof both): number => tasks.filter(({ before, after }) => after > before).length;
  return {
    predicted: flips.length,
    measured: named.length,
    better: better(named),
    unnamed: unnamed.length,
    unnamedBetter: better(unnamed),
    worse: both.filter(({ before, after }) => after < before).length,
  };
}
