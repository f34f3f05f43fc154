import { AlleleError, foreignText, html, type Html } from "../../base/index.ts";
import {
  headroomFacts,
  headroomSentence,
  listDatasets,
  listGenomeFiles,
  planEvolution,
  SMALL_RUN,
  startRun,
  testHeadroom,
  type EvolveRequest,
} from "../../workbench/index.ts";
import { elsewhere, page, type Action, type Page, type View } from "../answer.ts";
import type { Dashboard } from "../dashboard.ts";
import { failure, formAgain } from "../failure.ts";
import { givenNumber, givenWholeNumber } from "../form-data.ts";
import { actForm, choice, field, given, hidden, suggested, textField } from "../parts.ts";
import { link } from "../router.ts";
import { onlyOwn, referenceNames } from "./names.ts";

const members = [
  "genome",
  "describe",
  "dataset",
  "rollouts",
  "usd",
  "tokens",
  "minutes",
  "seed",
  "lanes",
  "concurrency",
  "proposer",
  "name",
] as const;
type Member = (typeof members)[number];
const proposers = ["files", "none"] as const;

/** The form that starts a run; what its budget buys is said before anything is spent. */
export const startView: View = {
  show: async ({ dashboard, query }) => {
    const isAsked = given(query, "dataset") !== undefined && (query.has("genome") || query.has("describe"));
    if (!isAsked) return page(await startPage(dashboard, query));
    try {
      const plan = await planEvolution(dashboard.workbench, requestOf(query));
      return page(await startPage(dashboard, query, { plan: planned(plan, query) }));
    } catch (error) {
      return formAgain(error, () => startPage(dashboard, query, { error }));
    }
  },
};

export const startAction: Action = async ({ dashboard, form }) => {
  try {
    const run = await startRun(dashboard.workbench, requestOf(form));
    dashboard.runs.start(run);
    return elsewhere(link(["runs", run]));
  } catch (error) {
    return formAgain(error, () => startPage(dashboard, form, { error }));
  }
};

/** A run in small, beforehand. */
export const headroomAction: Action = ({ dashboard, form }) => {
  try {
    return elsewhere(link(["jobs", startHeadroom(dashboard, form)]));
  } catch (error) {
    return formAgain(error, () => startPage(dashboard, form, { error }));
  }
};

function startHeadroom({ workbench, jobs }: Dashboard, form: URLSearchParams): string {
  const request = { ...requestOf(form), headroom: givenWholeNumber(form, "headroom", 50) };
  const asked = Object.fromEntries(members.map((name) => [name, given(form, name)]));
  return jobs.start({
    title: `Is a run of ${request.genome ?? "what is described"} on ${request.dataset} worth starting?`,
    key: `headroom ${JSON.stringify(request)}`,
    again: link(["runs", "new"], asked),
    work: async (onLive, signal) => {
      const report = await testHeadroom(workbench, { ...request, signal, onLive });
      return html`<p class="lead">${headroomSentence(report)}</p><ul>${headroomFacts(report).map((text) => html`<li>${foreignText(text, 1000)}</li>`)}</ul>`;
    },
  });
}

interface Said {
  readonly plan?: Html;
  readonly error?: unknown;
}

