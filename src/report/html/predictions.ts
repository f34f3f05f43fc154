import { html, type Html } from "../../base/index.ts";
import { wilsonInterval } from "../../statistics/index.ts";
import type { PredictionRow } from "../run-report.ts";
import type { RunView } from "../run-view.ts";
import { dataTable, folded, genomeName, note, paragraph, said, section, type Column } from "./parts.ts";

/** Children that are listed one by one. */
const MOST_CHILDREN = 200;

/** What hypotheses said they would mend, against what came of it. */
export function predictionSection({ predictions }: RunView): Html {
  const title = "Predictions and outcomes";
  const { byOperator, byChild } = predictions;
  if (byOperator.length === 0)
    return section("predictions", title, paragraph("No child said which tasks it would mend."));
  const shown = byChild.slice(0, MOST_CHILDREN);
  return section(
    "predictions",
    title,
    html`${dataTable(
      "What was said to get better, and what did, by operator",
      [
        { head: "Made by", cell: ({ operator }) => said(operator, 60) },
        { head: "Children", cell: ({ children }) => children, figure: true },
        ...outcomeColumns,
      ],
      byOperator,
    )}${note("Counted on the training tasks that children were screened on; in brackets 95 % intervals, which take tasks for independent. A hypothesis that knows its cause mends more of the failing tasks that it names than of those that it does not.")}
${folded(
  `Child by child (${byChild.length})`,
  html`${byChild.length > shown.length && paragraph(`The first ${shown.length}; all are in the JSON report.`)}${dataTable(
    "Predictions of each child",
    [
      { head: "Child", cell: ({ genome }) => genomeName(genome) },
      { head: "Made by", cell: ({ operator }) => said(operator, 60) },
      ...outcomeColumns,
      { head: "Hypothesis", cell: ({ hypothesis }) => (hypothesis === "" ? "–" : said(hypothesis, 200)), words: true },
    ],
    shown,
  )}`,
)}`,
  );
}

const outcomeColumns: readonly Column<PredictionRow>[] = [
  { head: "Tasks named", cell: ({ predicted }) => predicted, figure: true },
  { head: "Named, got better", cell: ({ better, measured }) => share(better, measured), figure: true },
  { head: "Not named, got better", cell: ({ unnamedBetter, unnamed }) => share(unnamedBetter, unnamed), figure: true },
  { head: "Got worse", cell: ({ worse }) => worse, figure: true },
];

/** "7 of 12 [0.32, 0.81]". */
function share(part: number, all: number): Html {
  if (all === 0) return html`<small>none measured</small>`;
  const [low, high] = wilsonInterval(part, all);
  return html`${part} of ${all} <small>[${low.toFixed(2)}, ${high.toFixed(2)}]</small>`;
}
