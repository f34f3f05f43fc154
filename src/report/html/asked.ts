import { html, type Html, type HtmlValue } from "../../base/index.ts";
import { formatCount, formatDuration, formatMoney } from "../format.ts";
import { withoutTest } from "../run-document.ts";
import type { RunView } from "../run-view.ts";
import { dataTable, estimate, facts, genomeName, said, section } from "./parts.ts";

/** What was asked, what it came to, and what it took. */
export function askedSection(view: RunView): Html {
  const { asked, seed, winner, finalist, dataset, comparison } = view;
  const seconds = (Date.parse(asked.updated) - Date.parse(asked.started)) / 1000;
  const outcome = [
    { who: "Seed", genome: seed.genome, test: seed.test },
    ...(comparison === undefined ? [] : [{ who: "Winner", genome: winner.genome, test: winner.test }]),
  ];
  return section(
    "asked",
    "What was asked",
    html`<p class="ask">Make ${said(asked.seedLabel)} better at ${said(dataset)} within ${budgetWords(asked.budget)}.</p>
${facts([
  [
    "Dataset",
    html`${said(dataset)}: ${asked.tasks.train} train, ${asked.tasks.validation} validation, ${asked.tasks.test} sealed test tasks`,
  ],
  ...(asked.purpose === undefined || asked.purpose === "" ? [] : [["Its purpose", said(asked.purpose, 400)] as const]),
  ["Model", html`${said(asked.taskModel)}`],
  ...(asked.reflectionModel === asked.taskModel ? [] : [["Reflection model", said(asked.reflectionModel)] as const]),
  [
    "Started",
    html`<time datetime="${asked.started}">${asked.started.slice(0, 16).replace("T", " ")}</time> UTC${seconds >= 1 && `, ${formatDuration(seconds)} until its last change of status`}`,
  ],
  ["Random seed", view.seedNumber],
  [
    "Spent",
    html`${view.rollouts} rollouts, ${formatCount(view.tokens)} tokens, ${formatMoney(view.usd)}; ${view.failedRollouts} rollouts failed outside and are in no score`,
  ],
  [
    "Search",
    html`${view.iterations} iterations, ${view.candidates.length} candidates with the seed; stopped because: ${view.stop}`,
  ],
  ...(finalist === winner.genome || finalist === seed.genome
    ? []
    : [["Finalist", html`${genomeName(finalist)}, not proven better, so the seed is kept`] as const]),
])}
${dataTable(
  "The sealed test",
  [
    { head: "", cell: ({ who }) => who },
    { head: "Genome", cell: ({ genome }) => genomeName(genome) },
    {
      head: "Score, 95 % interval",
      cell: ({ test }): HtmlValue => (test === undefined ? withoutTest(view) : estimate(test)),
      figure: true,
    },
  ],
  outcome,
)}`,
  );
}

function budgetWords(budget: Readonly<Record<string, number>>): string {
  const parts = Object.entries(budget).map(([name, limit]) =>
    name === "usd" ? formatMoney(limit) : `${limit.toLocaleString("en")} ${name}`,
  );
  return parts.join(" and ");
}
