export type { EvaluateOptions, Evaluator } from "./evaluator.ts";
export type { Failed, Rollout, RolloutKey, Scored } from "./rollout.ts";
