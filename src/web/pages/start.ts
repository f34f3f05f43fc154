import { AlleleError, foreignText, html, type Html } from "../../base/index.ts";
import { listDatasets, listGenomeFiles, planEvolution, startRun } from "../../workbench/index.ts";
import { elsewhere, page, type Action, type View } from "../answer.ts";
import { failure } from "../failure.ts";
import { actForm, field, given, hidden } from "../parts.ts";
import { link } from "../router.ts";

const members = ["genome", "dataset", "rollouts", "tokens", "usd", "minutes", "seed", "name"] as const;

/** The form that starts a run; what its budget buys is said before anything is spent. */
export const startView: View = {
  show: async ({ dashboard: { workbench }, query }) => {
    const asked = Object.fromEntries(
      members.flatMap((name) => (given(query, name) === undefined ? [] : [[name, given(query, name) ?? ""]])),
    );
    const genomes = listGenomeFiles(workbench).map(({ name }) => name);
    const datasets = (await listDatasets(workbench)).map(({ name }) => name);
    const isAsked = asked["genome"] !== undefined && asked["dataset"] !== undefined;
    return page({
      title: "Start a run",
      part: "/",
      body: html`<h1>Start a run</h1><form class="fields start" action="/runs/new" method="get">
${suggested("genome", "Genome", "the seed: a file, a run, a hash, PROFILE@channel", asked["genome"] ?? genomes[0], genomes)}
${suggested("dataset", "Dataset", "a folder or a name", asked["dataset"] ?? datasets[0], datasets)}
${field({ name: "rollouts", label: "Rollouts", hint: "one candidate on one task once", value: asked["rollouts"] ?? defaultBudget(workbench.config.budget.rollouts) }, "number")}
${field({ name: "usd", label: "US dollars", value: asked["usd"] }, "number")}
${field({ name: "tokens", label: "Tokens", value: asked["tokens"] }, "number")}
${field({ name: "minutes", label: "Minutes", value: asked["minutes"] }, "number")}
${field({ name: "seed", label: "Random seed", value: asked["seed"] ?? "0" }, "number")}
${field({ name: "name", label: "Name", hint: "made from the genome's when empty", value: asked["name"] })}
<button>What does it buy?</button></form>${isAsked && (await planned(workbench, query, asked))}`,
    });
  },
};

export const startAction: Action = async ({ dashboard, form }) => {
  const run = await startRun(dashboard.workbench, requestOf(form));
  dashboard.runs.start(run);
  return elsewhere(link(["runs", run]));
};

async function planned(
  workbench: Parameters<typeof planEvolution>[0],
  query: URLSearchParams,
  asked: Readonly<Record<string, string>>,
): Promise<Html> {
  try {
    const plan = await planEvolution(workbench, requestOf(query));
    return html`<section aria-labelledby="plan-title"><h2 id="plan-title">What the budget buys</h2>
<div class="text plan">${foreignText(plan.text, 4000)}</div>
${!plan.simulated && html`<p class="caution">This spends real tokens. It can be stopped at any time; what is paid for is kept.</p>`}
${actForm("/runs", hidden(asked), "Start")}</section>`;
  } catch (error) {
    return failure(error);
  }
}

function requestOf(fields: URLSearchParams): Parameters<typeof planEvolution>[1] {
  return {
    genome: given(fields, "genome") ?? "",
    dataset: given(fields, "dataset") ?? "",
    rollouts: number(fields, "rollouts"),
    tokens: number(fields, "tokens"),
    usd: number(fields, "usd"),
    minutes: number(fields, "minutes"),
    seed: number(fields, "seed") ?? 0,
    name: given(fields, "name"),
  };
}

/** Throws `bad-field`. */
function number(fields: URLSearchParams, name: string): number | undefined {
  const text = given(fields, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new AlleleError({
    code: "bad-field",
    message: `${name}: "${text}" is not a number of at least 0`,
    hint: "Correct it and send the form again.",
  });
}

function defaultBudget(rollouts: number | undefined): string {
  return rollouts === undefined ? "" : String(rollouts);
}

/** A line to write in, with what it may well be. */
function suggested(
  name: string,
  label: string,
  hint: string,
  value: string | undefined,
  words: readonly string[],
): Html {
  return html`<label class="field"><span>${label} <small>${hint}</small></span><input name="${name}" list="${name}-list" value="${value ?? ""}" required></label>
<datalist id="${name}-list">${words.map((word) => html`<option value="${word}"></option>`)}</datalist>`;
}
