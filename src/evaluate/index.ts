export type { Evaluator } from "./evaluator.ts";
export { express } from "./express.ts";
export { loadToolModule } from "./load-tool-module.ts";
export { makeEvaluator } from "./make-evaluator.ts";
export { makeProgress } from "./progress.ts";
export type { Rollout, Scored } from "./rollout.ts";
export { summarize } from "./summarize.ts";
export type { Summary } from "./summarize.ts";
export { makeMeasuredReader } from "./measured.ts";
