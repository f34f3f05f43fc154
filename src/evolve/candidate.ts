import type { ContentHash } from "../base/index.ts";
import type { Spend } from "./budget.ts";
import type { Changes } from "./event.ts";

/** Scores of one genome by task id; null where the outside failed. */
export type Scores = Readonly<Record<string, number | null>>;

/** A child on its way into the pool. */
export interface Draft {
  readonly genome: ContentHash;
  /** Positions in the pool. */
  readonly parents: readonly number[];
  readonly origin: string;
  readonly hypothesis: string;
  readonly changes: Changes;
  readonly train: Scores;
  readonly validation: Scores;
  /** What was measured besides the score on validation, by objective. */
  readonly objectives: Readonly<Record<string, Scores>>;
  /** On its rollouts in this run, the sealed test not counted. */
  readonly spent: Spend;
}

/** A member of the pool. */
export interface Candidate extends Draft {
  /** Mean over the validation tasks it was scored on. */
  readonly mean: number;
  /** How often one of its genes, or of its ancestors', was chosen: where the round robin stands. */
  readonly turn: number;
}

/** A child that did not make it, for the proposer's memory. */
export interface Attempt {
  readonly gene: string;
  readonly change: string;
  readonly reason: string;
}
