import { html, type Html } from "../../base/index.ts";
import {
  calibrationWarnings,
  dataTable,
  formatDifference,
  formatInterval,
  said,
  type JudgeCalibration,
} from "../../report/index.ts";
import { calibrateJudges, type LabelFilter, type Workbench } from "../../workbench/index.ts";

/** How far judges agree with people, apart for every judge, version of how it is asked, and rubric. */
export function judgesSection(workbench: Workbench, { dataset, run }: LabelFilter): Html {
  const rows = calibrateJudges(workbench, { dataset, run });
  return html`<section id="judges" aria-labelledby="judges-title"><h2 id="judges-title">Judges held against people</h2>${
    rows.length === 0
      ? html`<p class="empty">No answer was judged by both a judge check and a person.</p>`
      : html`${table(rows)}<ul>${rows.flatMap((row) => calibrationWarnings(row).map((warning) => html`<li>${said(row.judge, 120)} on “${said(row.rubric, 80)}”: ${warning}</li>`))}</ul>
<p class="note">Kappa is agreement beyond chance on whether an answer is good: 1 is full, 0 none. Drift is the later half minus the earlier, from 20 answers on; length the correlation of the judge's error with the length of the answer, from 8 on.</p>`
  }</section>`;
}

const two = (value: number): string => value.toFixed(2);

function table(rows: readonly JudgeCalibration[]): Html {
  return dataTable(
    "Judges",
    [
      { head: "Judge", cell: ({ judge, version }) => html`${said(judge, 120)} <small>asked v${version}</small>` },
      { head: "Rubric", cell: ({ rubric }) => said(rubric, 120) },
      { head: "Answers", cell: ({ n }) => n, figure: true },
      { head: "Same word", cell: ({ observed }) => `${Math.round(100 * observed)} %`, figure: true },
      {
        head: "Kappa",
        cell: ({ kappa, interval }) =>
          kappa === null ? "–" : html`${two(kappa)} <small>${formatInterval(interval, two)}</small>`,
        figure: true,
      },
      { head: "Judge minus people", cell: ({ bias }) => formatDifference(bias), figure: true },
      {
        head: "Drift",
        cell: ({ drift }) =>
          drift === null
            ? "–"
            : html`${formatDifference(drift.difference)} <small>${formatInterval(drift.interval, formatDifference)}</small>`,
        figure: true,
      },
      {
        head: "Length",
        cell: ({ length }) =>
          length === null
            ? "–"
            : html`${two(length.correlation)} <small>${formatInterval(length.interval, two)}</small>`,
        figure: true,
      },
    ],
    rows,
  );
}
