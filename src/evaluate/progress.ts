import type { Clock } from "../base/index.ts";
import { addScore, intervalOfSums, noScores } from "../statistics/index.ts";
import type { Rollout } from "./rollout.ts";

/** How far a batch is, for whoever waits. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Read from the cache. */
  readonly reused: number;
  readonly failed: number;
  /** Of the rollouts scored so far; undefined before the first. */
  readonly score: number | undefined;
  /** 95 %. */
  readonly interval: readonly [number, number] | undefined;
  /** Newly paid. */
  readonly tokens: number;
  readonly usd: number;
  /** Newly run rollouts a second since the start; 0 before the first. */
  readonly perSecond: number;
  /** At that rate; undefined before the first. */
  readonly secondsLeft: number | undefined;
  /** The score so far at up to `MOST_POINTS` moments, the latest last. */
  readonly history: readonly number[];
}

const MOST_POINTS = 200;

/** Folds the rollouts of a batch, as `onRollout` gives them, into its progress; the cost of a look does not grow with them. */
export function makeProgress(
  total: number,
  clock: Clock,
): { readonly add: (rollout: Rollout, reused: boolean) => void; readonly now: () => Progress } {
  const start = clock.now();
  let scores = noScores;
  let reused = 0;
  let failed = 0;
  let paid = 0;
  let tokens = 0;
  let usd = 0;
  let history: readonly number[] = [];
  /** Rollouts from one point of the history to the next. */
  let step = 1;
  return {
    add: (rollout, wasReused) => {
      if (rollout.state === "scored") {
        scores = addScore(scores, rollout.score);
        if (scores.n % step === 0) history = [...history, scores.sum / scores.n];
        if (history.length > MOST_POINTS) {
          history = history.filter((_, index) => index % 2 === 1);
          step *= 2;
        }
      } else failed += 1;
      if (wasReused) reused += 1;
      else {
        paid += 1;
        tokens += rollout.usage.inputTokens + rollout.usage.outputTokens;
        usd += rollout.usage.usd;
      }
    },
    now: () => {
      const done = reused + paid;
      const seconds = (clock.now() - start) / 1000;
      const perSecond = seconds > 0 ? paid / seconds : 0;
      return {
        done,
        total,
        reused,
        failed,
        score: scores.n === 0 ? undefined : scores.sum / scores.n,
        interval: scores.n === 0 ? undefined : intervalOfSums(scores),
        tokens,
        usd,
        perSecond,
        secondsLeft: perSecond > 0 ? (total - done) / perSecond : undefined,
        history,
      };
    },
  };
}
