import { formatCount, formatDuration, formatInterval, formatMoney, formatScore, type Estimate } from "./format.ts";
import { sparkline } from "./sparkline.ts";
import { fitText, textWidth } from "./text-width.ts";

/** How a word is to stand out; plain text where there is no colour. */
export type Paint = (style: "strong" | "faint", text: string) => string;

const unpainted: Paint = (_, text) => text;

/** How something that goes on is looked at, whenever somebody wants to. */
export interface Look {
  /** A block of lines of at most `width` columns, 40 or more. */
  readonly lines: (width: number, paint?: Paint) => readonly string[];
  /** The same in one line, for logs. */
  readonly line: () => string;
}

/** Rollouts under way that were asked for together. */
export interface LiveBatch {
  /** 0 outside iterations. */
  readonly iteration: number;
  readonly purpose: string;
  readonly done: number;
  readonly total: number;
}

export interface LiveCandidate extends Estimate {
  /** Position in the pool; 0 is the seed. */
  readonly index: number;
  readonly origin: string;
}

export interface LiveOperator {
  readonly operator: string;
  readonly tried: number;
  /** Children that joined the pool. */
  readonly kept: number;
  /** Sum of what those gained on their parents on validation. */
  readonly gain: number;
}

/** Where a run stands while it goes on, as plain data. */
export interface LiveRun {
  readonly run: string;
  readonly dataset: string;
  readonly simulated: boolean;
  readonly phase: "seed" | "search" | "last race" | "sealed test" | "finished";
  /** When this sitting began, in milliseconds since the epoch. */
  readonly since: number;
  readonly budget: { readonly [member in "rollouts" | "tokens" | "usd" | "minutes"]?: number | undefined };
  /** Journalled and under way. `minutes` are those of this sitting. */
  readonly spent: Readonly<Record<"rollouts" | "tokens" | "usd", number>>;
  /** Rollouts run in this sitting, not read from the store. */
  readonly paid: number;
  readonly failed: number;
  readonly iterations: number;
  readonly batches: readonly LiveBatch[];
  readonly incumbent: LiveCandidate | undefined;
  /** Highest score on validation. */
  readonly best: LiveCandidate | undefined;
  /** The best score on validation after each iteration. */
  readonly history: readonly number[];
  /** The most gainful first. */
  readonly operators: readonly LiveOperator[];
}

/** A run as a block of lines of at most `width` columns, 40 or more. Pure. */
export function liveRunLines(view: LiveRun, width: number, now: number, paint = unpainted): readonly string[] {
  const { run, dataset, simulated, incumbent, best, history, operators, batches } = view;
  const line = labelled(width, paint);
  const title = `${run} on ${dataset}${simulated ? " (simulated model)" : ""}`;
  const candidate = (label: string, row: LiveCandidate | undefined): readonly string[] =>
    row === undefined ? [] : line(label, candidateText(row));
  return [
    headline(title, formatDuration((now - view.since) / 1000), width, paint),
    ...line(view.phase, `${bar(usedShare(view, now), Math.min(24, width - 24))} ${timeText(view, now)}`),
    ...line("pace", paceText(view, now)),
    ...line("left", budgetText(view, now)),
    ...candidate("incumbent", incumbent),
    ...(best?.index === incumbent?.index ? [] : candidate("best", best)),
    ...(history.length < 2
      ? []
      : line("score", `${sparkline(history, width - 24)} ${formatScore(history.at(-1) ?? 0)}`)),
    ...line("under way", batches.map(batchText).join(", ")),
    ...line("operators", operators.slice(0, 4).map(operatorText).join(", ")),
  ];
}

