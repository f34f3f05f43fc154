import type { Comparison } from "./compare.ts";
import { costBlocks, rolesText } from "./cost-blocks.ts";
import type { Block } from "./document.ts";
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatInterval,
  formatMoney,
  formatScore,
  shortId,
  verdictSentence,
} from "./format.ts";
import { geneChangeBlocks } from "./genome-document.ts";
import { calibrationSentence, calibrationWarnings } from "./judge-calibration.ts";
import { oneAnswerWarning } from "./one-answer.ts";
import { GAIN_NOTE, gainPer100, mostGainful } from "./operator-gain.ts";
import type { RunReport } from "./run-report.ts";
import { fitWords } from "./text-width.ts";

export const SIMULATED =
  "These figures come from the simulated model: they show how the search behaves, not how a real model would score.";

/** The one sentence to read first. */
export function runVerdict(report: RunReport): string {
  if (report.comparison === undefined && report.status === "finished") {
    return "No verdict: what was left of the budget did not pay for a single task of the sealed test. The seed is kept.";
  }
  if (report.comparison === undefined) {
    const test = report.testOpened ? "has been opened and not finished" : "has not been opened";
    return `No verdict yet: the sealed test ${test}. ${unfinished(report)}`;
  }
  const sentence = verdictSentence(report.comparison, "the seed", "the finalist");
  return report.comparison.verdict === "better" ? sentence : `${sentence} The seed is kept.`;
}

/** What stands where the sealed test gave no score. */
export function withoutTest({ testOpened }: RunReport): string {
  return testOpened ? "opened, no score" : "not opened";
}

function unfinished({ run, status, iterations }: RunReport): string {
  if (status === "running")
    return `Run ${run} is still going (${iterations} iterations so far); stop it with: allele stop ${run}`;
  const why = status === "failed" ? "ended with an error" : "was interrupted";
  return `Run ${run} ${why}; what was paid for is kept, go on with: allele resume ${run}`;
}

/** What a run came to, in short: the verdict, both scores, what was spent. */
export function runSummaryBlocks(report: RunReport): Block[] {
  const estimate = (value: RunReport["seed"]["test"]): string =>
    value === undefined ? withoutTest(report) : formatEstimate(value);
  const isOpen = report.comparison === undefined && report.status !== "finished";
  return [
    { kind: "paragraph", text: runVerdict(report) },
    ...oneAnswerBlocks(report.comparison, "the finalist"),
    ...(report.simulated ? [{ kind: "paragraph", text: SIMULATED } as const] : []),
    {
      kind: "table",
      head: ["", "genome", "sealed test"],
      rows: [
        ["seed", shortId(report.seed.genome), estimate(report.seed.test)],
        ...(isOpen ? [] : [["winner", shortId(report.winner.genome), estimate(report.winner.test)]]),
      ],
    },
    {
      kind: "list",
      items: [
        `Dataset ${report.dataset}, model ${report.model}, random seed ${report.seedNumber}.`,
        `${report.rollouts} rollouts, ${formatCount(report.tokens)} tokens, ${formatMoney(report.usd)} (${rolesText(report)}); ${report.failedRollouts} rollouts failed outside and were left out.`,
        `${report.iterations} iterations, ${report.candidates.length} candidates including the seed. ${refusals(report)}`,
        isOpen && !report.testOpened ? "The search has not come to its end." : `Stopped because: ${report.stop}.`,
        ...judgeItems(report),
        `The test split of this dataset has been opened ${report.testOpenings} time${report.testOpenings === 1 ? "" : "s"} in this store.`,
      ],
    },
  ];
}

function oneAnswerBlocks(comparison: Comparison | undefined, name: string): Block[] {
  const answer = comparison?.b.oneAnswer;
  return comparison === undefined || answer === undefined
    ? []
    : [{ kind: "paragraph", text: oneAnswerWarning(name, answer, comparison.n) }];
}

function judgeItems({ judge }: RunReport): readonly string[] {
  if (judge === undefined) return [];
  const warnings = judge.calibrations.flatMap(calibrationWarnings);
  const mind = warnings.length === 0 ? [] : [`Mind of this judge: ${warnings.join("; ")}.`];
  return [calibrationSentence(judge.model, judge.calibrations), ...mind];
}

/** What a run was told to measure besides the score and tokens, and money where any was spent. */
function objectivesIn({ candidates }: RunReport): readonly string[] {
  const names = new Set(candidates.flatMap(({ objectives }) => Object.keys(objectives)));
  return [...names].filter(
    (name) =>
      name !== "quality" && name !== "tokens" && candidates.some(({ objectives }) => (objectives[name] ?? 0) !== 0),
  );
}

/** The whole report of a run, ready to render. */
export function runBlocks(report: RunReport): Block[] {
  const blocks: Block[] = [
    ...runSummaryBlocks(report),
    { kind: "heading", text: "Candidates" },
    {
      kind: "table",
      head: ["#", "genome", "validation", "expected", "tokens", ...objectivesIn(report), "made by", "idea"],
      rows: report.candidates.map((row) => [
        row.index,
        shortId(row.genome),
        row.validation.n === 0 ? "screened only" : `${formatScore(row.validation.score)} n=${row.validation.n}`,
        row.validation.n === 0 ? "-" : formatScore(row.expected),
        Math.round(row.objectives["tokens"] ?? 0),
        ...objectivesIn(report).map((name) => row.objectives[name]?.toPrecision(3) ?? "-"),
        fitWords(row.origin, 40),
        fitWords(row.hypothesis, 60),
      ]),
      right: [0],
    },
  ];
  blocks.push(...operatorBlocks(report), ...predictionBlocks(report), ...steeringBlocks(report), ...costBlocks(report));
  if (report.comparison !== undefined) blocks.push(...comparisonDetails(report.comparison));
  if (report.changes !== undefined && report.changes.changes.length > 0) {
    blocks.push({ kind: "heading", text: "Seed to finalist, gene by gene" }, ...geneChangeBlocks(report.changes));
  }
  return blocks;
}

