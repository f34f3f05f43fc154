export { comparePairs, compareRollouts } from "./compare.ts";
export type { Comparison } from "./compare.ts";
export { renderMarkdown, renderText } from "./document.ts";
export type { Block } from "./document.ts";
export {
  formatCount,
  formatDifference,
  formatDuration,
  formatEstimate,
  formatInterval,
  formatMoney,
  formatP,
  formatScore,
  formatTime,
  shortId,
  verdictSentence,
} from "./format.ts";
export type { Estimate } from "./format.ts";
export { geneChangeBlocks, geneText, genomeBlocks } from "./genome-document.ts";
export { comparisonJson, runReportJson } from "./json.ts";
export { comparisonSummaryBlocks, runBlocks, runSummaryBlocks, runVerdict } from "./run-document.ts";
export { oneAnswer } from "./one-answer.ts";
export { markFront } from "./front.ts";
export type { FrontPoint } from "./front.ts";
export { taskMatrix } from "./task-matrix.ts";
export type { TaskMatrix } from "./task-matrix.ts";
export { tracePair, traceView } from "./trace-view.ts";
export type { TracePair, TraceView } from "./trace-view.ts";
export type { LineageFate, LineageNode, RunView } from "./run-view.ts";
export type { CandidateRow, RunReport, SteeringRow } from "./run-report.ts";
export { calibrationSentence, calibrationWarnings } from "./judge-calibration.ts";
export type { JudgeCalibration, JudgedBy } from "./judge-calibration.ts";
export { liveEvaluationLine, liveEvaluationLines, liveRunLine, liveRunLines } from "./live.ts";
export type { LiveBatch, LiveCandidate, LiveOperator, LiveRun, Look, Paint } from "./live.ts";
export { sparkline } from "./sparkline.ts";
export { runPage, runSections } from "./html/page.ts";
export { comparisonPage, comparisonSections } from "./html/comparison-page.ts";
export { comparisonViewBlocks, verdictAt } from "./comparison-view.ts";
export type { ComparisonView } from "./comparison-view.ts";
export { trendBlocks } from "./trend.ts";
export type { TrendStep, TrendVersion, TrendView } from "./trend.ts";
export { trendPage } from "./html/trend-page.ts";
export { candidatesCsv, matrixCsv } from "./csv.ts";
export { junitXml } from "./junit.ts";
export { pullRequestComment } from "./pull-request-comment.ts";
export { viewBlocks } from "./view-document.ts";
export { geneChanges } from "./html/changes.ts";
export { matrixScript } from "./html/matrix-script.ts";
export { dataTable, estimate, facts, said } from "./html/parts.ts";
export { reportStyle } from "./html/style.ts";
export { tracePairHtml } from "./html/traces.ts";
export { judgeNote, simulatedNote, verdictBadge } from "./html/verdict.ts";
export { textTable } from "./table.ts";
export { fitText, fitWords, textWidth, wrapText } from "./text-width.ts";