/** A run in one line, for logs. */
export function liveRunLine(view: LiveRun, now: number): string {
  const { spent, budget, best, incumbent, batches } = view;
  const parts = [
    budget.rollouts === undefined ? `${spent.rollouts} rollouts` : `${spent.rollouts}/${budget.rollouts} rollouts`,
    paceText(view, now),
    incumbent === undefined ? "" : `incumbent #${incumbent.index} ${formatScore(incumbent.score)}`,
    best === undefined || best.index === incumbent?.index ? "" : `best #${best.index} ${formatScore(best.score)}`,
    batches.length === 0 ? "" : `under way: ${batches.map(batchText).join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join("  ");
}

/** A batch of rollouts of one genome while it goes on. */
export interface LiveEvaluation {
  readonly title: string;
  readonly since: number;
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly score: number | undefined;
  readonly interval: readonly [number, number] | undefined;
  readonly tokens: number;
  readonly usd: number;
  readonly perSecond: number;
  readonly secondsLeft: number | undefined;
  /** The mean score after each rollout, thinned out. */
  readonly history: readonly number[];
}

/** A batch as a block of lines of at most `width` columns, 40 or more. Pure. */
export function liveEvaluationLines(
  view: LiveEvaluation,
  width: number,
  now: number,
  paint = unpainted,
): readonly string[] {
  const { title, since, done, total, failed, score, interval, tokens, usd, perSecond, secondsLeft, history } = view;
  const line = labelled(width, paint);
  const pace = [
    perSecond > 0 ? `${perSecond.toFixed(1)}/s` : "",
    secondsLeft === undefined ? "" : `${formatDuration(secondsLeft)} left`,
    failed > 0 ? `${failed} failed` : "",
  ];
  return [
    headline(title, formatDuration((now - since) / 1000), width, paint),
    ...line("rollouts", `${bar(total === 0 ? 1 : done / total, Math.min(24, width - 24))} ${done}/${total}`),
    ...line("pace", pace.filter((part) => part !== "").join(", ")),
    ...line(
      "score",
      score === undefined || interval === undefined
        ? ""
        : `${formatScore(score)} ${formatInterval(interval)} n=${done - failed}`,
    ),
    ...(history.length < 2 ? [] : line("so far", sparkline(history, width - 16))),
    ...line("spent", `${formatCount(tokens)} tokens${usd > 0 ? `, ${formatMoney(usd)}` : ""}`),
  ];
}

/** A batch in one line, for logs: "120/160  score 0.412 [0.350, 0.470]  1.2M tokens  14.2/s  3 s left". */
export function liveEvaluationLine(view: LiveEvaluation): string {
  const { done, total, failed, score, interval, tokens, usd, perSecond, secondsLeft } = view;
  const parts = [
    `${done}/${total}`,
    score === undefined || interval === undefined ? "" : `score ${formatScore(score)} ${formatInterval(interval)}`,
    `${formatCount(tokens)} tokens`,
    usd > 0 ? formatMoney(usd) : "",
    perSecond > 0 ? `${perSecond.toFixed(1)}/s` : "",
    secondsLeft === undefined ? "" : `${formatDuration(secondsLeft)} left`,
    failed > 0 ? `${failed} failed` : "",
  ];
  return parts.filter((part) => part !== "").join("  ");
}

const labelWidth = 11;

/** A line with its label in front; no line where there is nothing to say. */
function labelled(width: number, paint: Paint): (label: string, text: string) => readonly string[] {
  return (label, text) =>
    text === "" ? [] : [`${paint("faint", label.padEnd(labelWidth))}${fitText(text, width - labelWidth)}`];
}

function headline(title: string, right: string, width: number, paint: Paint): string {
  const left = fitText(title, width - textWidth(right) - 2);
  return `${paint("strong", left)}${" ".repeat(Math.max(2, width - textWidth(left) - textWidth(right)))}${right}`;
}

/** "█████░░░░░ 50 %". */
function bar(share: number, length: number): string {
  const within = Math.max(0, Math.min(1, share));
  const full = Math.floor(within * length);
  return `${"█".repeat(full)}${"░".repeat(length - full)} ${Math.floor(within * 100)} %`;
}

/** Of the member of the budget that is used up most. */
function usedShare({ budget, spent, since }: LiveRun, now: number): number {
  const used = { ...spent, minutes: (now - since) / 60_000 };
  const members = ["rollouts", "tokens", "usd", "minutes"] as const;
  return Math.max(0, ...members.map((member) => used[member] / (budget[member] ?? Number.POSITIVE_INFINITY)));
}

/** What the rest of the rollouts would take at the pace so far. */
function timeText(view: LiveRun, now: number): string {
  const { budget, spent } = view;
  const pace = paceOf(view, now);
  if (budget.rollouts === undefined || pace === 0) return "";
  return `at most ${formatDuration(Math.max(0, budget.rollouts - spent.rollouts) / pace)} left`;
}

function paceText(view: LiveRun, now: number): string {
  const { failed, iterations } = view;
  const pace = paceOf(view, now);
  const parts = [
    `iteration ${iterations}`,
    pace > 0 ? `${pace.toFixed(1)} rollouts/s` : "",
    failed > 0 ? `${failed} failed` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

/** Rollouts run a second in this sitting. */
function paceOf({ paid, since }: LiveRun, now: number): number {
  return now > since ? paid / ((now - since) / 1000) : 0;
}

/** What is left of each member of the budget; what was used where it sets no limit. */
function budgetText({ budget, spent, since }: LiveRun, now: number): string {
  const minutes = (now - since) / 60_000;
  const parts = [
    memberText(budget.rollouts, spent.rollouts, (value) => `${Math.round(value)} rollouts`),
    memberText(budget.tokens, spent.tokens, (value) => `${formatCount(value)} tokens`),
    budget.usd === undefined && spent.usd === 0 ? "" : memberText(budget.usd, spent.usd, formatMoney),
    budget.minutes === undefined ? "" : memberText(budget.minutes, minutes, (value) => `${value.toFixed(1)} min`),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function memberText(limit: number | undefined, spent: number, text: (value: number) => string): string {
  return limit === undefined ? `${text(spent)} used` : text(Math.max(0, limit - spent));
}

function candidateText({ index, score, interval, n, origin }: LiveCandidate): string {
  return `#${index} ${formatScore(score)} ${formatInterval(interval)} n=${n}${origin === "" ? "" : `  ${origin}`}`;
}

function batchText({ iteration, purpose, done, total }: LiveBatch): string {
  return `${iteration === 0 ? "" : `${iteration}: `}${purpose} ${done}/${total}`;
}

function operatorText({ operator, tried, kept, gain }: LiveOperator): string {
  return `${operator} ${kept}/${tried}${gain > 0 ? ` +${gain.toFixed(2)}` : ""}`;
}
