import {
  fitText,
  formatCount,
  formatDifference,
  formatInterval,
  formatMoney,
  formatScore,
  formatTime,
  renderText,
  shortId,
} from "../report/index.ts";
import type { SessionRating } from "../store/index.ts";
import type { TrialView } from "./trial.ts";

/** Answers of a shadow that are shown. */
const MOST_ANSWERS = 10;

export function renderTrial(view: TrialView, width?: number): string {
  const { profile, channel, kind, share, running, arms, answers } = view;
  return renderText(
    `${profile}@${channel}: ${trialKind({ kind, share })}${running ? "" : " (over)"}`,
    [
      { kind: "paragraph", text: trialSentence(view) },
      {
        kind: "table",
        head: ["", "genome", "sessions", "turns", "unanswered", "tokens a turn", "money", "rated", "score"],
        rows: (["incumbent", "challenger"] as const).map((arm) => {
          const { genome, sessions, turns, unanswered, tokens, usd, rated, score } = arms[arm];
          const shown =
            score === undefined ? "-" : `${formatScore(score.mean)} ${formatInterval(score.interval, formatScore)}`;
          return [
            arm,
            shortId(genome),
            sessions,
            turns,
            unanswered,
            formatCount(tokens),
            formatMoney(usd),
            rated,
            shown,
          ];
        }),
        right: [2, 3, 4, 5, 6, 7],
      },
      ...(answers.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              head: ["session", "by", "question", "answer"],
              rows: answers
                .slice(0, MOST_ANSWERS * 2)
                .map(({ session, arm, question, answer }) => [
                  session,
                  arm,
                  fitText(question, 60),
                  fitText(answer, 80),
                ]),
            },
          ]),
      {
        kind: "list",
        items: [
          `since ${formatTime(view.since)}`,
          "intervals of the arms are of one look; the verdict holds however often it is looked at",
          ...(running ? [`end it: allele profile canary ${profile}@${channel} --accept or --drop`] : []),
        ],
      },
    ],
    width,
  );
}

/** "canary, 10 % of new sessions" or "shadow" */
export function trialKind({ kind, share }: Pick<TrialView, "kind" | "share">): string {
  return kind === "canary" ? `canary, ${formatShare(share)} of new sessions` : "shadow";
}

/** "2.5 %" */
export function formatShare(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`;
}

/** The verdict of people's ratings, with the figures it rests on. */
export function trialSentence({ comparison, kind, running }: TrialView): string {
  const { n, difference, interval, verdict } = comparison;
  if (n[0] === 0 || n[1] === 0) {
    const which = kind === "shadow" ? "no session where both were rated" : "no rated sessions of both";
    if (!running) return `Cannot tell: ${which}.`;
    const both = kind === "shadow" ? ", and the challenger's answer with --arm challenger" : "";
    return `Cannot tell yet: ${which}. Rate them with: allele agent rate SESSION --good${both}`;
  }
  const figures = `${formatDifference(difference)}, 95 % at any look ${formatInterval(interval, formatDifference)}, n=${kind === "shadow" ? `${n[0]} pairs` : `${n[0]} and ${n[1]}`}`;
  const words = { better: "Better", worse: "Worse", same: "The same", "cannot-tell": "Cannot tell" } as const;
  return `${words[verdict]}: challenger against incumbent ${figures}.`;
}

export function renderSessionRating({ session, arm, author, score }: SessionRating): string {
  return `kept: ${author} gives session ${session} (${arm}) ${formatScore(score)}`;
}
