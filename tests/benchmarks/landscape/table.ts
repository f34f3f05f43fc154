import { scoreInterval, wilsonInterval } from "../../../src/statistics/index.ts";

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(line)].join("\n");
}

/** The middle value, infinite ones included. */
export function middle(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => (a < b ? -1 : 1));
  const [low, high] = [
    ordered[Math.floor((ordered.length - 1) / 2)] ?? NaN,
    ordered[Math.ceil((ordered.length - 1) / 2)] ?? NaN,
  ];
  return low === high ? low : (low + high) / 2;
}

/** Rollouts, of which the search may not have had enough. */
export function rolloutsText(value: number, budget: number): string {
  return Number.isFinite(value) ? Math.round(value).toLocaleString("en") : `over ${budget.toLocaleString("en")}`;
}

/** A mean of scores with its 95 % interval. */
export function scoreText(scores: readonly number[]): string {
  const sum = scores.reduce((total, score) => total + score, 0);
  const [low, high] = scoreInterval(scores);
  return `${(sum / scores.length).toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

/** A mean of differences with the 95 % interval of the normal approximation; for 20 values and more. */
export function differenceText(values: readonly number[]): string {
  const count = values.length;
  const mean = values.reduce((total, value) => total + value, 0) / count;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / Math.max(1, count - 1);
  const half = 1.96 * Math.sqrt(variance / count);
  const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(3)}`;
  return `${signed(mean)} (${signed(mean - half)} to ${signed(mean + half)})`;
}

/** How many of how many, with the 95 % interval of the share. */
export function shareText(hits: number, count: number): string {
  const [low, high] = wilsonInterval(hits, count);
  return `${hits} of ${count} (${percent(low)} to ${percent(high)})`;
}

export function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
