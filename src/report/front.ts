import { paretoFront } from "../select/index.ts";
import type { Estimate } from "./format.ts";

/** What a candidate is worth and what it takes. */
export interface FrontPoint extends Estimate {
  /** Position in the pool. */
  readonly candidate: number;
  /** Mean input and output tokens of a rollout. */
  readonly tokens: number;
  /** Mean US dollars of a rollout. */
  readonly usd: number;
  /** Characters of its active genes' values. */
  readonly length: number;
  /** No other candidate is at least as good in score, tokens, money and length, and better in one. */
  readonly onFront: boolean;
}

const objectives = [
  { name: "quality", better: "higher" },
  { name: "tokens", better: "lower" },
  { name: "cost", better: "lower" },
  { name: "length", better: "lower" },
] as const;

/** Marks those that no other dominates (true Pareto dominance). Their scores are estimates: neighbours on the front may be equal. */
export function markFront(points: readonly Omit<FrontPoint, "onFront">[]): readonly FrontPoint[] {
  const front = new Set(
    paretoFront(
      points.map(({ score, tokens, usd, length }) => [score, tokens, usd, length]),
      objectives,
    ),
  );
  return points.map((point, index) => ({ ...point, onFront: front.has(index) }));
}
