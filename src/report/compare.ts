import { makeRandom } from "../base/index.ts";
import type { Rollout, Scored } from "../evaluate/index.ts";
import { mean, pairedComparison, type PairedComparison, type Verdict } from "../statistics/index.ts";

/** A task counts as passed from this score on. Used for "fixed" and "broken" only; differences use the scores themselves. */
export const PASS_MARK = 0.9;

export interface Side {
  readonly score: number;
  readonly usd: number;
  /** Mean input and output tokens of a rollout. */
  readonly tokens: number;
  /** Mean model calls of a rollout. */
  readonly steps: number;
}

export interface TagComparison {
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

/** Compares two sets of rollouts over the same tasks, matched by task and repeat. `tags` gives each task's tags. */
export function compareRollouts(
  a: readonly Rollout[],
  b: readonly Rollout[],
  tags: ReadonlyMap<string, readonly string[]>,
  seed: number | string = "compare",
): Comparison {
  const random = makeRandom(seed);
  const other = new Map(b.map((rollout) => [pairKey(rollout), rollout]));
  const pairs: (readonly [Scored, Scored])[] = [];
  for (const left of a) {
    const right = other.get(pairKey(left));
    if (left.state === "scored" && right?.state === "scored") pairs.push([left, right]);
  }
  const differenceOf = (subset: typeof pairs, name: string): PairedComparison =>
    pairedComparison(
      subset.map(([left]) => left.score),
      subset.map(([, right]) => right.score),
      random.fork(name),
    );
  const names = [...new Set(pairs.flatMap(([left]) => tags.get(left.task) ?? []))].toSorted();
  const byTag = names.map((tag) => {
    const subset = pairs.filter(([left]) => tags.get(left.task)?.includes(tag));
    const { n, difference, interval, p, verdict } = differenceOf(subset, `tag:${tag}`);
    return [tag, { n, difference, interval, p, verdict }] as const;
  });
  return {
    ...differenceOf(pairs, "all"),
    a: sideOf(pairs.map(([left]) => left)),
    b: sideOf(pairs.map(([, right]) => right)),
    fixed: pairs.filter(([x, y]) => x.score < PASS_MARK && y.score >= PASS_MARK).map(([x]) => x.task),
    broken: pairs.filter(([x, y]) => x.score >= PASS_MARK && y.score < PASS_MARK).map(([x]) => x.task),
    excluded: a.length - pairs.length,
    byTag: Object.fromEntries(byTag),
  };
}

function pairKey(rollout: Rollout): string {
  return `${rollout.repeat}/${rollout.task}`;
}

function sideOf(rollouts: readonly Scored[]): Side {
  return {
    score: mean(rollouts.map((rollout) => rollout.score)),
    usd: rollouts.reduce((sum, rollout) => sum + rollout.usage.usd, 0),
    tokens: mean(rollouts.map((rollout) => rollout.usage.inputTokens + rollout.usage.outputTokens)),
    steps: mean(rollouts.map((rollout) => rollout.usage.modelCalls)),
  };
}
