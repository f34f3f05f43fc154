import type { Verdict } from "../statistics/index.ts";

/** A mean score with the number of tasks behind it and its 95 % interval. */
export interface Estimate {
  readonly n: number;
  readonly score: number;
  readonly interval: readonly [number, number];
}

export function formatScore(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : "n/a";
}

/** "+0.213" or "-0.020". */
export function formatDifference(value: number): string {
  if (!Number.isFinite(value)) return "n/a";
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}

export function formatInterval([low, high]: readonly [number, number], format = formatScore): string {
  return `[${format(low)}, ${format(high)}]`;
}

/** "0.412 [0.350, 0.470] n=160": a figure never goes without its n and interval. */
export function formatEstimate({ n, score, interval }: Estimate): string {
  return `${formatScore(score)} ${formatInterval(interval)} n=${n}`;
}

export function formatP(p: number): string {
  return p < 0.0001 ? "p < 0.0001" : `p = ${p.toFixed(4)}`;
}

export function formatMoney(usd: number): string {
  return usd === 0 ? "$0" : usd < 0.01 ? `$${usd.toFixed(5)}` : `$${usd.toFixed(2)}`;
}

/** 12345678 as "12.3M". */
export function formatCount(count: number): string {
  if (count >= 1e6) return `${(count / 1e6).toFixed(1)}M`;
  if (count >= 1e4) return `${(count / 1e3).toFixed(0)}k`;
  return String(Math.round(count));
}

/** "2.3", below a second "0.042"; "-" where it is not known. */
export function formatSeconds(seconds: number | undefined): string {
  return seconds === undefined ? "-" : seconds.toFixed(seconds < 1 ? 3 : 1);
}

/** "3 min 5 s". */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "unknown";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** The first ten digits of a content hash: enough to name a genome, accepted wherever one is meant. */
export function shortId(id: string): string {
  return id.replace("s256:", "").slice(0, 10);
}

export interface VerdictFacts {
  readonly verdict: Verdict;
  readonly n: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  /** Tasks that could tell, when it cannot be told. */
  readonly needed?: number | undefined;
  /** Families that the tasks come from, where some share one. */
  readonly families?: number | undefined;
}

/** The answer to "is B better than A?" in one sentence, with everything needed to doubt it. */
export function verdictSentence(facts: VerdictFacts, a: string, b: string): string {
  const { verdict, n, difference, interval, p, needed, families } = facts;
  const figures = `difference ${formatDifference(difference)}, 95 % interval ${formatInterval(interval, formatDifference)}, ${formatP(p)}, n=${n}${families === undefined ? "" : ` in ${families} families`}`;
  if (verdict === "better") return `Better: ${b} beats ${a} (${figures}).`;
  if (verdict === "worse") return `Worse: ${b} loses to ${a} (${figures}).`;
  if (verdict === "same") return `The same for practical purposes: ${b} and ${a} (${figures}).`;
  const enough = needed === undefined ? "" : ` ${neededSentence(needed)}`;
  return `Cannot tell ${b} from ${a} (${figures}).${enough}`;
}

/** Beyond this many tasks a difference is too small to look for. */
const mostTasks = 20_000;

function neededSentence(needed: number): string {
  if (needed > mostTasks) return "A difference this small would take more tasks than anybody has.";
  return `About ${needed} paired tasks could tell a difference of this size.`;
}

/** "2026-03-14 09:26" in universal time. */
export function formatTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 16).replace("T", " ");
}
