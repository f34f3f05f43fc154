// The library: what an engineer needs to use Allele from a script. The program is `main.ts`.

export { AlleleError, makeEventBus, makeRandom, manualClock, systemClock } from "./base/index.ts";
export type {
  AlleleErrorOptions,
  Clock,
  ContentHash,
  ErrorKind,
  EventBus,
  Json,
  Logger,
  LogLevel,
  Random,
} from "./base/index.ts";

export {
  activeGenes,
  ancestorsOf,
  checkAgainstTools,
  commonAncestors,
  Demo,
  depthOf,
  diffGenomes,
  formatGenome,
  Gene,
  genomeId,
  parseGenome,
  patchGenome,
  readGenome,
  StrategyValue,
  ToolText,
  withGene,
  writeGenome,
} from "./genome/index.ts";
export type { GeneType, Genome, GenomeDiff, Lineage } from "./genome/index.ts";

export { Check, checkTypes, loadDataset, scoreOutcome, tasksOf, validateDataset } from "./dataset/index.ts";
export type { CheckResult, CustomCheck, Dataset, Outcome as TaskOutcome, SplitName, Task } from "./dataset/index.ts";

export {
  clopperPearsonInterval,
  clusterDifferenceInterval,
  cohenKappa,
  confidenceSequence,
  EQUIVALENCE_MARGIN,
  gateDecision,
  gateWealth,
  holm,
  mcnemar,
  newGate,
  observePair,
  pairedComparison,
  pairedPlan,
  powerOfPairs,
  requiredBinaryPairs,
  requiredPairs,
  requiredRepeats,
  scoreInterval,
  shrinkScores,
  signFlipP,
  spreadOf,
  testLevel,
  wilsonInterval,
} from "./statistics/index.ts";
export type {
  Agreement,
  Discordance,
  GateDecision,
  PairedComparison,
  PairedGate,
  PairedPlan,
  Shrunk,
  Spread,
  Verdict,
} from "./statistics/index.ts";

export {
  acceptanceRule,
  allOf,
  anyOf,
  batchSamplers,
  chooseOperator,
  emptyBandit,
  finalPick,
  frontierTypes,
  hypervolume,
  mostCandidates,
  mostProposals,
  noImprovement,
  observeOperator,
  onRequest,
  paretoFront,
  parentRules,
  scoreReached,
  standardObjectives,
} from "./select/index.ts";
export type {
  AcceptanceRule,
  BanditState,
  BatchSampler,
  Expense,
  Finalist,
  Frontier,
  FrontierType,
  GeneRule,
  Objective,
  ObjectiveVector,
  OperatorObservation,
  OperatorStart,
  ParentRule,
  ScreenFacts,
  SearchFacts,
  StopRule,
} from "./select/index.ts";

export {
  makeProvider,
  makeSimulatedProvider,
  ModelConfig,
  modelIdentity,
  ProviderError,
  serveOpenAi,
} from "./providers/index.ts";
export type { ChatReply, ChatRequest, Message, Provider, ToolCall, ToolDefinition, Usage } from "./providers/index.ts";

export { openStore } from "./store/index.ts";
export type { Store } from "./store/index.ts";

export { runAgent } from "./runtime/index.ts";
export type {
  AgentEvent,
  AgentProgram,
  CreateTools,
  Limits,
  Strategy,
  Tool,
  ToolContext,
  ToolKit,
  ToolModule,
  Trace,
  World,
} from "./runtime/index.ts";

export { express, loadToolModule, makeEvaluator, summarize } from "./evaluate/index.ts";
export type { Evaluator, Rollout, Summary } from "./evaluate/index.ts";

export { independentOperators, standardOperators } from "./mutate/index.ts";
export type { Changes, Evidence, FailedAttempt, Operator, Proposal, ProposeRequest } from "./mutate/index.ts";

export { compareRollouts, renderMarkdown, runBlocks } from "./report/index.ts";
export type { CandidateRow, Comparison, Estimate, RunReport } from "./report/index.ts";

export { evolve, EvolveOptions, openAskTell, planRun } from "./evolve/index.ts";
export type {
  Ask,
  AskTell,
  AskTellInputs,
  CandidateSummary,
  CostEstimate,
  EvolveInputs,
  Goals,
  Outcome,
  OwnRules,
  Reflector,
  RunEvent,
  RunPlan,
  RunResult,
  Spend,
  StopReason,
  TestScore,
  Told,
} from "./evolve/index.ts";

export { deal, play, readRecorded, replay, replayRule, replayRules } from "./replay/index.ts";
export type { Choice, Game, OpenGame, RecordedTable, ReplayReport, ReplaySummary, Rule } from "./replay/index.ts";

export { betterOnSealedTest, costCeiling, movePointer, noTagWorse, rollback, runGates } from "./promote/index.ts";
export type { Gate, GateEvidence, GateResult, PointerMove } from "./promote/index.ts";

export {
  compareGenomes,
  continueRun,
  evaluateGenome,
  openWorkbench,
  planEvolution,
  promoteGenome,
  reportRun,
  seedFromDescription,
  startRun,
} from "./workbench/index.ts";
export type { Workbench } from "./workbench/index.ts";

export { startSession } from "./live/index.ts";
export type { Session, SessionParts } from "./live/index.ts";
