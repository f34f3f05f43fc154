import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatInterval,
  formatMoney,
  shortId,
  type Estimate,
} from "./format.ts";
import { codeSpan } from "./markdown.ts";
import { cautionsOf } from "./one-answer.ts";
import { withoutTest } from "./run-document.ts";
import type { RunView } from "./run-view.ts";

const signs = { better: "▲", worse: "▼", same: "=", "cannot-tell": "?" } as const;

/** More than this is behind "and N more": a comment has at most 65,536 characters. */
const MOST_TASKS = 60;
const MOST_TAGS = 40;

/** A short Markdown comment for a pull request: verdict, interval and n first, all lists folded. Foreign texts stand in code. */
export function pullRequestComment(view: RunView): string {
  const { comparison, simulated, seed, finalist, asked, run, rollouts, tokens, usd, model, dataset } = view;
  const finalistTest = finalist === seed.genome ? seed.test : view.finalistTest;
  const score = (test: Estimate | undefined): string => (test === undefined ? withoutTest(view) : formatEstimate(test));
  const sign = comparison === undefined ? "–" : signs[comparison.verdict];
  const parts = [
    `### ${sign} ${view.sentence}`,
    ...cautionsOf(view).map((text) => `> ${codeSpan(text, 300)}`),
    ...(simulated
      ? ["> These figures come from the simulated model: they do not show how a real model would score."]
      : []),
    [
      "| | genome | sealed test | tokens a rollout |",
      "| --- | --- | --- | --- |",
      `| seed | ${codeSpan(shortId(seed.genome))} | ${score(seed.test)} | ${tokensOf(comparison?.a.tokens)} |`,
      `| finalist | ${codeSpan(shortId(finalist))} | ${score(finalistTest)} | ${tokensOf(comparison?.b.tokens)} |`,
    ].join("\n"),
    ...(comparison === undefined
      ? []
      : [
          folded(`${comparison.broken.length} tasks broken`, taskList(comparison.broken)),
          folded(`${comparison.fixed.length} tasks fixed`, taskList(comparison.fixed)),
          folded("By tag", tagTable(comparison.byTag)),
        ]),
    folded(
      "Changed genes",
      (view.changes?.changes ?? []).map(({ gene, kind }) => `- ${codeSpan(gene)} ${kind}`).join("\n") || "None.",
    ),
    `<sub>Run ${codeSpan(run)} on ${codeSpan(dataset)} with ${codeSpan(model)}: ${rollouts} rollouts, ${formatCount(tokens)} tokens, ${formatMoney(usd)}. Tests opened in this store so far: ${view.openings.length}. Again: ${codeSpan(view.reproduction.command, 300)} (started ${asked.started.slice(0, 10)})</sub>`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function tokensOf(tokens: number | undefined): string {
  return tokens === undefined ? "–" : formatCount(tokens);
}

function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}

function taskList(tasks: readonly string[]): string {
  if (tasks.length === 0) return "None.";
  const more = tasks.length > MOST_TASKS ? `, and ${tasks.length - MOST_TASKS} more` : "";
  return `${tasks
    .slice(0, MOST_TASKS)
    .map((task) => codeSpan(task, 80))
    .join(", ")}${more}`;
}

function tagTable(byTag: NonNullable<RunView["comparison"]>["byTag"]): string {
  const rows = Object.entries(byTag)
    .slice(0, MOST_TAGS)
    .map(
      ([tag, { n, difference, interval, verdict }]) =>
        `| ${codeSpan(tag, 60)} | ${n} | ${formatDifference(difference)} | ${formatInterval(interval, formatDifference)} | ${verdict} |`,
    );
  return ["| tag | n | difference | 95 % interval | verdict |", "| --- | --- | --- | --- | --- |", ...rows].join("\n");
}
