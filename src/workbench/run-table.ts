import { formatDifference, formatInterval, formatMoney, formatScore, sparkline, textTable } from "../report/index.ts";
import type { RunRow } from "./run-list.ts";

/** A line for each run, fitted to `width` columns. */
export function renderRuns(rows: readonly RunRow[], width?: number): string {
  if (rows.length === 0) return "No runs yet. Start one with: allele evolve -g GENOME -d DATASET";
  const money = rows.some(({ usd }) => usd > 0);
  return textTable(
    ["run", "status", "started", "dataset", "rollouts", ...(money ? ["cost"] : []), "verdict", "difference"],
    rows.map((row) => [
      row.run,
      row.status,
      row.started,
      row.dataset,
      row.rollouts,
      ...(money ? [formatMoney(row.usd)] : []),
      row.verdict ?? "-",
      row.difference === null || row.interval === null
        ? "-"
        : `${formatDifference(row.difference)} ${formatInterval(row.interval, formatDifference)}`,
    ]),
    money ? [4, 5] : [4],
    width,
  );
}

/** How the winners of one genome's runs went, oldest first; nothing where fewer than two runs of one dataset came to a test. */
export function renderTrend(rows: readonly RunRow[]): string {
  const tested = rows.toReversed().flatMap(({ run, dataset, test }) => (test === null ? [] : [{ run, dataset, test }]));
  const [first, second] = tested;
  if (first === undefined || second === undefined || tested.some(({ dataset }) => dataset !== first.dataset)) return "";
  const scores = tested.map(({ test }) => test.score);
  const last = scores.at(-1) ?? 0;
  return `Winners on the sealed test of ${first.dataset}, oldest first: ${sparkline(scores)}  ${formatScore(first.test.score)} to ${formatScore(last)} in ${tested.length} runs.`;
}
