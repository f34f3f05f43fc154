import {
  calibrationWarnings,
  fitText,
  formatInterval,
  formatScore,
  formatTime,
  renderText,
  shortId,
  textTable,
  type Block,
  type JudgeCalibration,
} from "../report/index.ts";
import type { RatingRecord } from "../store/index.ts";
import type { PairCalibration } from "./judge-pairs.ts";
import type { LabelExport } from "./label-export.ts";
import type { RatedRollout } from "./rated-rollouts.ts";

export function renderRating({ index, author, score, answer, comment }: RatingRecord): string {
  const said = [
    score === undefined ? "" : `score ${formatScore(score)}`,
    answer === undefined ? "" : `right answer "${fitText(answer, 60)}"`,
    comment === "" ? "" : `"${fitText(comment, 60)}"`,
  ];
  return `kept as rating ${index} of ${author}: ${said.filter((part) => part !== "").join(", ")}`;
}

export function renderLabels(rows: readonly RatedRollout[], width?: number): string {
  if (rows.length === 0) return "Nothing was rated. Rate what a run did: allele rate RUN TASK --good";
  return textTable(
    ["task", "genome", "checks", "people", "raters", "disagree", "right answer", "last word"],
    rows.map((row) => {
      const last = row.ratings.at(-1);
      return [
        row.task,
        shortId(row.genome),
        formatScore(row.score),
        row.human === null ? "-" : formatScore(row.human),
        row.raters,
        row.disagreements.join(", ") || "-",
        row.answers.map((answer) => fitText(answer, 40)).join(" | ") || "-",
        last === undefined ? "-" : fitText(`${formatTime(last.at)} ${last.author} ${last.comment}`.trim(), 60),
      ];
    }),
    [2, 3, 4],
    width,
  );
}

export function renderLabelExport({ tasks, disputed, gone }: LabelExport): string {
  const list = (ids: readonly string[]): string => `${ids.slice(0, 8).join(", ")}${ids.length > 8 ? ", ..." : ""}`;
  return [
    `${tasks.length} tasks with a labelled answer`,
    ...(disputed.length === 0 ? [] : [`${disputed.length} left out, people do not agree: ${list(disputed)}`]),
    ...(gone.length === 0 ? [] : [`${gone.length} left out, the dataset has them no more: ${list(gone)}`]),
  ].join("\n");
}

export function renderCalibration(
  rows: readonly JudgeCalibration[],
  pairs: PairCalibration | undefined,
  width?: number,
): string {
  const blocks: Block[] = [];
  if (rows.length === 0 && pairs === undefined) {
    blocks.push({
      kind: "paragraph",
      text: "No answer was judged by both a judge check and a person. Rate answers of a run on a dataset with judge checks: allele rate RUN TASK --good",
    });
  }
  if (rows.length > 0) {
    blocks.push(
      {
        kind: "table",
        head: ["judge", "asked", "rubric", "n", "same", "kappa", "judge - people"],
        rows: rows.map((row) => [
          row.judge,
          `v${row.version}`,
          fitText(row.rubric, 40),
          row.n,
          `${Math.round(100 * row.observed)} %`,
          row.kappa === null
            ? "n/a"
            : `${row.kappa.toFixed(2)} ${formatInterval(row.interval, (end) => end.toFixed(2))}`,
          row.bias.toFixed(3),
        ]),
        right: [3, 4, 6],
      },
      { kind: "list", items: rows.flatMap((row) => calibrationWarnings(row).map((text) => `${row.judge}: ${text}`)) },
    );
  }
  if (pairs !== undefined) blocks.push({ kind: "list", items: pairSentences(pairs) });
  return renderText("Judges held against people", blocks, width);
}

/** What the order of two answers does to a judge, in sentences. */
export function pairSentences({ judge, pairs, consistent, first, agrees }: PairCalibration): readonly string[] {
  if (pairs === 0) return ["No two answers to one task were rated so differently that the better one is known."];
  const share = (of: PairCalibration["first"]): string =>
    `${Math.round(100 * of.share)} % ${formatInterval(of.interval, (end) => end.toFixed(2))} of ${of.n}`;
  return [
    `${judge} was shown ${pairs} pairs in both orders; it stays with its word on ${share(consistent)}.`,
    ...(first.n === 0 ? [] : [`Where the order moves it, it names the first answer in ${share(first)}.`]),
    ...(agrees.n === 0 ? [] : [`Where it stays with its word, people prefer the same answer in ${share(agrees)}.`]),
  ];
}
