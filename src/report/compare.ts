import { makeRandom } from "../base/index.ts";
import type { Rollout, Scored } from "../evaluate/index.ts";
import { mean, pairedComparison, type PairedComparison, type Verdict } from "../statistics/index.ts";
import { oneAnswer } from "./one-answer.ts";
import { PASS_MARK } from "./pass-mark.ts";

export interface Side {
  readonly score: number;
  /** US dollars in all. */
  readonly usd: number;
  /** Mean input and output tokens of a rollout. */
  readonly tokens: number;
  /** Mean model calls of a rollout, where known. */
  readonly steps?: number | undefined;
  /** Mean wall clock of a rollout, where known; of one that was read back, as it was when it was paid for. */
  readonly milliseconds?: number | undefined;
  /** The answer that it gave to every task, where it gave one alone and called no tool. */
  readonly oneAnswer?: string | undefined;
}

interface TagComparison {
  readonly n: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  readonly verdict: Verdict;
}

/** Is B better than A? Paired over the tasks that both completed. */
export interface Comparison extends PairedComparison {
  readonly a: Side;
  readonly b: Side;
  /** Tasks that only B passes, and that only A passes. */
  readonly fixed: readonly string[];
  readonly broken: readonly string[];
  /** Pairs left out because the outside failed on one side. */
  readonly excluded: number;
  readonly byTag: Readonly<Record<string, TagComparison>>;
}

/** One task with the scores of both sides. */
export interface ScorePair {
  readonly task: string;
  readonly a: number;
  readonly b: number;
}

/** What a comparison knows of its tasks, by id: tags for the breakdown, families for what is not independent. */
export type TaskFacts = ReadonlyMap<string, { readonly tags: readonly string[]; readonly family?: string | undefined }>;

/** Compares two sets of rollouts over the same tasks. Repeats of a task are one observation: the mean of those both completed. */
export function compareRollouts(a: readonly Rollout[], b: readonly Rollout[], facts: TaskFacts): Comparison {
  const key = (rollout: Rollout): string => `${rollout.repeat}/${rollout.task}`;
  const others = new Map(b.map((rollout) => [key(rollout), rollout]));
  const pairs: (readonly [Scored, Scored])[] = [];
  for (const left of a) {
    const right = others.get(key(left));
    if (left.state === "scored" && right?.state === "scored") pairs.push([left, right]);
  }
  const byTask = [...Map.groupBy(pairs, ([left]) => left.task)].map(([task, group]) => ({
    task,
    a: mean(group.map(([left]) => left.score)),
    b: mean(group.map(([, right]) => right.score)),
  }));
  return comparePairs(byTask, facts, {
    a: costsOf(pairs.map(([left]) => left)),
    b: costsOf(pairs.map(([, right]) => right)),
    excluded: a.length - pairs.length,
  });
}

/** Compares two sides by their scores on the same tasks. */
export function comparePairs(
  pairs: readonly ScorePair[],
  facts: TaskFacts,
  known: { readonly a: Omit<Side, "score">; readonly b: Omit<Side, "score">; readonly excluded: number },
): Comparison {
  const random = makeRandom("compare");
  const compare = (subset: readonly ScorePair[], name: string): PairedComparison =>
    pairedComparison(
      subset.map(({ a }) => a),
      subset.map(({ b }) => b),
      random.fork(name),
      subset.map(({ task }) => facts.get(task)?.family),
    );
  const names = [...new Set(pairs.flatMap(({ task }) => facts.get(task)?.tags ?? []))].toSorted();
  const byTag = names.map((tag) => {
    const subset = pairs.filter(({ task }) => facts.get(task)?.tags.includes(tag));
    const { n, difference, interval, p, verdict } = compare(subset, `tag:${tag}`);
    return [tag, { n, difference, interval, p, verdict }] as const;
  });
  return {
    ...compare(pairs, "all"),
    a: { score: mean(pairs.map(({ a }) => a)), ...known.a },
    b: { score: mean(pairs.map(({ b }) => b)), ...known.b },
    fixed: pairs.filter(({ a, b }) => a < PASS_MARK && b >= PASS_MARK).map(({ task }) => task),
    broken: pairs.filter(({ a, b }) => a >= PASS_MARK && b < PASS_MARK).map(({ task }) => task),
    excluded: known.excluded,
    byTag: Object.fromEntries(byTag),
  };
}

function costsOf(rollouts: readonly Scored[]): Omit<Side, "score"> {
  const answer = oneAnswer(rollouts.map(({ trace }) => trace));
  return {
    ...(answer !== undefined && { oneAnswer: answer }),
    usd: rollouts.reduce((sum, rollout) => sum + rollout.usage.usd, 0),
    tokens: mean(rollouts.map((rollout) => rollout.usage.inputTokens + rollout.usage.outputTokens)),
    steps: mean(rollouts.map((rollout) => rollout.usage.modelCalls)),
    milliseconds: mean(rollouts.map((rollout) => rollout.usage.milliseconds)),
  };
}
