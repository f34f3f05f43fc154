import { html, type Html } from "../../base/index.ts";
import { challengeSentence, type Challenge, type ComparisonView } from "../comparison-view.ts";
import { formatDifference, formatInterval, formatP } from "../format.ts";
import { costTable, tagTable } from "./comparison.ts";
import { documentOf } from "./page.ts";
import { dataTable, note, said, section } from "./parts.ts";
import { tracePairHtml } from "./traces.ts";
import { differenceChart, judgeNote, lead, simulatedNote, verdictBadge } from "./verdict.ts";

/** A comparison of two or more genomes as one file that opens from disk. */
export function comparisonPage(view: ComparisonView): string {
  const { a, dataset, split, model } = view;
  return documentOf(
    `Compared with ${a.label} on ${dataset}`,
    html`<header><h1>${said(dataset)}, ${split} tasks <small>${said(model)}</small></h1></header>
<main id="main">${comparisonSections(view)}</main>`,
  );
}

/** How a page names things: by their words alone, or with a way to them. */
interface ComparisonNames {
  readonly task: (id: string) => Html;
  readonly genome: (of: ComparisonView["a"]) => Html;
}

const plainNames: ComparisonNames = { task: (id) => said(id, 100), genome: ({ label }) => said(label, 80) };

/** All there is to show of a comparison, for a page of any kind. */
export function comparisonSections(view: ComparisonView, names = plainNames): Html {
  const { challenges, simulated, judge } = view;
  return html`${simulated && simulatedNote()}${judge !== undefined && judgeNote(judge)}${challenges.length > 1 && overview(view, names)}${challenges.map((challenge, index) => challengeSections(view, challenge, index, names))}`;
}

/** All challengers at a glance. */
function overview({ a, challenges }: ComparisonView, names: ComparisonNames): Html {
  return section(
    "challengers",
    `${challenges.length} challengers of ${a.label}`,
    html`${dataTable(
      "Differences, p values corrected for their number",
      [
        { head: "Challenger", cell: ({ b }) => names.genome(b) },
        { head: "Tasks", cell: ({ comparison }) => comparison.n, figure: true },
        { head: "Difference", cell: ({ comparison }) => formatDifference(comparison.difference), figure: true },
        {
          head: "95 % interval",
          cell: ({ comparison }) => formatInterval(comparison.interval, formatDifference),
          figure: true,
        },
        { head: "p (Holm)", cell: ({ comparison }) => formatP(comparison.p), figure: true },
        { head: "Verdict", cell: ({ comparison }) => verdictBadge(comparison.verdict) },
      ],
      challenges,
    )}${note("Whoever asks several questions of the same tasks is told yes by chance more often; the correction takes that off.")}`,
  );
}

/** Statistics first, then costs, tags, flips and traces. */
function challengeSections(view: ComparisonView, challenge: Challenge, index: number, names: ComparisonNames): Html {
  const { a } = view;
  const { b, comparison, traces } = challenge;
  const sides = [a.label, b.label] as const;
  return html`<section id="challenge-${index}" class="verdict" aria-label="${b.label} against ${a.label}">
<p>${verdictBadge(comparison.verdict)}</p>${lead(challengeSentence(view, challenge))}
${comparison.n > 0 && differenceChart(`difference-${index}`, comparison)}
<h3>Score, cost and latency</h3>${costTable(comparison, sides)}
<h3>Tasks that flipped</h3>${flips("Fixed: only the second passes", comparison.fixed, names)}${flips("Broken: only the first passes", comparison.broken, names)}
${comparison.excluded > 0 && note(`${comparison.excluded} pairs are left out, because a call failed outside.`)}
<h3>By tag</h3>${tagTable(comparison)}
${traces.length > 0 && html`<h3>Traces side by side</h3>${traces.map((pair) => tracePairHtml(pair, sides))}`}</section>\n`;
}

function flips(name: string, tasks: readonly string[], names: ComparisonNames): Html {
  if (tasks.length === 0) return html`<p>${name}: none.</p>`;
  return html`<details${tasks.length <= 20 && html` open`}><summary>${name} (${tasks.length})</summary><p>${tasks.slice(0, 400).map((task, index) => html`${index > 0 && ", "}${names.task(task)}`)}${tasks.length > 400 && ` and ${tasks.length - 400} more`}</p></details>`;
}
