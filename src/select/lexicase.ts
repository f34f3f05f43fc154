import { toleranceAt } from "./dominance.ts";
import { survivorsOf, type Frontier } from "./frontier.ts";
import type { ParentRule } from "./parent-rule.ts";
import type { ScoreRow } from "./score-matrix.ts";

/**
 * Lexicase selection (Spector 2012), with tolerances as in its epsilon form (La Cava, Spector, Danai 2016): the columns in random order, each
 * leaves only those that are best in it among who is left. Whoever is left in the end shares the weight. It breeds from specialists of rare
 * combinations that no sum of wins would show.
 */
export const lexicase: ParentRule = {
  name: "lexicase",
  weights: (frontier, random) => {
    const order = random.shuffle(frontier.best.map((_, column) => column));
    const stages = order.map((column) => ({
      valueOf: (index: number) => frontier.rows[index]?.[column] ?? null,
      tolerance: toleranceAt(frontier.tolerance, column),
    }));
    return filtered(frontier, stages);
  },
};

/**
 * Lexicase over the mean scores of random batches of tasks (Aenugu, Spector 2019): where scores are noisy a single task says little. Means
 * that differ at all decide.
 */
export function batchLexicase(size = 5): ParentRule {
  return {
    name: "batch-lexicase",
    weights: (frontier, random) => {
      const order = random.shuffle((frontier.scores[0] ?? []).map((_, task) => task));
      const batches = Array.from({ length: Math.ceil(order.length / size) }, (_, i) =>
        order.slice(i * size, (i + 1) * size),
      );
      const stages = batches.map((batch) => ({
        valueOf: (index: number) => meanAt(frontier.scores[index] ?? [], batch),
        tolerance: 1e-9,
      }));
      return filtered(frontier, stages);
    },
  };
}

interface Stage {
  /** Of a candidate; null where it was not measured. */
  readonly valueOf: (index: number) => number | null;
  readonly tolerance: number;
}

/** One for each candidate that passes all stages. A stage in which nobody left was measured is passed over; who was not, where others were, leaves. */
function filtered(frontier: Frontier, stages: readonly Stage[]): readonly number[] {
  let left = survivorsOf(frontier);
  for (const { valueOf, tolerance } of stages) {
    if (left.length === 1) break;
    const measured = left.flatMap((index) => {
      const value = valueOf(index);
      return value === null ? [] : [{ index, value }];
    });
    if (measured.length === 0) continue;
    const bar = Math.max(...measured.map(({ value }) => value)) - tolerance;
    left = measured.flatMap(({ index, value }) => (value >= bar ? [index] : []));
  }
  const kept = new Set(left);
  return frontier.rows.map((_, index) => (kept.has(index) ? 1 : 0));
}

function meanAt(scores: ScoreRow, tasks: readonly number[]): number | null {
  const measured = tasks.map((task) => scores[task] ?? null).filter((score) => score !== null);
  return measured.length === 0 ? null : measured.reduce((sum, score) => sum + score, 0) / measured.length;
}