async function startPage({ workbench }: Dashboard, fields: URLSearchParams, { plan, error }: Said = {}): Promise<Page> {
  const { config } = workbench;
  const [genomes, datasets] = [referenceNames(workbench), await listDatasets(workbench)];
  const isFresh = fields.size === 0;
  const value = (name: Member): string | undefined => given(fields, name);
  const wrong = error === undefined ? undefined : fieldOf(error);
  /** What is wrong stands right below what it is about. */
  const at = (name: Member, content: Html): Html => html`${content}${wrong === name && failure(error)}`;
  return {
    title: "Start a run",
    part: "/",
    body: html`<h1>Start a run</h1>${error !== undefined && wrong === undefined && failure(error)}
<form class="fields start" action="/runs/new" method="get">
<fieldset><legend>What</legend>
${at("genome", suggested({ name: "genome", label: "Genome", hint: "the seed: a file, a run, RUN#3, PROFILE@channel, hash", value: value("genome") ?? (isFresh ? onlyOwn(listGenomeFiles(workbench)) : undefined) }, genomes))}
${at(
  "dataset",
  suggested(
    {
      name: "dataset",
      label: "Dataset",
      hint: "a folder or a name",
      value: value("dataset") ?? (isFresh ? onlyOwn(datasets) : undefined),
      required: true,
    },
    datasets.map((entry) => entry.name),
  ),
)}
${at("name", field({ name: "name", label: "Name", hint: "made from the genome's when empty", value: value("name") }))}
${at("describe", textField({ name: "describe", label: "Or what the agent is for", hint: "instead of a genome: the reflection model writes the seed, within the budget", value: value("describe") }, 2))}</fieldset>
<fieldset><legend>Budget <small>whichever is used up first; ${defaultBudget(config.budget)} when all are empty</small></legend>
${at("rollouts", field({ name: "rollouts", label: "Rollouts", hint: "one candidate on one task once", value: value("rollouts") ?? (isFresh ? textOf(config.budget.rollouts) : undefined) }, "number"))}
${at("usd", field({ name: "usd", label: "US dollars", value: value("usd") }, "number"))}
${at("tokens", field({ name: "tokens", label: "Tokens", value: value("tokens") }, "number"))}
${at("minutes", field({ name: "minutes", label: "Minutes", value: value("minutes") }, "number"))}</fieldset>
<fieldset><legend>How</legend>
${at("seed", field({ name: "seed", label: "Random seed", hint: "the same seed, the same run", value: value("seed") ?? "0" }, "number"))}
${at("lanes", field({ name: "lanes", label: "Lanes", hint: "iterations under way at once; part of the run", value: value("lanes") ?? textOf(config.search.lanes) }, "number"))}
${at("concurrency", field({ name: "concurrency", label: "Rollouts at once", hint: "changes the pace, not the result", value: value("concurrency") ?? textOf(config.concurrency) }, "number"))}
${at(
  "proposer",
  choice({ name: "proposer", label: "Who proposes", value: value("proposer") }, [
    ["", "as configured"],
    ["files", "a person or an agent, by files"],
    ["none", "nobody: edits that ask no model"],
  ]),
)}</fieldset>
<p class="send"><button>What does it buy?</button></p></form>${plan}`,
  };
}

function planned(plan: Awaited<ReturnType<typeof planEvolution>>, fields: URLSearchParams): Html {
  const asked = Object.fromEntries(
    members.flatMap((name) => (given(fields, name) === undefined ? [] : [[name, given(fields, name) ?? ""]])),
  );
  return html`<section aria-labelledby="plan-title"><h2 id="plan-title">What the budget buys</h2>
<div class="text plan">${foreignText(plan.text, 4000)}</div>
${!plan.simulated && html`<p class="caution">This spends real tokens. It can be stopped at any time; what is paid for is kept.</p>`}
${actForm("/runs", hidden(asked), "Start")}</section>
<section aria-labelledby="headroom-title"><h2 id="headroom-title">Is it worth starting?</h2>
${actForm("/runs/headroom", html`${hidden(asked)}${field({ name: "headroom", label: "Rollouts of the pre-test", hint: "a run in small on half of the validation tasks; the sealed test stays sealed", value: String(SMALL_RUN) }, "number")}`, "Test it first", "plain")}</section>`;
}

function requestOf(fields: URLSearchParams): EvolveRequest {
  const proposer = given(fields, "proposer");
  return {
    genome: given(fields, "genome"),
    describe: given(fields, "describe"),
    dataset: given(fields, "dataset") ?? "",
    rollouts: givenWholeNumber(fields, "rollouts", 1),
    tokens: givenWholeNumber(fields, "tokens", 1),
    usd: givenNumber(fields, "usd"),
    minutes: givenNumber(fields, "minutes"),
    seed: givenWholeNumber(fields, "seed", 0) ?? 0,
    lanes: givenWholeNumber(fields, "lanes", 1),
    concurrency: givenWholeNumber(fields, "concurrency", 1),
    proposer: proposers.find((word) => word === proposer),
    name: given(fields, "name"),
  };
}

const fieldsOfCodes: Readonly<Record<string, Member>> = {
  "unknown-dataset": "dataset",
  "unknown-genome": "genome",
  "ambiguous-genome": "genome",
  "unknown-candidate": "genome",
  "unknown-profile": "genome",
  "run-unfinished": "genome",
  "no-beginning": "genome",
  "two-beginnings": "describe",
  "seed-unusable": "describe",
  "budget-too-small": "rollouts",
  "judge-budget": "tokens",
  "run-exists": "name",
  "run-name": "name",
};

/** The field that an error is about. */
function fieldOf(error: unknown): Member | undefined {
  if (!(error instanceof AlleleError)) return undefined;
  const named = error.code === "bad-field" ? error.message.split(":")[0] : undefined;
  return members.find((name) => name === named) ?? fieldsOfCodes[error.code];
}

function defaultBudget(budget: Readonly<Record<string, number | undefined>>): string {
  return Object.entries(budget)
    .flatMap(([name, limit]) => (limit === undefined ? [] : [`${limit} ${name}`]))
    .join(", ");
}

function textOf(value: number | undefined): string {
  return value === undefined ? "" : String(value);
}
