import type { Random } from "../base/index.ts";
import { inProportion } from "./strata.ts";
import type { ScoreRow } from "./score-matrix.ts";

interface BatchRequest {
  /** Tasks there are; they are named by their positions, from 0 on. */
  readonly tasks: number;
  /** Tasks wanted; all of them when there are fewer. */
  readonly size: number;
  /** How many batches were drawn before. */
  readonly turn: number;
  /** The same stream for every turn; samplers fork it by turn. */
  readonly random: Random;
  /** What the parent scored, by task; null where it was not measured. Left out: nothing is known. */
  readonly scores?: ScoreRow | undefined;
  /** To which stratum each task belongs, such as its tag. Left out: all to one. */
  readonly strata?: readonly string[] | undefined;
}

/** Which training tasks a proposal is made from and screened on. */
export interface BatchSampler {
  readonly name: string;
  /** Positions of tasks, each at most once. */
  sample(request: BatchRequest): readonly number[];
}

/** Tasks are shuffled anew for every epoch and handed out in turn, so that each is seen once before any is seen again. The last batch is filled up from the beginning. */
const epochShuffled: BatchSampler = {
  name: "epoch-shuffled",
  sample: ({ tasks, size, turn, random }) => {
    const batch = Math.min(size, tasks);
    if (batch === 0) return [];
    const perEpoch = Math.ceil(tasks / batch);
    const order = random.fork(`epoch-${Math.floor(turn / perEpoch)}`).shuffle(positions(tasks));
    const start = (turn % perEpoch) * batch;
    return [...order, ...order].slice(start, start + batch);
  },
};

/** Any batch is as likely as any other, whatever was drawn before. */
const uniform: BatchSampler = {
  name: "uniform",
  sample: ({ tasks, size, turn, random }) => random.fork(`uniform-${turn}`).shuffle(positions(tasks)).slice(0, size),
};

/** Of a batch, the share for tasks that the parent fails, when there are so many; the rest shows what must not be broken. */
const FAILING_SHARE = 2 / 3;
/** A score from here on is a pass. */
const PASSED = 1 - 1e-9;

/**
 * Two thirds of the batch are tasks that the parent does not pass, or was not measured on, the rest tasks that it passes, each part holding
 * the strata in proportion to their sizes. Where one part is too small the other fills up.
 */
const failingFirst: BatchSampler = {
  name: "failing-first",
  sample: ({ tasks, size, turn, random, scores = [], strata = [] }) => {
    const draws = random.fork(`failing-${turn}`);
    const isPassed = (task: number): boolean => (scores[task] ?? 0) >= PASSED;
    const all = positions(tasks);
    const failing = inProportion(
      all.filter((task) => !isPassed(task)),
      strata,
      draws,
    );
    const passing = inProportion(all.filter(isPassed), strata, draws);
    const batch = Math.min(size, tasks);
    const wanted = Math.max(Math.ceil(batch * FAILING_SHARE), batch - passing.length);
    const shown = failing.slice(0, wanted);
    return [...shown, ...passing.slice(0, batch - shown.length)];
  },
};

/**
 * As `failing-first`, but thrifty: of the failing part, up to half are tasks that the parent was measured on and failed, which cost nothing more
 * to look at again; the other half it was not measured on.
 */
const thrifty: BatchSampler = {
  name: "thrifty",
  sample: ({ tasks, size, turn, random, scores = [], strata = [] }) => {
    const draws = random.fork(`thrifty-${turn}`);
    const scoreOf = (task: number): number | null => scores[task] ?? null;
    const all = positions(tasks);
    const drawn = (wanted: (score: number | null) => boolean): readonly number[] =>
      inProportion(
        all.filter((task) => wanted(scoreOf(task))),
        strata,
        draws,
      );
    const failed = drawn((score) => score !== null && score < PASSED);
    const fresh = drawn((score) => score === null);
    const passed = drawn((score) => score !== null && score >= PASSED);
    const batch = Math.min(size, tasks);
    const guard = Math.min(passed.length, batch - Math.ceil(batch * FAILING_SHARE));
    const again = Math.min(failed.length, Math.max(Math.floor((batch - guard) / 2), batch - guard - fresh.length));
    const shown = [...failed.slice(0, again), ...fresh.slice(0, batch - guard - again), ...passed.slice(0, guard)];
    return [...shown, ...passed.slice(guard, guard + batch - shown.length)];
  },
};

/** The samplers by the names that options use. */
export const batchSamplers = {
  "epoch-shuffled": epochShuffled,
  uniform,
  "failing-first": failingFirst,
  thrifty,
} as const satisfies Readonly<Record<string, BatchSampler>>;

function positions(tasks: number): readonly number[] {
  return Array.from({ length: tasks }, (_, task) => task);
}
