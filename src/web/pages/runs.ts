import { html, type Html } from "../../base/index.ts";
import { dataTable, formatDifference, formatInterval, formatMoney, said, verdictBadge } from "../../report/index.ts";
import { countRuns, listRuns, readPulse, type RunListRequest, type RunRow } from "../../workbench/index.ts";
import { page, type LivePart, type PageRequest, type View } from "../answer.ts";
import type { Dashboard } from "../dashboard.ts";
import { fragment, type Fragment } from "../fragment.ts";
import { askForm, choice, field, given, pageNumber, pages, runLink } from "../parts.ts";
import { link } from "../router.ts";
import { statusWord } from "./run-status.ts";

const size = 50;
const statuses = ["", "running", "interrupted", "finished", "failed"];
const verdicts = ["", "better", "worse", "same", "cannot-tell"];
const orders = ["started", "gain", "rollouts", "usd", "name"] as const;

/** All runs, filtered and sorted by the address. */
export const runsView: View = {
  show: (request) =>
    page({
      title: "Runs",
      part: "/",
      live: true,
      body: html`<div class="title"><h1>Runs</h1><a class="button main" href="/runs/new">Start a run</a></div>
${filters(request.query)}${rows(request).map(fragment)}`,
    }),
  parts: (request): readonly LivePart[] => [
    { version: () => `${request.dashboard.version()} ${pulses(request)}`, render: () => rows(request) },
  ],
};

function rows(request: PageRequest): readonly Fragment[] {
  const { dashboard, query } = request;
  const asked = requestOf(query);
  const at = pageNumber(query);
  const found = listRuns(dashboard.workbench, { ...asked, limit: size, offset: (at - 1) * size });
  const total = countRuns(dashboard.workbench, asked);
  const others = Object.fromEntries([...query].filter(([name]) => name !== "page" && name !== "have"));
  return [
    {
      id: "runs",
      content: html`${total === 0 ? nothing(query) : table(dashboard, found)}
${pages(total, size, at, (number) => link([], { ...others, page: number }))}`,
    },
  ];
}

function requestOf(query: URLSearchParams): RunListRequest {
  const one = <T extends string>(name: string, words: readonly T[]): T | undefined =>
    words.find((word) => word !== "" && word === query.get(name));
  return {
    status: one("status", ["running", "interrupted", "finished", "failed"]),
    verdict: one("verdict", verdicts),
    dataset: given(query, "dataset"),
    genome: given(query, "genome"),
    order: one("order", orders),
  };
}

function filters(query: URLSearchParams): Html {
  const value = (name: string): string | undefined => given(query, name);
  return askForm(
    "/",
    html`${choice({ name: "status", label: "Status", value: value("status") }, named(statuses))}
${choice({ name: "verdict", label: "Verdict", value: value("verdict") }, named(verdicts))}
${field({ name: "dataset", label: "Dataset", value: value("dataset") }, "search")}
${field({ name: "genome", label: "Genome", value: value("genome") }, "search")}
${choice({ name: "order", label: "Order", value: value("order") }, [
  ["", "newest first"],
  ["gain", "largest gain"],
  ["rollouts", "most rollouts"],
  ["usd", "most money"],
  ["name", "name"],
])}`,
    "Filter",
  );
}

function named(words: readonly string[]): readonly (readonly [string, string])[] {
  return words.map((word) => [word, word === "" ? "all" : word.replace("-", " ")]);
}

function nothing(query: URLSearchParams): Html {
  return query.size === 0
    ? html`<p class="empty">No runs yet. <a href="/runs/new">Start one</a>, or in the terminal: <code>allele evolve -g GENOME -d DATASET</code></p>`
    : html`<p class="empty">No run is like that. <a href="/">All runs</a></p>`;
}

function table(dashboard: Dashboard, found: readonly RunRow[]): Html {
  const money = found.some(({ usd }) => usd > 0);
  return dataTable(
    "Runs",
    [
      { head: "Run", cell: ({ run }) => runLink(run) },
      { head: "Status", cell: (row) => statusWord(dashboard, row.run, row.status) },
      { head: "Started", cell: ({ started }) => started },
      { head: "Genome", cell: ({ genome }) => said(genome, 40) },
      { head: "Dataset", cell: ({ dataset }) => said(dataset, 40) },
      { head: "Rollouts", cell: (row) => rolloutsOf(dashboard, row), figure: true },
      ...(money ? [{ head: "Cost", cell: ({ usd }: RunRow) => formatMoney(usd), figure: true }] : []),
      { head: "Verdict", cell: (row) => verdictOf(row) },
      {
        head: "Difference",
        cell: ({ difference, interval }) =>
          difference === null
            ? "–"
            : html`${formatDifference(difference)} <small>${interval !== null && formatInterval(interval, formatDifference)}</small>`,
        figure: true,
      },
    ],
    found,
  );
}

function verdictOf({ verdict }: RunRow): Html | string {
  const known = (["better", "worse", "same", "cannot-tell"] as const).find((word) => word === verdict);
  return known === undefined ? "–" : verdictBadge(known);
}

/** A run that goes on has rollouts that its journal does not know yet. */
function rolloutsOf({ workbench }: Dashboard, { run, status, rollouts }: RunRow): number {
  const pulse = status === "running" ? readPulse(workbench, run) : undefined;
  return Math.max(rollouts, pulse?.live.spent.rollouts ?? 0);
}

/** Changes with the rollouts of what goes on, at most once a second for each run. */
function pulses({ dashboard }: PageRequest): string {
  const { workbench } = dashboard;
  const going = listRuns(workbench, { status: "running", limit: 20 });
  return going.map(({ run }) => Math.floor((readPulse(workbench, run)?.at ?? 0) / 1000)).join(",");
}
