import { contentDigest, html, markupOf, trustedHtml, type Html } from "../../base/index.ts";
import type { RunView } from "../run-view.ts";
import { askedSection } from "./asked.ts";
import { changesSection } from "./changes.ts";
import { tagSection } from "./comparison.ts";
import { frontSection } from "./front.ts";
import { lineageSection } from "./lineage.ts";
import { matrixSection } from "./matrix.ts";
import { matrixScript } from "./matrix-script.ts";
import { predictionSection } from "./predictions.ts";
import { progressSection } from "./progress.ts";
import { openingSection, reproductionSection } from "./record.ts";
import { moneySection, operatorSection } from "./spend.ts";
import { reportStyle } from "./style.ts";
import { traceSection } from "./traces.ts";
import { verdictSection } from "./verdict.ts";

/** The parts of a run's page in their order, each a function of the view alone. `id` is the anchor. */
export const runSections: readonly {
  readonly id: string;
  /** In the table of contents; the verdict, which stands on top, has none. */
  readonly name: string | undefined;
  readonly render: (view: RunView) => Html;
}[] = [
  { id: "verdict", name: undefined, render: verdictSection },
  { id: "asked", name: "What was asked", render: askedSection },
  { id: "progress", name: "Score", render: progressSection },
  { id: "front", name: "Front", render: frontSection },
  { id: "tags", name: "Tags", render: tagSection },
  { id: "matrix", name: "Tasks", render: matrixSection },
  { id: "changes", name: "Genes", render: changesSection },
  { id: "lineage", name: "Lineage", render: lineageSection },
  { id: "operators", name: "Operators", render: operatorSection },
  { id: "predictions", name: "Predictions", render: predictionSection },
  { id: "money", name: "Money", render: moneySection },
  { id: "traces", name: "Traces", render: traceSection },
  { id: "openings", name: "Openings", render: openingSection },
  { id: "reproduce", name: "Reproduce", render: reproductionSection },
];

/** The whole report of a run as one file that opens from disk and asks nobody for anything. */
export function runPage(view: RunView): string {
  const named = runSections.flatMap(({ id, name }) => (name === undefined ? [] : [{ id, name }]));
  const [first, ...others] = runSections.map(({ render }) => render(view));
  return documentOf(
    `Run ${view.run}`,
    html`<header><h1>Run <bdi>${view.run}</bdi> <small>${view.status}</small></h1></header>
<main id="main">${first}${contents(named)}${others}</main>`,
  );
}

function contents(named: readonly { readonly id: string; readonly name: string }[]): Html {
  return html`<nav class="contents" aria-label="Contents"><ul>${named.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`;
}

/** A page of its own around a body. What may run in it is named by its digest: nothing else does, and nothing is fetched. */
export function documentOf(title: string, body: Html): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${contentDigest(matrixScript)}'; base-uri 'none'; form-action 'none'`;
  return markupOf(html`${trustedHtml("<!doctype html>")}
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><meta name="generator" content="Allele">
<title>${title}</title><style>${trustedHtml(reportStyle)}</style></head>
<body><a class="skip" href="#main">Skip to the report</a><div class="page">${body}
<footer>Made by Allele. Scores are in [0, 1], intervals are 95 %.</footer></div><script>${trustedHtml(matrixScript)}</script></body></html>
`);
}
