import { foreignText, html, type Html } from "../../base/index.ts";
import { tasksOf } from "../../dataset/index.ts";
import {
  dataTable,
  formatDifference,
  formatInterval,
  judgeNote,
  said,
  simulatedNote,
  verdictBadge,
  type JudgedBy,
} from "../../report/index.ts";
import type { PromotionRecord } from "../../store/index.ts";
import {
  judgeOfTasks,
  listDatasets,
  profileHistoryRows,
  profileRows,
  promoteGenome,
  rollbackProfile,
  type Workbench,
} from "../../workbench/index.ts";
import { elsewhere, page, type Action, type Page, type PageRequest, type View } from "../answer.ts";
import { formAgain } from "../failure.ts";
import { actForm, choice, field, genomeLink, given, suggested, time } from "../parts.ts";
import { link } from "../router.ts";
import { datasetNames, referenceNames } from "./names.ts";
import { trialParts } from "./trial.ts";

const channels = ["dev", "staging", "prod"];

export const profilesView: View = {
  show: async ({ dashboard: { workbench }, query }) => {
    const rows = profileRows(workbench);
    return page({
      title: "Profiles",
      part: "/profiles",
      body: html`<h1>Profiles</h1>
${rows.length === 0 ? html`<p class="empty">Nothing is live yet. Promote the winner of a run.</p>` : liveTable(rows, true)}
<section aria-labelledby="promote-title"><h2 id="promote-title">Promote</h2>${await promoteForm(workbench, query)}</section>`,
    });
  },
};

/** A profile: what is live in its channels, how it came there, and the buttons that change it. */
export const profileView: View = {
  show: async (request) => page(await profilePage(request)),
};

async function profilePage(
  { dashboard: { workbench }, params, query, form }: PageRequest,
  trouble?: Html,
): Promise<Page> {
  const profile = params["profile"] ?? "";
  const history = profileHistoryRows(workbench, profile);
  const live = profileRows(workbench).filter((row) => row.profile === profile);
  return {
    title: `Profile ${profile}`,
    part: "/profiles",
    body: html`<h1>Profile <bdi>${profile}</bdi></h1>${liveTable(live, false)}
${trialParts(workbench, live, history)}
<section aria-labelledby="rollback-title"><h2 id="rollback-title">Roll back</h2>${trouble}${rollbackForm(profile, live, form)}</section>
<section aria-labelledby="promote-title"><h2 id="promote-title">Promote</h2>${await promoteForm(workbench, query, profile)}</section>
<section aria-labelledby="history-title"><h2 id="history-title">History</h2>${historyTable(history)}</section>`,
  };
}

function rollbackForm(profile: string, live: readonly PromotionRecord[], form: URLSearchParams): Html {
  return actForm(
    link(["profiles", profile, "rollback"]),
    html`${choice(
      { name: "channel", label: "Channel", value: given(form, "channel") },
      live.map(({ channel }) => channel),
    )}${field({ name: "reason", label: "Reason", hint: "stands in the history", value: given(form, "reason"), required: true })}`,
    "Roll back",
    "danger",
  );
}

/** Checks the gates; moves the pointer when all pass and it was not only asked what would be. */
export const promoteAction: Action = ({ dashboard: { workbench, jobs }, form }) => {
  const request = {
    genome: given(form, "genome") ?? "",
    profile: given(form, "profile") ?? "",
    channel: given(form, "channel"),
    against: given(form, "against"),
    dataset: given(form, "dataset"),
    approve: form.get("approve") === "yes",
    dryRun: form.get("dryRun") === "yes",
  };
  const id = jobs.start({
    title: `${request.dryRun ? "Check" : "Promote"} ${request.genome} for ${request.profile}${request.channel === undefined ? "" : `@${request.channel}`}`,
    key: `promote ${JSON.stringify(request)}`,
    again: link(["profiles"], Object.fromEntries(asked.map((name) => [name, given(form, name)]))),
    work: async (onLive, signal) => {
      const result = await promoteGenome(workbench, { ...request, signal, onLive });
      return promotion(result, await judgeOf(workbench, request.dataset ?? result.challenger.dataset));
    },
  });
  return elsewhere(link(["jobs", id]));
};

export const rollbackAction: Action = (request) => {
  const { dashboard, params, form } = request;
  const profile = params["profile"] ?? "";
  try {
    rollbackProfile(dashboard.workbench, `${profile}@${given(form, "channel") ?? ""}`, given(form, "reason") ?? "");
    return elsewhere(link(["profiles", profile]));
  } catch (error) {
    return formAgain(error, (trouble) => profilePage(request, trouble));
  }
};

