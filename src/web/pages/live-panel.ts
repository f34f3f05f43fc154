import { html, type Html } from "../../base/index.ts";
import {
  dataTable,
  estimate,
  facts,
  formatCount,
  formatDifference,
  formatDuration,
  formatMoney,
  formatScore,
  said,
  simulatedNote,
  type LiveCandidate,
  type LiveRun,
} from "../../report/index.ts";
import type { Pulse } from "../../workbench/index.ts";
import { time } from "../parts.ts";

/** Where a run stands while it goes on. */
export function livePanel({ at, live, told }: Pulse, now: number): Html {
  const { phase, incumbent, best, batches, operators, history, iterations, failed } = live;
  return html`<p class="phase"><strong>${phase}</strong>, iteration ${iterations}; <span data-rollouts="${live.spent.rollouts}">${live.spent.rollouts} rollouts</span>${now - at > 10_000 && html` <small>last heard of ${formatDuration((now - at) / 1000)} ago</small>`}</p>
${budgetBars(live, at)}
${facts([
  ...(incumbent === undefined ? [] : [["Incumbent", candidate(incumbent)] as const]),
  ...(best === undefined || best.index === incumbent?.index ? [] : [["Best on validation", candidate(best)] as const]),
  [
    "Under way",
    batches.length === 0
      ? "nothing"
      : batches.map(({ purpose, done, total }) => `${purpose} ${done}/${total}`).join(", "),
  ],
  ...(failed > 0 ? [["Failed outside", `${failed} rollouts, in no score`] as const] : []),
])}
${history.length > 1 && spark(history)}
${
  operators.length > 0 &&
  dataTable(
    "Operators so far",
    [
      { head: "Operator", cell: ({ operator }) => said(operator, 40) },
      { head: "Tried", cell: ({ tried }) => tried, figure: true },
      { head: "Kept", cell: ({ kept }) => kept, figure: true },
      { head: "Gain", cell: ({ gain }) => formatDifference(gain), figure: true },
    ],
    operators.slice(0, 6),
  )
}
${
  told.length > 0 &&
  html`<h3>Last events</h3><ol class="told">${told
    .slice(-12)
    .toReversed()
    .map((event) => html`<li>${time(event.at)} <bdi>${event.line}</bdi></li>`)}</ol>`
}
${live.simulated && simulatedNote()}`;
}

function candidate(row: LiveCandidate): Html {
  return html`#${row.index} ${estimate(row)}${row.origin !== "" && html` <small>${said(row.origin, 80)}</small>`}`;
}

/** What is used of each member of the budget. */
function budgetBars({ budget, spent, since }: LiveRun, at: number): Html {
  const minutes = (at - since) / 60_000;
  const members = [
    ["rollouts", spent.rollouts, budget.rollouts, (value: number) => value.toLocaleString("en")],
    ["tokens", spent.tokens, budget.tokens, formatCount],
    ["money", spent.usd, budget.usd, formatMoney],
    ["minutes", minutes, budget.minutes, (value: number) => value.toFixed(1)],
  ] as const;
  return html`<ul class="budget">${members.map(([name, used, limit, format]) =>
    limit === undefined
      ? html``
      : html`<li><label>${name} <progress max="${limit}" value="${Math.min(used, limit)}"></progress></label> <small>${format(Math.max(0, limit - used))} of ${format(limit)} left</small></li>`,
  )}</ul>`;
}

/** The best score on validation after each iteration, without axes: the report below has them. */
function spark(values: readonly number[]): Html {
  const [width, height] = [600, 60];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number): number => height - 6 - ((value - low) / Math.max(0.01, high - low)) * (height - 12);
  const points = values.map(
    (value, index) => `${((index / (values.length - 1)) * width).toFixed(1)},${y(value).toFixed(1)}`,
  );
  return html`<svg class="spark" viewBox="0 0 ${width} ${height}" role="img" aria-label="Best validation score from ${formatScore(values[0] ?? 0)} to ${formatScore(values.at(-1) ?? 0)}"><polyline points="${points.join(" ")}"/></svg>`;
}
