import type { OperatorRow } from "./run-report.ts";

/** What readers of an operator's gain have to know. */
export const GAIN_NOTE =
  "Gain: how far children that joined were ahead of their parents on the tasks by which they were let in (a screen of a few training tasks, or validation), summed up. It is luck in part: it steers the drawing of operators and proves nothing.";

/** An operator's gain for every hundred rollouts that its turns took. */
export function gainPer100({ gain, rollouts }: OperatorRow): number {
  return (100 * gain) / Math.max(1, rollouts);
}

/** The most gainful for its rollouts first. */
export function mostGainful(operators: readonly OperatorRow[]): readonly OperatorRow[] {
  return operators.toSorted((a, b) => gainPer100(b) - gainPer100(a));
}
