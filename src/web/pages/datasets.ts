import { canonicalJson, foreignText, html, type Html } from "../../base/index.ts";
import { datasetStatistics, type Dataset, type Task } from "../../dataset/index.ts";
import { dataTable, facts, formatCount, formatScore, judgeNote, said } from "../../report/index.ts";
import { judgeOfTasks, listDatasets, listRuns, resolveDataset, taskRollouts } from "../../workbench/index.ts";
import { page, type View } from "../answer.ts";
import { askForm, choice, field, genomeLink, given, pageNumber, pages, runLink, time } from "../parts.ts";
import { link } from "../router.ts";

const size = 100;

export const datasetsView: View = {
  show: async ({ dashboard: { workbench } }) => {
    const entries = await listDatasets(workbench);
    const count = (dataset: Dataset | undefined, split: string): number | string =>
      dataset === undefined ? "–" : dataset.tasks.filter((task) => task.split === split).length;
    return page({
      title: "Datasets",
      part: "/datasets",
      body: html`<h1>Datasets</h1>${
        entries.length === 0
          ? html`<p class="empty">No datasets yet. Import one: <code>allele dataset import</code></p>`
          : dataTable(
              "Datasets",
              [
                {
                  head: "Name",
                  cell: ({ name, dataset, own }) =>
                    dataset === undefined
                      ? name
                      : html`<a href="${link(["datasets", name])}">${said(name, 60)}</a>${!own && html` <small>comes with Allele</small>`}`,
                },
                {
                  head: "Description",
                  cell: ({ dataset, trouble }) => said(trouble ?? dataset?.description ?? "", 160),
                  words: true,
                },
                { head: "Train", cell: ({ dataset }) => count(dataset, "train"), figure: true },
                { head: "Validation", cell: ({ dataset }) => count(dataset, "validation"), figure: true },
                { head: "Test", cell: ({ dataset }) => count(dataset, "test"), figure: true },
              ],
              entries,
            )
      }`,
    });
  },
};

/** A dataset's tasks, filtered by the address. Tasks of the sealed test are counted, and their texts not shown. */
export const datasetView: View = {
  show: async ({ dashboard: { workbench }, params, query }) => {
    const name = params["dataset"] ?? "";
    const dataset = await resolveDataset(workbench, name);
    const [split, tag, words] = [given(query, "split"), given(query, "tag"), given(query, "words")];
    const found = dataset.tasks.filter(
      (task) =>
        (split === undefined || task.split === split) &&
        (tag === undefined || task.tags.includes(tag)) &&
        (words === undefined ||
          (isOpen(task) ? `${task.id} ${task.input}` : task.id).toLowerCase().includes(words.toLowerCase())),
    );
    const at = pageNumber(query);
    const { bySplit, byTag, byCheckType, inputLength } = datasetStatistics(dataset);
    const runs = listRuns(workbench, { dataset: dataset.name, limit: 10 });
    const openings = workbench.store.testOpenings.count(dataset.name);
    return page({
      title: dataset.name,
      part: "/datasets",
      body: html`<div class="title"><h1><bdi>${dataset.name}</bdi></h1><div class="actions"><a class="button" href="${link(["datasets", name, "audit"])}">Audit</a><a class="button" href="${link(["labels"], { dataset: dataset.name })}">Labels</a><a class="button main" href="${link(["runs", "new"], { dataset: name })}">Start a run</a></div></div>
${facts([
  ...(dataset.description === undefined ? [] : [["Description", said(dataset.description, 400)] as const]),
  ["Tasks", `${bySplit.train} train, ${bySplit.validation} validation, ${bySplit.test} sealed test`],
  ["Sealed test", `opened ${openings} ${openings === 1 ? "time" : "times"} in this store`],
  ["Inputs", `${inputLength.least} to ${inputLength.most} characters, median ${inputLength.median}`],
  [
    "Checks",
    Object.entries(byCheckType)
      .map(([type, tasks]) => `${type} ${tasks}`)
      .join(", "),
  ],
  ["Runs", runs.length === 0 ? "none" : runs.map(({ run }) => html`${runLink(run)} `)],
])}
<h2>Tasks</h2>${askForm(
        link(["datasets", name]),
        html`${choice({ name: "split", label: "Split", value: split }, [["", "all"], "train", "validation", "test"])}
${choice({ name: "tag", label: "Tag", value: tag }, [["", "all"], ...byTag.map((row): readonly [string, string] => [row.tag, `${row.tag} (${row.count})`])])}
${field({ name: "words", label: "Has the words", value: words }, "search")}`,
        "Filter",
      )}${found.length === 0 ? html`<p class="empty">No task is like that.</p>` : taskTable(name, found.slice((at - 1) * size, at * size))}
${pages(found.length, size, at, (number) => link(["datasets", name], { split, tag, words, page: number }))}`,
    });
  },
};

