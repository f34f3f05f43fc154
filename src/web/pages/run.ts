import { html, type Html } from "../../base/index.ts";
import { runSections } from "../../report/index.ts";
import {
  readPulse,
  requestPause,
  requestStop,
  settleStatus,
  steeringVersion,
  viewRun,
  type Pulse,
} from "../../workbench/index.ts";
import { elsewhere, page, type Action, type LivePart, type PageRequest, type View } from "../answer.ts";
import type { Dashboard } from "../dashboard.ts";
import { fragment, type Fragment } from "../fragment.ts";
import { failure } from "../failure.ts";
import { button } from "../parts.ts";
import { link } from "../router.ts";
import { livePanel } from "./live-panel.ts";
import { statusOf, statusWord } from "./run-status.ts";
import { childCards } from "./steer-parts.ts";
import { saidList, steeringOf } from "./steer.ts";

/** All of a run's report, kept up to date, with what can be done to it on top. */
export const runView: View = {
  show: async (request) => {
    const run = nameOf(request);
    const sections = await sectionsOf(request);
    return page({
      title: `Run ${run}`,
      part: "/",
      live: true,
      body: html`${headOf(request).map(fragment)}${(await steeringFragments(request)).map(fragment)}${contents()}${sections.map(fragment)}`,
    });
  },
  parts: (request): readonly LivePart[] => {
    const { dashboard } = request;
    const run = nameOf(request);
    return [
      {
        version: () => `${statusNow(dashboard, run)} ${readPulse(dashboard.workbench, run)?.at ?? 0}`,
        render: () => headOf(request),
      },
      { version: () => steeringVersion(dashboard.workbench, run), render: () => steeringFragments(request) },
      { version: () => sectionsVersion(dashboard, run), render: () => sectionsOf(request) },
    ];
  },
};

/** Judges what was found so far, on the sealed test, and ends. */
export const stopAction: Action = ({ dashboard, params }) => {
  const run = params["run"] ?? "";
  // One that nobody works on stops as soon as it goes on.
  if (!requestStop(dashboard.workbench, run)) dashboard.runs.start(run);
  return elsewhere(link(["runs", run]));
};

/** Leaves it as Ctrl-C does. */
export const pauseAction: Action = ({ dashboard, params }) => {
  const run = params["run"] ?? "";
  requestPause(dashboard.workbench, run);
  return elsewhere(link(["runs", run]));
};

export const resumeAction: Action = async ({ dashboard, params }) => {
  const run = params["run"] ?? "";
  await viewRun(dashboard.workbench, run);
  dashboard.runs.start(run);
  return elsewhere(link(["runs", run]));
};

function nameOf({ params }: PageRequest): string {
  return params["run"] ?? "";
}

function statusNow(dashboard: Dashboard, run: string): string {
  const { store, clock } = dashboard.workbench;
  const status = store.runs.get(run)?.status ?? "?";
  // Nobody tells of a process that was killed: it is looked for now and then.
  const looked = status === "running" ? Math.floor(clock.now() / 5000) : 0;
  return `${looked} ${statusOf(dashboard, run, status)} ${dashboard.runs.complaint(run) ?? ""}`;
}

function headOf(request: PageRequest): readonly Fragment[] {
  const { dashboard } = request;
  const run = nameOf(request);
  settleStatus(dashboard.workbench, [run]);
  const status = dashboard.workbench.store.runs.get(run)?.status ?? "failed";
  const pulse = status === "running" || dashboard.runs.isGoing(run) ? readPulse(dashboard.workbench, run) : undefined;
  return [
    { id: "run-head", content: head(dashboard, run, status) },
    { id: "run-live", content: pulse === undefined ? html`` : liveSection(pulse, dashboard.workbench.clock.now()) },
  ];
}

/** What is being measured, which can be vetoed from here, and what people said so far. */
async function steeringFragments(request: PageRequest): Promise<readonly Fragment[]> {
  const run = nameOf(request);
  const view = await readable(steeringOf(request.dashboard, run));
  const more = html`<p><a href="${link(["runs", run, "steer"])}">Steer: the pool, hypotheses and children of your own</a></p>`;
  const shown = view !== undefined && (view.said.length > 0 || (view.searching && view.pending.length > 0));
  return [
    {
      id: "run-steer",
      content: html`${
        shown &&
        html`<section aria-labelledby="steer-title"><h2 id="steer-title">${view.searching ? "Steering" : "What people said"}</h2>
${view.searching && childCards(view)}${saidList(view)}${view.searching && more}</section>`
      }`,
    },
  ];
}

/** Undefined for a run that another version recorded, which still has a page. */
async function readable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as { code?: string }).code === "run-options") return undefined;
    throw error;
  }
}

function liveSection(pulse: Pulse, now: number): Html {
  return html`<section class="live" aria-labelledby="live-title"><h2 id="live-title">Going on now</h2>${livePanel(pulse, now)}</section>`;
}

function head(dashboard: Dashboard, run: string, status: string): Html {
  const word = statusOf(dashboard, run, status);
  const complaint = dashboard.runs.complaint(run);
  const act = (what: string): string => link(["runs", run, what]);
  const going = word === "running" || word === "starting";
  return html`<div class="title"><h1>Run <bdi>${run}</bdi> ${statusWord(dashboard, run, status)}</h1><div class="actions">
${going && button(act("pause"), "Pause")}${going && button(act("stop"), "Stop and judge")}
${!going && word !== "finished" && button(act("resume"), "Resume", "main")}
${!going && word !== "finished" && button(act("stop"), "Judge what it has")}
${word !== "finished" && html`<a class="button" href="${act("steer")}">Steer</a>`}
<a class="button" href="${act("tasks")}">Tasks</a><a class="button" href="${link(["labels"], { run })}">Labels</a></div></div>
<p class="visually-hidden" role="status">Run ${run} is ${word}.</p>
${complaint !== undefined && html`<div class="failure" role="alert"><p><strong>It ended in trouble.</strong></p><pre>${complaint}</pre></div>`}`;
}

function contents(): Html {
  const named = runSections.flatMap(({ id, name }) => (name === undefined ? [] : [{ id, name }]));
  return html`<nav class="contents" aria-label="Contents"><ul>${named.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;
}

/** The status is asked for too: the dashboard itself may have found that nobody works on the run any more. */
function sectionsVersion({ workbench, version }: Dashboard, run: string): string {
  return `${version()} ${workbench.store.runs.get(run)?.status}`;
}

async function sectionsOf(request: PageRequest): Promise<readonly Fragment[]> {
  const run = nameOf(request);
  try {
    const { dashboard } = request;
    const sections = await dashboard.aside.sections(run, sectionsVersion(dashboard, run));
    return runSections.map(({ id }) => ({ id: `part-${id}`, content: sections.get(id) ?? html`` }));
  } catch (error) {
    // A run that another version recorded still has a page.
    if ((error as { code?: string }).code !== "run-options") throw error;
    return [{ id: "part-verdict", content: failure(error) }];
  }
}
