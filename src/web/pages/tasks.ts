import { html, type Html } from "../../base/index.ts";
import {
  dataTable,
  formatCount,
  formatDuration,
  formatScore,
  judgeNote,
  said,
  tracePairHtml,
  type RunView,
} from "../../report/index.ts";
import { taskRollouts, viewRun } from "../../workbench/index.ts";
import { page, type View } from "../answer.ts";
import { askForm, choice, field, genomeLink, given, pageNumber, pages, runLink, time } from "../parts.ts";
import { link } from "../router.ts";

const size = 100;
const splits = ["train", "validation", "test"];
const marks = ["fixed", "broken", "flaky", "saturated", "unsolved"];

/** The tasks of a run, filtered by the address. */
export const runTasksView: View = {
  show: async ({ dashboard, params, query }) => {
    const run = params["run"] ?? "";
    const view = await viewRun(dashboard.workbench, run);
    const [split, mark, words] = [given(query, "split"), given(query, "mark"), given(query, "words")?.toLowerCase()];
    const found = view.matrix.tasks.filter(
      (task) =>
        (split === undefined || task.split === split) &&
        (mark === undefined || task.marks.some((own) => own === mark)) &&
        (words === undefined || `${task.task} ${task.tags.join(" ")}`.toLowerCase().includes(words)),
    );
    const at = pageNumber(query);
    return page({
      title: `Tasks of ${run}`,
      part: "/",
      body: html`<h1>Tasks of run ${runLink(run)}</h1>${view.judge !== undefined && judgeNote(view.judge)}
${askForm(
  link(["runs", run, "tasks"]),
  html`${choice({ name: "split", label: "Split", value: split }, [["", "all"], ...splits])}
${choice({ name: "mark", label: "Mark", value: mark }, [["", "all"], ...marks])}
${field({ name: "words", label: "Id or tag has", value: given(query, "words") }, "search")}`,
  "Filter",
)}
${found.length === 0 ? html`<p class="empty">No task is like that.</p>` : taskTable(run, view, found.slice((at - 1) * size, at * size))}
${pages(found.length, size, at, (number) => link(["runs", run, "tasks"], { split, mark, words: given(query, "words"), page: number }))}`,
    });
  },
};

function taskTable(run: string, { finalist, seed }: RunView, tasks: RunView["matrix"]["tasks"]): Html {
  return dataTable(
    `Tasks${finalist === seed.genome ? "" : ", with marks for seed and finalist"}`,
    [
      { head: "Task", cell: ({ task }) => html`<a href="${link(["runs", run, "tasks", task])}">${said(task, 80)}</a>` },
      { head: "Split", cell: (row) => row.split },
      { head: "Marks", cell: (row) => row.marks.map((own) => html`<span class="mark ${own}">${own}</span> `) },
      { head: "Passed by", cell: ({ passed, scored }) => `${passed} of ${scored}`, figure: true },
      { head: "Tags", cell: ({ tags }) => said(tags.join(", "), 80) },
    ],
    tasks,
  );
}

/** One task of a run: what seed and finalist did on it, and every rollout that is kept. */
export const runTaskView: View = {
  show: async ({ dashboard: { workbench }, params }) => {
    const { run = "", task = "" } = params;
    const view = await viewRun(workbench, run, { tasks: [task] });
    const index = view.matrix.tasks.findIndex((row) => row.task === task);
    const row = view.matrix.tasks[index];
    const candidates = new Map(view.candidates.map(({ genome }, position) => [genome, position]));
    const rollouts = taskRollouts(workbench, task).filter(({ genome }) => candidates.has(genome));
    return page({
      title: task,
      part: "/",
      body: html`<h1>Task <bdi>${task}</bdi> <small>of run ${runLink(run)}</small></h1>${view.judge !== undefined && judgeNote(view.judge)}
${row !== undefined && html`<p>${row.split} task, passed by ${row.passed} of ${row.scored} candidates. ${row.marks.map((own) => html`<span class="mark ${own}">${own}</span> `)}</p>`}
<section aria-labelledby="side-title"><h2 id="side-title">Seed and finalist</h2><div class="opened">${view.traces.map((pair) => tracePairHtml(pair, ["Seed", "Finalist"]))}</div></section>
<section aria-labelledby="all-title"><h2 id="all-title">All rollouts of the run's candidates</h2>
${
  rollouts.length === 0
    ? html`<p class="empty">None is kept.</p>`
    : dataTable(
        "Rollouts, newest first",
        [
          {
            head: "Rollout",
            cell: (entry) =>
              html`<a href="${link(["rollouts", entry.key])}">#${candidates.get(entry.genome) ?? "?"}, repeat ${entry.repeat}</a>`,
          },
          { head: "Genome", cell: (entry) => genomeLink(entry.genome) },
          { head: "Score", cell: (entry) => formatScore(keptOf(entry.rollout).score), figure: true },
          {
            head: "Tokens",
            cell: (entry) =>
              formatCount(keptOf(entry.rollout).usage.inputTokens + keptOf(entry.rollout).usage.outputTokens),
            figure: true,
          },
          {
            head: "Time",
            cell: (entry) => formatDuration(keptOf(entry.rollout).usage.milliseconds / 1000),
            figure: true,
          },
          { head: "When", cell: (entry) => time(entry.at) },
        ],
        rollouts.slice(0, 300),
      )
}</section>`,
    });
  },
};

interface Kept {
  readonly score: number;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number; readonly milliseconds: number };
}

function keptOf(rollout: unknown): Kept {
  return rollout as Kept;
}