function isOpen({ split }: Task): boolean {
  return split !== "test";
}

function taskTable(name: string, tasks: readonly Task[]): Html {
  return dataTable(
    "Tasks",
    [
      { head: "Task", cell: ({ id }) => html`<a href="${link(["datasets", name, "tasks", id])}">${said(id, 80)}</a>` },
      { head: "Split", cell: ({ split }) => split },
      {
        head: "Input",
        cell: (task) => (isOpen(task) ? said(task.input, 140) : html`<small>sealed</small>`),
        words: true,
      },
      { head: "Tags", cell: ({ tags }) => said(tags.join(", "), 60) },
    ],
    tasks,
  );
}

/** One task of a dataset, its checks, and everything that was measured on it. */
export const datasetTaskView: View = {
  show: async ({ dashboard: { workbench }, params }) => {
    const { dataset: name = "", task: id = "" } = params;
    const dataset = await resolveDataset(workbench, name);
    const task = dataset.tasks.find((one) => one.id === id);
    const judge = task === undefined ? undefined : judgeOfTasks(workbench, dataset.name, [task]);
    return page({
      title: id,
      part: "/datasets",
      body: html`<h1>Task <bdi>${id}</bdi> <small>of <a href="${link(["datasets", name])}">${said(name, 60)}</a></small></h1>
${task === undefined ? html`<p class="caution">The dataset has no such task (any more). What was measured on it is kept.</p>` : taskText(task)}${judge !== undefined && judgeNote(judge)}${rolloutTable(taskRollouts(workbench, id))}`,
    });
  },
};

/** A task by its id alone, where nothing says of which dataset. */
export const taskView: View = {
  show: ({ dashboard: { workbench }, params }) => {
    const id = params["task"] ?? "";
    return page({
      title: id,
      part: "/datasets",
      body: html`<h1>Task <bdi>${id}</bdi></h1>${rolloutTable(taskRollouts(workbench, id))}`,
    });
  },
};

function taskText(task: Task): Html {
  const { split, tags, input, checks } = task;
  return html`${facts([
    ["Split", split],
    ["Tags", said(tags.join(", "), 200)],
  ])}
${
  isOpen(task)
    ? html`<h2>What is asked</h2><pre>${foreignText(input, 20_000)}</pre><h2>Checks</h2><ul>${checks.map((check) => html`<li><code>${said(canonicalJson(check), 1000)}</code></li>`)}</ul>`
    : html`<p class="caution">This task is of the sealed test: what it asks is not shown, so that nobody tunes an agent to it.</p>`
}`;
}

function rolloutTable(rollouts: ReturnType<typeof taskRollouts>): Html {
  const kept = (
    entry: (typeof rollouts)[number],
  ): { readonly score: number; readonly usage: { readonly inputTokens: number; readonly outputTokens: number } } =>
    entry.rollout as unknown as ReturnType<typeof kept>;
  return html`<section aria-labelledby="rollouts-title"><h2 id="rollouts-title">Rollouts</h2>${
    rollouts.length === 0
      ? html`<p class="empty">Nothing was measured on it.</p>`
      : dataTable(
          "Rollouts, newest first",
          [
            {
              head: "Rollout",
              cell: (entry) => html`<a href="${link(["rollouts", entry.key])}">${time(entry.at)}</a>`,
            },
            { head: "Genome", cell: ({ genome }) => genomeLink(genome) },
            { head: "Score", cell: (entry) => formatScore(kept(entry).score), figure: true },
            {
              head: "Tokens",
              cell: (entry) => formatCount(kept(entry).usage.inputTokens + kept(entry).usage.outputTokens),
              figure: true,
            },
          ],
          rollouts.slice(0, 300),
        )
  }</section>`;
}
