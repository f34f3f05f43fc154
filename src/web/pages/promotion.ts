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
import { formatShare, judgeOfTasks, listDatasets, promoteGenome, type Workbench } from "../../workbench/index.ts";
import { elsewhere, type Action } from "../answer.ts";
import { givenNumber } from "../form-data.ts";
import { actForm, choice, field, genomeLink, given, suggested } from "../parts.ts";
import { link } from "../router.ts";
import { datasetNames, referenceNames } from "./names.ts";

const channels = ["dev", "staging", "prod"];

/** What the form of a promotion says, which links can fill in. */
const asked = ["genome", "profile", "channel", "against", "dataset", "canary", "shadow", "approve", "dryRun"] as const;

export async function promoteForm(workbench: Workbench, query: URLSearchParams, profile?: string): Promise<Html> {
  const value = (name: (typeof asked)[number]): string | undefined => given(query, name);
  const box = (name: "approve" | "dryRun" | "shadow", label: string): Html =>
    html`<label class="check"><input type="checkbox" name="${name}" value="yes"${value(name) === "yes" && html` checked`}> ${label}</label>`;
  return actForm(
    "/profiles/promote",
    html`${suggested({ name: "genome", label: "Genome", hint: "a run means its finalist", value: value("genome"), required: true }, referenceNames(workbench))}
${field({ name: "profile", label: "Profile", value: value("profile") ?? profile, required: true })}
${choice({ name: "channel", label: "Channel", value: value("channel") }, channels)}
${field({ name: "against", label: "It must beat", hint: "what is live there, or the run's seed, when empty", value: value("against") })}
${suggested({ name: "dataset", label: "Dataset", hint: "the run's when empty", value: value("dataset") }, await datasetNames(workbench))}
${field({ name: "canary", label: "As a canary", hint: "share of new sessions that it answers beside what is live, such as 0.1; all when empty", value: value("canary") }, "number")}
${box("shadow", "As a shadow: it works on every session and answers nobody")}
${box("approve", "I approve it for prod")}
${box("dryRun", "Check the gates, change nothing")}`,
    "Check gates and promote",
  );
}

/** Checks the gates; when all pass and it was not only asked what would be, moves the pointer or begins a trial. */
export const promoteAction: Action = ({ dashboard: { workbench, jobs }, form }) => {
  const request = {
    genome: given(form, "genome") ?? "",
    profile: given(form, "profile") ?? "",
    channel: given(form, "channel"),
    against: given(form, "against"),
    dataset: given(form, "dataset"),
    canary: givenNumber(form, "canary"),
    shadow: form.get("shadow") === "yes",
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

/** Who has a say in the scores of a dataset's sealed test; undefined where the dataset is not found any more. */
async function judgeOf(workbench: Workbench, name: string | undefined): Promise<JudgedBy | undefined> {
  const dataset = (await listDatasets(workbench)).find((entry) => entry.name === name)?.dataset;
  return dataset === undefined ? undefined : judgeOfTasks(workbench, dataset.name, tasksOf(dataset, "test"));
}

type Promotion = Awaited<ReturnType<typeof promoteGenome>>;

function promotion(result: Promotion, judge: JudgedBy | undefined): Html {
  const { profile, channel, challenger, incumbent, gates, moved, trial, comparison, simulated } = result;
  const { verdict, difference, interval, n } = comparison;
  const changed = moved || trial !== undefined;
  return html`<p>${verdictBadge(verdict)}</p><p class="lead">${endingOf(result)}</p>
<p>${genomeLink(challenger.id, said(challenger.label, 80))} against ${genomeLink(incumbent.id, said(incumbent.label, 80))} on the sealed test: ${formatDifference(difference)} <small>${formatInterval(interval, formatDifference)} n=${n}</small></p>
${simulated && simulatedNote()}${judge !== undefined && judgeNote(judge)}${gateTable(gates)}<p><a href="${link(changed ? ["profiles", profile] : ["profiles"])}">${changed ? html`Profile <bdi>${profile}</bdi>@${channel}` : "Profiles"}</a></p>`;
}

function endingOf({ trial, moved, passed }: Promotion): string {
  if (trial?.kind === "canary") return `It answers ${formatShare(trial.share)} of new sessions. The pointer stays.`;
  if (trial !== undefined) return "It works on every session and answers nobody. The pointer stays.";
  if (moved) return "The pointer has moved. New sessions use it.";
  return passed ? "All gates pass. Nothing was changed." : "Refused. Nothing was changed.";
}

export interface GateRow {
  readonly name: string;
  readonly passed: boolean;
  readonly evidence: string;
}

export function gateTable(gates: readonly GateRow[]): Html {
  return dataTable(
    "Gates",
    [
      { head: "Gate", cell: ({ name }) => said(name, 60) },
      {
        head: "",
        cell: ({ passed }) =>
          html`<span class="status ${passed ? "finished" : "failed"}">${passed ? "passed" : "refused"}</span>`,
      },
      { head: "Evidence", cell: ({ evidence }) => foreignText(evidence, 600), words: true },
    ],
    gates,
  );
}
