import { html, type Html } from "../../base/index.ts";
import { dataTable, formatCount, formatInterval, formatScore } from "../../report/index.ts";
import type { PromotionRecord } from "../../store/index.ts";
import { formatShare, trialSentence, viewTrial, type Workbench } from "../../workbench/index.ts";
import { genomeLink } from "../parts.ts";

/** The challengers that are or were tried in channels of a profile; nothing where none was. */
export function trialParts(
  workbench: Workbench,
  live: readonly PromotionRecord[],
  history: readonly PromotionRecord[],
): readonly Html[] {
  const tried = new Set(history.filter(({ kind }) => kind === "canary" || kind === "shadow").map((row) => row.channel));
  return live
    .filter(({ channel }) => tried.has(channel))
    .map(({ profile, channel }) => trialPart(workbench, profile, channel));
}

function trialPart(workbench: Workbench, profile: string, channel: string): Html {
  const view = viewTrial(workbench, `${profile}@${channel}`);
  const rows = (["challenger", "incumbent"] as const).map((arm) => ({ arm, ...view.arms[arm] }));
  const kind = view.kind === "canary" ? `Canary, ${formatShare(view.share)} of sessions` : "Shadow";
  return html`<section aria-labelledby="trial-${channel}"><h2 id="trial-${channel}">${kind} in ${channel}${!view.running && " (over)"}</h2>
<p class="lead">${trialSentence(view)}</p>${dataTable(
    "Both arms",
    [
      { head: "Arm", cell: ({ arm }) => arm },
      { head: "Genome", cell: ({ genome }) => genomeLink(genome) },
      { head: "Sessions", cell: ({ sessions }) => String(sessions) },
      { head: "Unanswered turns", cell: ({ turns, unanswered }) => `${unanswered} of ${turns}` },
      { head: "Tokens a turn", cell: ({ tokens }) => formatCount(tokens) },
      {
        head: "Rated",
        cell: ({ rated, score }) =>
          score === undefined
            ? "0"
            : `${formatScore(score.mean)} ${formatInterval(score.interval, formatScore)} n=${rated}`,
      },
    ],
    rows,
  )}</section>`;
}
