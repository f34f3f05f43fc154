import { dataScript, html, type Html } from "../../base/index.ts";
import { PASS_MARK } from "../pass-mark.ts";
import type { MatrixTask, TaskMark, TaskMatrix } from "../task-matrix.ts";
import type { RunView } from "../run-view.ts";
import { dataTable, folded, note, paragraph, said, section } from "./parts.ts";

const marks: Readonly<Record<TaskMark, string>> = {
  fixed: "the seed failed it, the finalist passes",
  broken: "the seed passed it, the finalist fails",
  flaky: "the same genome passed it once and failed it once",
  saturated: "everybody who was measured passes: it tells nobody from anybody",
  unsolved: "nobody who was measured passes",
};
const markNames = Object.keys(marks) as TaskMark[];

/** Every task with every candidate: a picture that can be walked through with the pointer or the arrow keys, and a table of striking tasks. */
export function matrixSection({ matrix, candidates, winner }: RunView): Html {
  if (matrix.tasks.length === 0)
    return section("matrix", "Tasks and candidates", paragraph("Nothing has been measured yet."));
  const winners = candidates.flatMap(({ genome, index }) => (genome === winner.genome ? [index] : []));
  return section(
    "matrix",
    "Tasks and candidates",
    html`${markCounts(matrix)}
<div class="matrix" data-matrix><div class="matrix-controls"><label>Show <select data-matrix-filter><option value="">all tasks</option>
${(["test", "validation", "train"] as const).map((split) => html`<option value="split:${split}">${split} tasks</option>`)}${markNames.map((mark) => html`<option value="mark:${mark}">${mark}</option>`)}</select></label>
<output data-matrix-cell>Point at a cell, or walk with the arrow keys.</output></div>
<div class="matrix-view"><canvas data-matrix-canvas role="img" tabindex="0" aria-label="Scores of ${matrix.candidates.length} candidates on ${matrix.tasks.length} tasks; arrow keys read one cell after the other"></canvas><div class="matrix-mark" data-matrix-mark hidden></div></div>
${dataScript("matrix-data", packedMatrix(matrix, winners))}</div>
${note("A row is a task, sealed test first; a column a candidate, the seed first. The darker, the higher the score; empty where nothing was measured, crossed where a call failed outside.")}
${taskTable(matrix)}`,
  );
}

/** How many tasks bear each mark, and what the mark means. */
function markCounts({ tasks, repeated }: TaskMatrix): Html {
  const counted = markNames.map((mark) => ({ mark, count: tasks.filter((task) => task.marks.includes(mark)).length }));
  const flaky =
    repeated === 0
      ? "no task was run twice by seed or finalist, so nothing is known of flaky ones"
      : `${repeated} tasks were run more than once`;
  return html`<ul class="marks">${counted.map(({ mark, count }) => html`<li><strong>${count}</strong> <span class="mark ${mark}">${mark}</span> <small>${mark === "flaky" && repeated === 0 ? flaky : marks[mark]}</small></li>`)}</ul>
${note(`A task counts as passed from ${PASS_MARK} on. Of train and validation tasks, on which the search was steered, fixed and broken prove nothing.`)}`;
}

/** Rows of the table without scripts: those with a mark other than saturated or unsolved first. */
const MOST_ROWS = 600;

function taskTable({ tasks }: TaskMatrix): Html {
  const weight = ({ marks: own }: MatrixTask): number =>
    Math.min(...own.map((mark) => markNames.indexOf(mark)), markNames.length);
  const rows = tasks.toSorted((a, b) => weight(a) - weight(b)).slice(0, MOST_ROWS);
  const table = dataTable(
    "Tasks, striking ones first",
    [
      { head: "Task", cell: ({ task }) => said(task, 80) },
      { head: "Split", cell: ({ split }) => split },
      { head: "Marks", cell: (row) => row.marks.map((mark) => html`<span class="mark ${mark}">${mark}</span> `) },
      { head: "Passed by", cell: ({ passed, scored }) => `${passed} of ${scored}`, figure: true },
      { head: "Tags", cell: ({ tags }) => said(tags.join(", "), 80) },
    ],
    rows,
  );
  const cut = tasks.length > rows.length && paragraph(`The first ${rows.length}; all are in the CSV report.`);
  return folded(`The tasks as a table (${tasks.length})`, html`${cut}${table}`);
}

const NOT_MEASURED = 255;
const FAILED = 254;

/**
 * The matrix for the script of the page: `cells` is base64 of one byte a cell, candidate by candidate: 200 times the score, 254 where the
 * outside failed, 255 where nothing was measured.
 */
function packedMatrix({ tasks, scores }: TaskMatrix, winners: readonly number[]): Record<string, unknown> {
  const cells = new Uint8Array(scores.length * tasks.length);
  for (const [row, values] of scores.entries()) {
    for (const [column, score] of values.entries()) cells[row * tasks.length + column] = byteOf(score);
  }
  return {
    tasks: tasks.map(({ task }) => task.slice(0, 120)),
    splits: tasks.map(({ split }) => split),
    marks: tasks.map((task) => task.marks),
    candidates: scores.length,
    winners,
    cells: Buffer.from(cells).toString("base64"),
  };
}

function byteOf(score: number | "failed" | null): number {
  if (score === null) return NOT_MEASURED;
  return score === "failed" ? FAILED : Math.round(Math.min(1, Math.max(0, score)) * 200);
}
