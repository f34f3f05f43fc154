import { AlleleError, foreignText, html, type Html } from "../../base/index.ts";
import { dataTable, formatCount, formatInterval, formatScore, said } from "../../report/index.ts";
import type { PromotionRecord } from "../../store/index.ts";
import {
  acceptTrial,
  endTrial,
  formatShare,
  rateSession,
  trialSentence,
  viewTrial,
  type TrialView,
  type Workbench,
} from "../../workbench/index.ts";
import { givenNumber, givenWord } from "../form-data.ts";
import { button, field, genomeLink, given, hidden } from "../parts.ts";
import { link } from "../router.ts";

/** Answers of a shadow that are shown. */
const mostAnswers = 20;

const sides = ["challenger", "incumbent"] as const;

/** The challengers that are or were tried in channels of a profile; nothing where none was. `again` is the form that was refused. */
export function trialParts(
  workbench: Workbench,
  live: readonly PromotionRecord[],
  history: readonly PromotionRecord[],
  again: URLSearchParams,
): readonly Html[] {
  const tried = new Set(history.filter(({ kind }) => kind === "canary" || kind === "shadow").map((row) => row.channel));
  return live
    .filter(({ channel }) => tried.has(channel))
    .map(({ profile, channel }) => trialPart(viewTrial(workbench, `${profile}@${channel}`), again));
}

/** Accepts or drops what is tried in a channel, as the form says. Throws `bad-field`, and what acceptTrial and endTrial throw. */
export function endTrialBy(workbench: Workbench, profile: string, form: URLSearchParams): PromotionRecord {
  const reference = `${profile}@${given(form, "channel") ?? ""}`;
  const reason = given(form, "reason") ?? "";
  const what = given(form, "what") ?? "";
  if (what === "accept") return acceptTrial(workbench, reference, reason);
  if (what === "drop") return endTrial(workbench, reference, reason);
  throw new AlleleError({
    code: "bad-field",
    message: `what: a challenger is accepted or dropped, not "${what}"`,
    hint: "Use the buttons of the page.",
  });
}

/** Keeps what was said of one side of a shadow's session. Throws what rateSession throws. */
export function rateSideBy(workbench: Workbench, form: URLSearchParams): void {
  rateSession(workbench, given(form, "session") ?? "", {
    score: givenNumber(form, "score") ?? Number.NaN,
    arm: givenWord(form, "arm", sides),
  });
}

function trialPart(view: TrialView, again: URLSearchParams): Html {
  const { channel, running } = view;
  const rows = sides.map((arm) => ({ arm, ...view.arms[arm] }));
  const kind = view.kind === "canary" ? `Canary, ${formatShare(view.share)} of sessions` : "Shadow";
  return html`<section aria-labelledby="trial-${channel}"><h2 id="trial-${channel}">${kind} in ${channel}${!running && " (over)"}</h2>
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
  )}${answersPart(view)}${running && endForm(view, again)}</section>`;
}

/** What both said to the same questions, which only a shadow leaves behind. */
function answersPart({ answers, channel, profile, running }: TrialView): Html {
  if (answers.length === 0) return html``;
  const rate = (label: string, score: string, { session, arm }: (typeof answers)[number]): Html =>
    button(
      link(["profiles", profile, "rate"]),
      html`${label}<span class="visually-hidden"> for the ${arm} in session ${session}</span>`,
      "plain",
      { session, arm, score },
    );
  const shown = answers.slice(0, 2 * mostAnswers);
  return html`<details><summary>Answers of both, newest first</summary>${dataTable(
    `Answers in ${channel}`,
    [
      { head: "Session", cell: ({ session }) => said(session, 60) },
      { head: "Arm", cell: ({ arm }) => arm },
      { head: "Question", cell: ({ question }) => foreignText(question, 600), words: true },
      { head: "Answer", cell: ({ answer }) => foreignText(answer, 600), words: true },
      ...(running
        ? [
            {
              head: "Rate the session",
              cell: (row: (typeof answers)[number]) =>
                html`<div class="actions">${rate("Good", "1", row)}${rate("Bad", "0", row)}</div>`,
            },
          ]
        : []),
    ],
    shown,
  )}</details>`;
}

function endForm({ profile, channel }: TrialView, again: URLSearchParams): Html {
  const reason = given(again, "channel") === channel ? given(again, "reason") : undefined;
  return html`<form class="fields" action="${link(["profiles", profile, "trial"])}" method="post">${hidden({ channel })}
${field({ name: "reason", label: "Why", hint: "stands in the history", value: reason })}
<p class="send"><button class="main" name="what" value="accept">Accept: point ${channel} at it</button> <button class="danger" name="what" value="drop">Drop it</button></p></form>`;
}