function liveTable(rows: readonly PromotionRecord[], named: boolean): Html {
  return dataTable(
    "What is live",
    [
      {
        head: named ? "Profile" : "Channel",
        cell: ({ profile, channel }) =>
          named ? html`<a href="${link(["profiles", profile])}"><bdi>${profile}</bdi>@${channel}</a>` : channel,
      },
      { head: "Genome", cell: ({ genome }) => genomeLink(genome) },
      { head: "Since", cell: ({ at }) => time(at) },
      { head: "By", cell: ({ kind }) => kind },
      {
        head: "",
        cell: ({ profile, channel }) =>
          html`<a class="button" href="${link(["chat"], { profile: `${profile}@${channel}` })}">Talk to it</a>`,
      },
    ],
    rows,
  );
}

/** What the form of a promotion says, which links can fill in. */
const asked = ["genome", "profile", "channel", "against", "dataset", "approve", "dryRun"] as const;

async function promoteForm(workbench: Workbench, query: URLSearchParams, profile?: string): Promise<Html> {
  const value = (name: (typeof asked)[number]): string | undefined => given(query, name);
  const box = (name: "approve" | "dryRun", label: string): Html =>
    html`<label class="check"><input type="checkbox" name="${name}" value="yes"${value(name) === "yes" && html` checked`}> ${label}</label>`;
  return actForm(
    "/profiles/promote",
    html`${suggested({ name: "genome", label: "Genome", hint: "a run means its finalist", value: value("genome"), required: true }, referenceNames(workbench))}
${field({ name: "profile", label: "Profile", value: value("profile") ?? profile, required: true })}
${choice({ name: "channel", label: "Channel", value: value("channel") }, channels)}
${field({ name: "against", label: "It must beat", hint: "what is live there, or the run's seed, when empty", value: value("against") })}
${suggested({ name: "dataset", label: "Dataset", hint: "the run's when empty", value: value("dataset") }, await datasetNames(workbench))}
${box("approve", "I approve it for prod")}
${box("dryRun", "Check the gates, change nothing")}`,
    "Check gates and promote",
  );
}

/** Who has a say in the scores of a dataset's sealed test; undefined where the dataset is not found any more. */
async function judgeOf(workbench: Workbench, name: string | undefined): Promise<JudgedBy | undefined> {
  const dataset = (await listDatasets(workbench)).find((entry) => entry.name === name)?.dataset;
  return dataset === undefined ? undefined : judgeOfTasks(workbench, dataset.name, tasksOf(dataset, "test"));
}

function promotion(
  {
    profile,
    channel,
    challenger,
    incumbent,
    gates,
    passed,
    moved,
    comparison,
    simulated,
  }: Awaited<ReturnType<typeof promoteGenome>>,
  judge: JudgedBy | undefined,
): Html {
  const { verdict, difference, interval, n } = comparison;
  const ending = moved
    ? "The pointer has moved. New sessions use it."
    : passed
      ? "All gates pass. Nothing was changed."
      : "Refused. Nothing was changed.";
  return html`<p>${verdictBadge(verdict)}</p><p class="lead">${ending}</p>
<p>${genomeLink(challenger.id, said(challenger.label, 80))} against ${genomeLink(incumbent.id, said(incumbent.label, 80))} on the sealed test: ${formatDifference(difference)} <small>${formatInterval(interval, formatDifference)} n=${n}</small></p>
${simulated && simulatedNote()}${judge !== undefined && judgeNote(judge)}${gateTable(gates)}<p><a href="${link(moved ? ["profiles", profile] : ["profiles"])}">${moved ? html`Profile <bdi>${profile}</bdi>@${channel}` : "Profiles"}</a></p>`;
}

interface GateRow {
  readonly name: string;
  readonly passed: boolean;
  readonly evidence: string;
}

function gateTable(gates: readonly GateRow[]): Html {
  return dataTable(
    "Gates",
    [
      { head: "Gate", cell: ({ name }) => said(name, 60) },
      {
        head: "",
        cell: ({ passed }) =>
          html`<span class="status ${passed ? "finished" : "failed"}">${passed ? "passed" : "refused"}</span>`,
      },
      { head: "Evidence", cell: ({ evidence }) => foreignText(evidence, 600) },
    ],
    gates,
  );
}

function historyTable(rows: readonly PromotionRecord[]): Html {
  return html`<ol class="history">${rows.map(
    (
      row,
    ) => html`<li><p><strong>${row.kind}</strong> in ${row.channel}, ${time(row.at)}: ${row.previous !== undefined && html`${genomeLink(row.previous)} → `}${genomeLink(row.genome)} <small>${said(row.verdict, 40)}${row.reason !== "" && html`; ${said(row.reason, 200)}`}</small></p>
${gatesOf(row).length > 0 && html`<details><summary>Gates</summary>${gateTable(gatesOf(row))}</details>`}</li>`,
  )}</ol>`;
}

function gatesOf({ evidence, kind }: PromotionRecord): readonly GateRow[] {
  const gates = kind === "promote" ? (evidence as { readonly gates?: unknown } | null)?.gates : undefined;
  return Array.isArray(gates) ? (gates as readonly GateRow[]) : [];
}
