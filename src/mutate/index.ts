export type {
  Changes,
  Evidence,
  FailedAttempt,
  NothingReason,
  Operator,
  Proposal,
  ProposeRequest,
} from "./operator.ts";
export { allOperators, independentOperators, standardOperators } from "./registry.ts";
export { proposeChildren } from "./propose.ts";
export type { CheckedProposal } from "./propose.ts";
export { joinChanges, joinValues } from "./join.ts";
export { makeChild } from "./child.ts";
export type { RefusalReason } from "./child.ts";
export { copiedTextCheck } from "./copied-text.ts";
export { findMerge, pairKey } from "./merge.ts";
export type { Merge, Relative } from "./merge.ts";
export { reflectionPrompts } from "./prompts/prompts.ts";
export { bareGenome, seedGenome } from "./seed-genome.ts";
export type { AgentDescription } from "./seed-genome.ts";
