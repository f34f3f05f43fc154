import { html, type Html } from "../../base/index.ts";
import { dataTable, said } from "../../report/index.ts";
import type { PromotionRecord } from "../../store/index.ts";
import { profileHistoryRows, profileRows, rollbackProfile, trialKind, type ProfileRow } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type Page, type PageRequest, type View } from "../answer.ts";
import { formAgain } from "../failure.ts";
import { actForm, choice, field, genomeLink, given, time } from "../parts.ts";
import { link } from "../router.ts";
import { gateTable, promoteForm, type GateRow } from "./promotion.ts";
import { endTrialBy, rateSideBy, trialParts } from "./trial.ts";

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

export const rollbackAction: Action = (request) =>
  changing(request, "rollback", ({ dashboard, form }, profile) =>
    rollbackProfile(dashboard.workbench, `${profile}@${given(form, "channel") ?? ""}`, given(form, "reason") ?? ""),
  );

/** Accepts or drops the challenger that is tried in a channel. */
export const trialAction: Action = (request) =>
  changing(request, "trial", ({ dashboard, form }, profile) => endTrialBy(dashboard.workbench, profile, form));

export const rateSideAction: Action = (request) =>
  changing(request, "trial", ({ dashboard, form }) => rateSideBy(dashboard.workbench, form));

/** The form that was refused, and why. */
interface Refused {
  readonly form: "rollback" | "trial";
  readonly trouble: Html;
}

function changing(
  request: PageRequest,
  form: Refused["form"],
  change: (request: PageRequest, profile: string) => unknown,
): ReturnType<Action> {
  const profile = request.params["profile"] ?? "";
  try {
    change(request, profile);
    return elsewhere(link(["profiles", profile]));
  } catch (error) {
    return formAgain(error, (trouble) => profilePage(request, { form, trouble }));
  }
}

async function profilePage(
  { dashboard: { workbench }, params, query, form }: PageRequest,
  refused?: Refused,
): Promise<Page> {
  const profile = params["profile"] ?? "";
  const history = profileHistoryRows(workbench, profile);
  const live = profileRows(workbench).filter((row) => row.profile === profile);
  const of = (name: Refused["form"]): URLSearchParams => (refused?.form === name ? form : new URLSearchParams());
  const trouble = (name: Refused["form"]): Html => html`${refused?.form === name && refused.trouble}`;
  return {
    title: `Profile ${profile}`,
    part: "/profiles",
    body: html`<h1>Profile <bdi>${profile}</bdi></h1>${liveTable(live, false)}
${trouble("trial")}${trialParts(workbench, live, history, of("trial"))}
<section aria-labelledby="rollback-title"><h2 id="rollback-title">Roll back</h2>${trouble("rollback")}${rollbackForm(profile, live, of("rollback"))}</section>
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

function liveTable(rows: readonly ProfileRow[], named: boolean): Html {
  return dataTable<ProfileRow>(
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
      ...(named && rows.some(({ trial }) => trial !== null)
        ? [
            {
              head: "Tried beside it",
              cell: ({ trial }: ProfileRow) => trial !== null && html`${genomeLink(trial.genome)} ${trialKind(trial)}`,
            },
          ]
        : []),
      {
        head: "",
        cell: ({ profile, channel }) =>
          html`<a class="button" href="${link(["chat"], { profile: `${profile}@${channel}` })}">Talk to it</a>`,
      },
    ],
    rows,
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
