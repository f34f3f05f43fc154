export { sessionParts, usageLine } from "./agent.ts";
export { prepareSession, sessionLine } from "./live-session.ts";
export type { PreparedSession } from "./live-session.ts";
export { acceptTrial, endTrial, rateSession, viewTrial } from "./trial.ts";
export type { TrialView } from "./trial.ts";
export { formatShare, renderSessionRating, renderTrial, trialKind, trialSentence } from "./trial-text.ts";
export { compareGenomes } from "./comparison.ts";
export { compareSeveral, comparisonViewJson, renderComparisonView, writeComparison } from "./comparison-several.ts";
export { makeBackgroundRuns } from "./background-runs.ts";
export type { BackgroundRuns } from "./background-runs.ts";
export { listDatasets, listGenomeFiles, storeVersion, taskRollouts, viewRollout, viewSettings } from "./browse.ts";
export type { DatasetEntry, GenomeFile, RolloutView } from "./browse.ts";
export { comparisonPlanJson, planComparison, renderComparisonPlan } from "./comparison-plan.ts";
export { auditDataset } from "./dataset-audit.ts";
export type { AuditFinding, AuditRequest, DatasetAudit } from "./dataset-audit.ts";
export { auditMeanings, renderDatasetAudit } from "./dataset-audit-text.ts";
export { checkDataset, datasetStats, renderDatasetCheck, renderDatasetStats, splitIds } from "./datasets.ts";
export { examine, renderFindings } from "./doctor.ts";
export { serveEvaluation } from "./evaluation-server.ts";
export { evaluateGenome, evaluationJson, renderEvaluation } from "./evaluation.ts";
export { continueRun, planEvolution, renderPlan, requestStop, startRun } from "./evolution.ts";
export { headroomFacts, headroomJson, headroomSentence, renderHeadroom, SMALL_RUN, testHeadroom } from "./headroom.ts";
export type { EvolveRequest } from "./run-request.ts";
export {
  genomeDiff,
  genomeJson,
  genomeLog,
  renderGenome,
  renderGenomeDiff,
  renderGenomeLog,
  saveGenome,
  validateGenome,
} from "./genomes.ts";
export { readPulse } from "./heartbeat.ts";
export type { Pulse } from "./heartbeat.ts";
export { requestPause } from "./pause.ts";
export { settleStatus } from "./run-status.ts";
export { importDataset, renderForms, renderImport } from "./import-dataset.ts";
export { initialize } from "./initialize.ts";
export {
  profileHistoryRows,
  profileReference,
  profileRows,
  renderProfileHistory,
  renderProfiles,
  rollbackProfile,
} from "./profiles.ts";
export type { ProfileRow } from "./profiles.ts";
export { promotionJson, renderPromotion } from "./promotion-text.ts";
export { promoteGenome } from "./promotion.ts";
export { renderReplay, replayJson, replayRecorded } from "./replay.ts";
export { nextSteps, renderRun, renderRunSummary, renderTree, reportRun } from "./reporting.ts";
export { countRuns, listRuns } from "./run-list.ts";
export type { RunListRequest, RunRow } from "./run-list.ts";
export { renderRuns, renderTrend } from "./run-table.ts";
export { runViewJson, writeReport } from "./report-files.ts";
export type { ReportForm } from "./report-files.ts";
export { viewRun } from "./run-view.ts";
export { calibrateJudges, judgeOfTasks } from "./judge-calibration.ts";
export { calibratePairs } from "./judge-pairs.ts";
export { exportLabels, saveLabels } from "./label-export.ts";
export { pairSentences, renderCalibration, renderLabelExport, renderLabels, renderRating } from "./label-text.ts";
export { exportAgent, saveAgentExport } from "./agent-export.ts";
export { renderTracked, trackRun } from "./mlflow.ts";
export { exportTraining } from "./training-export.ts";
export { renderTraining, saveTraining } from "./training-export-files.ts";
export { listLabels } from "./rated-rollouts.ts";
export type { LabelFilter, RatedRollout } from "./rated-rollouts.ts";
export { rolloutContext } from "./rollout-context.ts";
export type { RolloutContext } from "./rollout-context.ts";
export { rateByKey, rateRollout } from "./ratings.ts";
export { runReportJson } from "../report/index.ts";
export { createdJson, createGenome, renderCreated } from "./create-genome.ts";
export { seedFromDescription } from "./seed-genome.ts";
export { serveSimulated } from "./simulated.ts";
export { listModels, renderModels } from "./models/list.ts";
export { pullModel } from "./models/pull.ts";
export {
  addChild,
  addHypothesis,
  editChild,
  pinCandidate,
  readValueFile,
  unpinCandidate,
  vetoChild,
} from "./steering.ts";
export { viewChild } from "./steering-child.ts";
export type { EditableGene, SteeredChild } from "./steering-child.ts";
export { renderSteering, steeringVersion, viewSteering } from "./steering-view.ts";
export type { SteeringView } from "./steering-view.ts";
export { renderVersionTrend, versionTrend, versionTrendJson, writeVersionTrend } from "./version-trend.ts";
export { openWorkbench } from "./workbench.ts";
export type { ImportOptions } from "./import-dataset.ts";
export type { Workbench } from "./workbench.ts";
export { resolveDataset, resolveGenome } from "./references.ts";
export type { NamedGenome } from "./references.ts";
export type { ComparisonResult } from "./comparison.ts";
