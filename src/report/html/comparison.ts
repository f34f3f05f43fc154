import { html, type Html } from "../../base/index.ts";
import type { Comparison } from "../compare.ts";
import { formatCount, formatDifference, formatDuration, formatInterval, formatMoney, formatScore } from "../format.ts";
import type { RunView } from "../run-view.ts";
import { dataTable, note, paragraph, said, section } from "./parts.ts";
import { verdictBadge } from "./verdict.ts";

/** Where the finalist gained and lost, kind by kind. */
export function tagSection({ comparison, testOpened }: RunView): Html {
  if (comparison === undefined) {
    const why = testOpened ? "The sealed test has no result." : "The sealed test has not been opened.";
    return section("tags", "By tag", paragraph(why));
  }
  return section("tags", "By tag", tagTable(comparison));
}

export function tagTable({ byTag }: Comparison): Html {
  const rows = Object.entries(byTag);
  if (rows.length === 0) return paragraph("The tasks have no tags.");
  return html`${dataTable(
    "Difference by tag",
    [
      { head: "Tag", cell: ([tag]) => said(tag, 60) },
      { head: "Tasks", cell: ([, { n }]) => n, figure: true },
      { head: "Difference", cell: ([, { difference }]) => formatDifference(difference), figure: true },
      { head: "95 % interval", cell: ([, { interval }]) => formatInterval(interval, formatDifference), figure: true },
      { head: "Verdict", cell: ([, { verdict }]) => verdictBadge(verdict) },
    ],
    rows,
  )}${note("Each row is a question of its own, asked of few tasks: of twenty such rows one is wrong in the mean. They say where to look, not what is proven.")}`;
}

/** What both sides scored, and what it took. */
export function costTable({ a, b }: Comparison, names: readonly [a: string, b: string]): Html {
  const time = (milliseconds: number | undefined): string => {
    if (milliseconds === undefined || !Number.isFinite(milliseconds)) return "–";
    return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : formatDuration(milliseconds / 1000);
  };
  return dataTable(
    "Scores and costs of both sides",
    [
      { head: "", cell: ([name]) => said(name, 80) },
      { head: "Score", cell: ([, side]) => formatScore(side.score), figure: true },
      { head: "Tokens a rollout", cell: ([, side]) => formatCount(side.tokens), figure: true },
      { head: "Model calls", cell: ([, side]) => side.steps?.toFixed(1) ?? "–", figure: true },
      { head: "Time a rollout", cell: ([, side]) => time(side.milliseconds), figure: true },
      { head: "Cost in all", cell: ([, side]) => formatMoney(side.usd), figure: true },
    ],
    [[names[0], a] as const, [names[1], b] as const],
  );
}
