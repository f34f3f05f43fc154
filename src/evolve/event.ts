import type { ContentHash, Json } from "../base/index.ts";
import type { Gene } from "../genome/index.ts";
import type { NothingReason, RefusalReason } from "../mutate/index.ts";
import type { Spend } from "./budget.ts";
import type { Goals } from "./objectives.ts";
import type { Outcome } from "./outcome.ts";
import type { Steered } from "./steering.ts";

/** Why a run stopped searching. `budget-...` names the member of the budget that was used up, `rule-...` what a stop rule said. */
export type StopReason =
  | "budget-rollouts"
  | "budget-tokens"
  | "budget-usd"
  | "budget-minutes"
  | "stop-requested"
  | "reflection-failed"
  | "nothing-left"
  | `rule-${string}`;

/** Gene values by gene id. */
export type Changes = Readonly<Record<string, Gene["value"]>>;

/** What a batch of rollouts was for. */
export type Purpose = "seed" | "evidence" | "screen" | "validation" | "test";

/** Why an iteration made no child. */
export type IdleReason =
  | NothingReason
  | RefusalReason
  | "perfect-minibatch"
  | "outside-failed"
  | "vetoed"
  | "budget"
  | "over-limit"
  | "reflection-failed";

/** What is written to a run's journal. The state of a run is the fold of these, and nothing else. */
export type JournalEvent =
  | {
      readonly type: "run-started";
      /** Everything two runs must share to be the same one: options, splits, models. */
      readonly identity: Json;
      readonly genome: ContentHash;
      /** Task ids in their fixed order. */
      readonly validation: readonly string[];
      /** Left out where the score alone counts, task by task. */
      readonly goals?: Goals | undefined;
    }
  | {
      readonly type: "rollouts-scored";
      readonly purpose: Purpose;
      readonly genome: ContentHash;
      readonly tasks: readonly string[];
      /** By task; null where the outside failed. */
      readonly scores: readonly (number | null)[];
      /** By name and task, what the run measures besides the score; left out where that is nothing. */
      readonly objectives?: Readonly<Record<string, readonly (number | null)[]>> | undefined;
      /** For what this run had not measured before, whether or not it was paid again. */
      readonly spent: Spend;
    }
  | {
      readonly type: "iteration-started";
      readonly iteration: number;
      /** Rollouts that it may take at most, where others are under way beside it; in runs of earlier versions it is left out. */
      readonly share?: number | undefined;
    }
  | { readonly type: "parent-chosen"; readonly parent: number }
  /** In place of a new child a member of the pool is measured on more validation tasks. */
  | { readonly type: "member-chosen"; readonly candidate: number }
  | { readonly type: "gene-chosen"; readonly parent: number; readonly gene: string; readonly operator: string }
  | { readonly type: "reflection-answered"; readonly spent: Spend }
  | { readonly type: "reflection-failed"; readonly code: string }
  | {
      readonly type: "child-proposed";
      readonly genome: ContentHash;
      /** Positions in the pool, the one it was made from (or the better one) first. */
      readonly parents: readonly number[];
      /** Operators and genes, or "merge". */
      readonly origin: string;
      readonly hypothesis: string;
      /** Ids of the training tasks that it predicts to get better. Absent in runs of earlier versions. */
      readonly flips?: readonly string[];
      /** The new values of its genes; all others are those of its first parent. */
      readonly changes: Changes;
    }
  | {
      readonly type: "child-refused";
      readonly gene: string;
      readonly hypothesis: string;
      readonly reason: IdleReason;
      readonly detail: string;
    }
  | { readonly type: "child-rejected"; readonly before: number; readonly after: number; readonly tasks: number }
  | {
      /** A child joins the pool; of the head's child, that it is the head from now on, which no validation has judged yet. */
      readonly type: "candidate-accepted";
      readonly candidate: number;
      readonly head: boolean;
    }
  | {
      /** The head was raced against the checkpoint before it, on validation tasks: where it is ahead, it is the checkpoint now; where it is clearly behind, it is given up. */
      readonly type: "head-checked";
      /** Positions in the pool. */
      readonly head: number;
      readonly checkpoint: number;
      readonly before: number;
      readonly after: number;
      readonly tasks: number;
      readonly standing: "ahead" | "behind" | "open";
    }
  | {
      /** A candidate was tested against the incumbent on validation tasks. */
      readonly type: "incumbent-raced";
      /** Positions in the pool. */
      readonly incumbent: number;
      readonly challenger: number;
      readonly pairs: number;
      /** Evidence for a gain: 1 is none; it commits at 1 / alpha. */
      readonly wealth: number;
      readonly alpha: number;
      readonly committed: boolean;
    }
  /** What a person wants was taken from the store: it is known to every iteration that begins after this. */
  | ({ readonly type: "steered" } & Steered)
  | { readonly type: "iteration-finished"; readonly iteration: number }
  | { readonly type: "run-stopped"; readonly reason: StopReason }
  | { readonly type: "test-opened"; readonly genomes: readonly ContentHash[]; readonly tasks: number }
  | { readonly type: "run-finished"; readonly outcome: Outcome };

/** What listeners hear besides: progress that is not journalled, since its order depends on the outside. */
export type RunEvent =
  | JournalEvent
  | {
      readonly type: "batch-started";
      /** Counted from 1; 0 before the first, and the last one's after the search. */
      readonly iteration: number;
      readonly purpose: Purpose;
      readonly genome: ContentHash;
      readonly tasks: number;
    }
  | {
      readonly type: "rollout-finished";
      readonly iteration: number;
      readonly purpose: Purpose;
      readonly genome: ContentHash;
      readonly task: string;
      /** Undefined when the outside failed. */
      readonly score: number | undefined;
      readonly reused: boolean;
      /** Input and output together; what it cost when it was run, reused or not. */
      readonly tokens: number;
      readonly usd: number;
    };
