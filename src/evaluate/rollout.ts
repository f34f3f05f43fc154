import type { ContentHash } from "../base/index.ts";
import type { Trace, TraceUsage } from "../runtime/index.ts";

/** What a judge said of an answer: kept, so that it can be held against what people say. */
export interface JudgeVerdict {
  /** Names what was asked: rubric and reference. Checks that ask the same share it. */
  readonly check: ContentHash;
  readonly rubric: string;
  /** Identity of the judge model, and version of how it is asked. */
  readonly judge: string;
  readonly version: string;
  /** In [0, 1]. */
  readonly score: number;
  readonly reason: string;
}

/** One candidate on one task once, scored. */
export interface Scored {
  readonly state: "scored";
  readonly task: string;
  readonly repeat: number;
  /** In [0, 1]: the weighted mean of the checks. */
  readonly score: number;
  /** Mean score of the checks by their group (`answer`, `world`, `policy`, `effort`). */
  readonly objectives: Readonly<Record<string, number>>;
  /** One sentence per check that was not perfect, and one in all when everything was. */
  readonly feedback: readonly string[];
  readonly usage: TraceUsage;
  /** One for each thing that judge checks asked; absent where none asked anything, and in rollouts of older versions. */
  readonly verdicts?: readonly JudgeVerdict[] | undefined;
  readonly trace: Trace;
}

/** The outside failed after all retries: no score, never counted as a wrong answer. */
interface Failed {
  readonly state: "failed";
  readonly task: string;
  readonly repeat: number;
  readonly reason: string;
  readonly code: string;
  readonly usage: TraceUsage;
}

/** One genome on one task once: scored, or failed outside and in no score. */
export type Rollout = Scored | Failed;

/** Names everything a score depends on (law 1). */
export interface RolloutKey {
  readonly genome: ContentHash;
  /** Hash of the task's input, world and checks, the tool module's version, the limits and the version of the agent loop. */
  readonly task: ContentHash;
  readonly split: string;
  readonly repeat: number;
  /** Provider kind, model name and everything of the configuration that changes replies. */
  readonly model: string;
  /** Version of the scorer; of tasks with a judge check also that of the judge and its model. */
  readonly scorer: string;
}
