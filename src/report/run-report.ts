import type { GenomeDiff } from "../genome/index.ts";
import type { Comparison } from "./compare.ts";
import type { Estimate } from "./format.ts";
import type { JudgedBy } from "./judge-calibration.ts";

/** A candidate of a run, as reports show it. */
export interface CandidateRow {
  /** Position in the run's pool; 0 is the seed. */
  readonly index: number;
  readonly genome: string;
  readonly parents: readonly string[];
  /** What made it, such as "reflect rules" or "merge". */
  readonly origin: string;
  readonly hypothesis: string;
  readonly validation: { readonly n: number; readonly score: number };
  /** What a new measurement of the validation score may be expected to give: of many the best is best in part by luck. */
  readonly expected: number;
  /** Means by name: `quality`, `tokens` and `cost` of a rollout, and what else the run was told to measure. */
  readonly objectives: Readonly<Record<string, number>>;
  /** No other candidate is at least as good in all objectives of the run, and better in one. */
  readonly onFront: boolean;
}

/** What was said to get better on the training tasks that children were screened on, and what did. */
export interface PredictionRow {
  readonly operator: string;
  /** Tasks named; those that were measured; those of them that got better. */
  readonly predicted: number;
  readonly measured: number;
  readonly better: number;
  /** Failing tasks that were not named, and how many of them got better: what a prediction has to beat. */
  readonly unnamed: number;
  readonly unnamedBetter: number;
  /** Tasks that got worse. */
  readonly worse: number;
}

/** What an operator was drawn for and what came of it. */
export interface OperatorRow {
  readonly operator: string;
  readonly turns: number;
  readonly children: number;
  readonly accepted: number;
  readonly refused: number;
  /** Sum over the children that joined of how far they were ahead of their parent, on the tasks by which they were let in. */
  readonly gain: number;
  readonly rollouts: number;
}

/** Something that a person said to a run. */
export interface SteeringRow {
  /** When, in universal time. */
  readonly at: string;
  readonly said: string;
  /** A sentence or two. */
  readonly outcome: string;
}

/** Everything a report of a run says, as plain data: what is shown is what decided. */
export interface RunReport {
  readonly run: string;
  readonly status: string;
  readonly stop: string;
  readonly dataset: string;
  /** Identity of the task model. */
  readonly model: string;
  /** True when figures come from the simulated model; every rendering says so. */
  readonly simulated: boolean;
  readonly seedNumber: number;
  readonly rollouts: number;
  readonly tokens: number;
  readonly usd: number;
  /** Tokens and money apart for the model that was optimized and the one that reflected; of that one, calls that were answered. */
  readonly byRole: {
    readonly task: { readonly tokens: number; readonly usd: number };
    readonly reflection: { readonly tokens: number; readonly usd: number; readonly calls: number };
  };
  /** By role, in the same order: where its price comes from, and the mean seconds of a rollout and of a call, where some were measured. */
  readonly costs: {
    readonly task: { readonly price: string; readonly seconds?: number | undefined };
    readonly reflection: { readonly price: string; readonly secondsOfCall?: number | undefined };
  };
  readonly seed: { readonly genome: string; readonly test: Estimate | undefined };
  readonly winner: { readonly genome: string; readonly test: Estimate | undefined };
  /** The best candidate on validation, which the sealed test judged; the winner is this one only when the verdict is "better". */
  readonly finalist: string;
  /** Paired, on the sealed test: seed against finalist. Absent until the test was opened. */
  readonly comparison: Comparison | undefined;
  readonly candidates: readonly CandidateRow[];
  readonly iterations: number;
  /** How often proposals were refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** What people said to the run while it searched, and what came of it. */
  readonly steering: readonly SteeringRow[];
  /** In the order in which they were first drawn. */
  readonly operators: readonly OperatorRow[];
  /** What hypotheses said would get better, and what did; children that named no task are left out. */
  readonly predictions: {
    readonly byOperator: readonly (PredictionRow & { readonly children: number })[];
    readonly byChild: readonly (PredictionRow & { readonly genome: string; readonly hypothesis: string })[];
  };
  readonly failedRollouts: number;
  /** Whether this run has opened the sealed test, come to its end there or not. */
  readonly testOpened: boolean;
  /** How often the dataset's sealed test was opened in this store, by this run or otherwise. */
  readonly testOpenings: number;
  /** Where a model has a say in the scores: who it is, and how far it agrees with people; undefined where none has. */
  readonly judge: JudgedBy | undefined;
  readonly changes: GenomeDiff | undefined;
}
