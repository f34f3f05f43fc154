import { html, type Html } from "../../base/index.ts";
import { dataTable, formatScore, said } from "../../report/index.ts";
import {
  calibratePairs,
  exportLabels,
  listDatasets,
  listLabels,
  pairSentences,
  renderLabelExport,
  type LabelFilter,
  type RatedRollout,
  type Workbench,
} from "../../workbench/index.ts";
import { elsewhere, page, type Action, type PageRequest, type View } from "../answer.ts";
import { givenWholeNumber, givenWord } from "../form-data.ts";
import { actForm, askForm, choice, field, genomeLink, given, pageNumber, pages, time } from "../parts.ts";
import { link } from "../router.ts";
import { judgesSection } from "./judges.ts";

const size = 100;
const checks = ["equals", "contains", "token_f1"] as const;

/** What people said of answers, where they disagree, what can be made of it, and how far judges agree with it. */
export const labelsView: View = {
  show: async ({ dashboard: { workbench }, query }) => {
    const filter = filterOf(query);
    const names = await namesOfDatasets(workbench);
    const rows = listLabels(workbench, filter);
    const at = pageNumber(query);
    const value = (name: string): string | undefined => given(query, name);
    return page({
      title: "Labels",
      part: "/labels",
      body: html`<h1>What people say of answers</h1>
<p>Rate and comment a rollout on its own page, which you find from its task or its run. What people say is held against checks and judges here, and can become checks.</p>
${askForm(
  "/labels",
  html`${choice({ name: "disagreements", label: "Show", value: value("disagreements") }, [
    ["", "everything that was rated"],
    ["yes", "disagreements"],
  ])}${choice({ name: "dataset", label: "Dataset", value: filter.dataset }, [["", "all"], ...names])}${field({ name: "run", label: "Candidates of the run", value: value("run") }, "search")}`,
  "Filter",
)}
${rows.length === 0 ? html`<p class="empty">${filter.disagreements === true ? "Nobody disagrees." : "Nothing was rated."}</p>` : table(rows.slice((at - 1) * size, at * size))}
${pages(rows.length, size, at, (number) => link(["labels"], { ...textOf(query), page: number }))}
<section aria-labelledby="export-title"><h2 id="export-title">As checks</h2>${exportForm(names, query)}</section>
${judgesSection(workbench, filter)}
<section aria-labelledby="pairs-title"><h2 id="pairs-title">Does the order move the judge?</h2>
${actForm("/labels/pairs", html`${choice({ name: "dataset", label: "Dataset", value: filter.dataset }, names)}${field({ name: "pairs", label: "Pairs at most", hint: "each is shown to the judge in both orders: two calls", value: value("pairs") ?? "20" }, "number")}`, "Ask the judge", "plain")}</section>`,
    });
  },
};

/** As labels name them, which need not be the names of their folders; those that have labels first. */
async function namesOfDatasets(workbench: Workbench): Promise<readonly string[]> {
  const labelled = listLabels(workbench).map(({ dataset }) => dataset);
  const all = (await listDatasets(workbench)).flatMap(({ dataset }) => dataset?.name ?? []);
  return [...new Set([...labelled, ...all])];
}

function filterOf(query: URLSearchParams): LabelFilter {
  return {
    dataset: given(query, "dataset"),
    run: given(query, "run"),
    disagreements: given(query, "disagreements") === "yes",
  };
}

function textOf(query: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries([...query].filter(([name]) => name !== "page"));
}

function table(rows: readonly RatedRollout[]): Html {
  return dataTable(
    "Rated rollouts, the one spoken of last first",
    [
      { head: "Task", cell: (row) => html`<a href="${link(["rollouts", row.rollout])}">${said(row.task, 80)}</a>` },
      { head: "Genome", cell: ({ genome }) => genomeLink(genome) },
      { head: "Checks", cell: ({ score }) => formatScore(score), figure: true },
      {
        head: "People",
        cell: ({ human, raters }) => (human === null ? "–" : html`${formatScore(human)} <small>n=${raters}</small>`),
        figure: true,
      },
      { head: "Disagree", cell: ({ disagreements }) => html`<strong>${disagreements.join(", ") || "–"}</strong>` },
      { head: "Right would be", cell: ({ answers }) => said(answers.join(" | ") || "–", 120) },
      {
        head: "Last word",
        cell: ({ ratings }) => {
          const last = ratings.at(-1);
          return last === undefined
            ? "–"
            : html`${said(last.author, 40)}, ${time(last.at)} <small>${said(last.comment, 120)}</small>`;
        },
      },
    ],
    rows,
  );
}

function exportForm(names: readonly string[], query: URLSearchParams): Html {
  return html`${askForm(
    "/labels/export",
    html`${choice({ name: "dataset", label: "Dataset", value: given(query, "dataset") }, names)}${choice({ name: "check", label: "Check", value: given(query, "check") }, checks)}`,
    "Make checks",
  )}<p class="note">Tasks for which people say what would have been right, each with a check against it. Tasks that people do not agree on are left out.</p>`;
}

/** What an export comes to, with the file to take away. */
export const exportView: View = {
  show: async (request) => {
    const { dataset, check, exported } = await exportOf(request);
    const file = link(["labels", "tasks.jsonl"], { dataset, check });
    return page({
      title: `Checks for ${dataset}`,
      part: "/labels",
      body: html`<h1>Checks for <bdi>${dataset}</bdi></h1><p>${said(renderLabelExport(exported).replaceAll("\n", ". "), 800)}.</p>
${exported.lines.length > 0 && html`<p><a class="button main" href="${file}" download>tasks.jsonl</a></p><pre>${exported.lines.slice(0, 200).join("\n")}</pre>`}
<p class="note">The lines keep the ids of their tasks: they may take the place of the old ones, or stand in a dataset of their own. In the terminal: <code>allele labels export</code></p>
${exportForm(await namesOfDatasets(request.dashboard.workbench), request.query)}`,
    });
  },
};

export const tasksFile: View = {
  show: async (request) => {
    const { dataset, exported } = await exportOf(request);
    return {
      kind: "download",
      type: "application/jsonl; charset=utf-8",
      name: `${dataset}-labelled.jsonl`,
      text: `${exported.lines.join("\n")}\n`,
    };
  },
};

async function exportOf({ dashboard: { workbench }, query }: PageRequest): Promise<{
  readonly dataset: string;
  readonly check: (typeof checks)[number];
  readonly exported: Awaited<ReturnType<typeof exportLabels>>;
}> {
  const dataset = given(query, "dataset") ?? "";
  const check = givenWord(query, "check", checks);
  return { dataset, check, exported: await exportLabels(workbench, dataset, { check }) };
}

/** Shows the judge pairs of rated answers in both orders. */
export const pairsAction: Action = ({ dashboard: { workbench, jobs }, form }) => {
  const dataset = given(form, "dataset") ?? "";
  const most = givenWholeNumber(form, "pairs", 1) ?? 20;
  const id = jobs.start({
    title: `Show the judge pairs of answers on ${dataset}`,
    key: `pairs ${JSON.stringify([dataset, most])}`,
    again: link(["labels"], { dataset, pairs: most }),
    work: async (_, signal) => {
      const pairs = await calibratePairs(workbench, { dataset, most, signal });
      return html`<ul>${pairSentences(pairs).map((sentence) => html`<li>${said(sentence, 600)}</li>`)}</ul>`;
    },
  });
  return elsewhere(link(["jobs", id]));
};
