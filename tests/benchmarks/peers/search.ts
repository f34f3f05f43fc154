import type { Genome } from "../../../src/genome/index.ts";
import type { CallCounts, Role } from "./model-server.ts";

/** One search that is asked of an optimizer. */
export interface SearchRequest {
  readonly genome: Genome;
  readonly dataset: string;
  /** Rollouts on train and validation. */
  readonly budget: number;
  readonly seed: number;
  /** Rollouts at once. */
  readonly concurrency: number;
  readonly latency?: Readonly<Record<Role, number>> | undefined;
}

/** The candidate that an optimizer would hand over if it were stopped then. */
export interface Handed {
  /** Since the search began. */
  readonly seconds: number;
  readonly rollouts: number;
  /** Mean score on the validation tasks that it was measured on. */
  readonly validation: number;
  /** Genes that differ from the seed genome, typed or as text. */
  readonly candidate: Readonly<Record<string, unknown>>;
}

/** What came of a search, as the servers counted it. */
export interface Search {
  /** In order of time; the last one is the final candidate. */
  readonly picks: readonly Handed[];
  /** Rollouts asked for on train and validation. */
  readonly rollouts: number;
  /** Calls of the model, sealed test left out. */
  readonly calls: CallCounts;
  readonly seconds: number;
  /** What the optimizer itself takes for its number of rollouts; null where it says nothing. */
  readonly ownCount: number | null;
  readonly ended: string;
}
