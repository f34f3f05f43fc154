import type { ContentHash } from "../base/index.ts";
import type { RunStatus } from "../store/index.ts";
import type { StopReason } from "./event.ts";
import type { Outcome, TestScore } from "./outcome.ts";

/** A candidate of a run: where it comes from and how it did on validation. */
export interface CandidateSummary {
  /** Position in the pool; 0 is the seed. */
  readonly index: number;
  readonly genome: ContentHash;
  readonly parents: readonly number[];
  readonly origin: string;
  readonly hypothesis: string;
  readonly validation: { readonly n: number; readonly score: number };
  /** The score on validation that a new measurement may be expected to give: luck is taken off, see `shrinkScores`, and in a search by belief `beliefOf`. */
  readonly expected: number;
  /** Means over what it was measured on by now: tokens and US dollars of a rollout, and the objectives of the run on validation. */
  readonly objectives: Readonly<Record<string, number>>;
  /** No other candidate dominates it in the means of the run's objectives. */
  readonly onFront: boolean;
}

/** What a run came to. An interrupted run has no outcome yet. */
export interface RunResult {
  readonly run: string;
  readonly status: RunStatus;
  readonly stop: StopReason | undefined;
  readonly rollouts: number;
  readonly tokens: number;
  readonly usd: number;
  readonly iterations: number;
  /** Rollouts that the outside failed; left out of every score. */
  readonly failed: number;
  /** Whether this run has opened the sealed test, come to its end there or not. */
  readonly testOpened: boolean;
  readonly seed: { readonly genome: ContentHash; readonly test: TestScore | undefined };
  readonly winner: { readonly genome: ContentHash; readonly test: TestScore | undefined };
  readonly outcome: Outcome | undefined;
  readonly difference: number | undefined;
  readonly interval: readonly [number, number] | undefined;
  readonly verdict: Outcome["verdict"] | undefined;
  readonly candidates: readonly CandidateSummary[];
}