/** What each operator was drawn for and what came of it, the most gainful for its rollouts first. */
function operatorBlocks({ operators }: RunReport): Block[] {
  if (operators.length === 0) return [];
  return [
    { kind: "heading", text: "Operators" },
    {
      kind: "table",
      head: ["operator", "drawn", "children", "joined", "refused", "rollouts", "gain", "per 100"],
      rows: mostGainful(operators).map((row) => [
        row.operator,
        row.turns,
        row.children,
        row.accepted,
        row.refused,
        row.rollouts,
        formatDifference(row.gain),
        formatDifference(gainPer100(row)),
      ]),
      right: [1, 2, 3, 4, 5, 6, 7],
    },
    {
      kind: "paragraph",
      text: GAIN_NOTE,
    },
  ];
}

/** What people said to the run, if anything. */
function steeringBlocks({ steering }: RunReport): Block[] {
  if (steering.length === 0) return [];
  return [
    { kind: "heading", text: "What people said" },
    { kind: "list", items: steering.map(({ at, said, outcome }) => `${at}: ${said} (${outcome})`) },
  ];
}

/** What hypotheses said they would mend, against what came of it; nothing where no child named a task. */
function predictionBlocks({ predictions }: RunReport): Block[] {
  if (predictions.byOperator.length === 0) return [];
  return [
    { kind: "heading", text: "Hypotheses: predicted and seen" },
    {
      kind: "table",
      head: ["made by", "children", "tasks named", "got better", "not named, got better", "got worse"],
      rows: predictions.byOperator.map((row) => [
        row.operator,
        row.children,
        row.predicted,
        shareText(row.better, row.measured),
        shareText(row.unnamedBetter, row.unnamed),
        row.worse,
      ]),
      right: [1, 2, 3, 4, 5],
    },
    {
      kind: "paragraph",
      text: "Counted on the training tasks that children were screened on. A hypothesis that knows its cause mends more of the failing tasks it names than of those it does not.",
    },
  ];
}

/** "7 of 12 (58 %)". */
function shareText(part: number, all: number): string {
  return all === 0 ? "none measured" : `${part} of ${all} (${Math.round((100 * part) / all)} %)`;
}

/** A comparison of two genomes, ready to render. */
export function comparisonBlocks(comparison: Comparison, a: string, b: string, simulated: boolean): Block[] {
  return [...comparisonSummaryBlocks(comparison, a, b, simulated), ...comparisonDetails(comparison)];
}

/** What a comparison came to, in short: the verdict, and both sides with their costs. */
export function comparisonSummaryBlocks(comparison: Comparison, a: string, b: string, simulated: boolean): Block[] {
  return [
    { kind: "paragraph", text: verdictSentence(comparison, a, b) },
    ...oneAnswerBlocks(comparison, b),
    ...(simulated ? [{ kind: "paragraph", text: SIMULATED } as const] : []),
    {
      kind: "table",
      head: ["", "score", "tokens a rollout", "steps", "cost"],
      rows: [["A", a, comparison.a] as const, ["B", b, comparison.b] as const].map(([letter, name, side]) => [
        `${letter} ${name}`,
        formatScore(side.score),
        formatCount(side.tokens),
        side.steps?.toFixed(1) ?? "-",
        formatMoney(side.usd),
      ]),
      right: [1, 2, 3, 4],
    },
  ];
}

function comparisonDetails(comparison: Comparison): Block[] {
  return [
    { kind: "heading", text: "By tag" },
    {
      kind: "table",
      head: ["tag", "n", "difference", "95 % interval", "verdict"],
      rows: Object.entries(comparison.byTag).map(([tag, row]) => [
        tag,
        row.n,
        formatDifference(row.difference),
        formatInterval(row.interval, formatDifference),
        row.verdict,
      ]),
      right: [1, 2],
    },
    { kind: "heading", text: "Tasks" },
    {
      kind: "list",
      items: [
        `${comparison.fixed.length} fixed${listing(comparison.fixed)}`,
        `${comparison.broken.length} broken${listing(comparison.broken)}`,
        ...(comparison.excluded > 0 ? [`${comparison.excluded} left out, because a call failed outside`] : []),
      ],
    },
  ];
}

function listing(tasks: readonly string[]): string {
  if (tasks.length === 0) return "";
  return `: ${tasks.slice(0, 12).join(", ")}${tasks.length > 12 ? `, and ${tasks.length - 12} more` : ""}`;
}

function refusals(report: RunReport): string {
  const entries = Object.entries(report.refused);
  if (entries.length === 0) return "No proposal was refused.";
  return `Refused: ${entries.map(([reason, count]) => `${count} ${reason}`).join(", ")}.`;
}
