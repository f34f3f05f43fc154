import { addToFrontier, newFrontier, type Frontier } from "./frontier.ts";
import { batchLexicase, lexicase } from "./lexicase.ts";
import { nearBest } from "./near-best.ts";
import type { ParentRule } from "./parent-rule.ts";
import { leaderOf, standings } from "./score-matrix.ts";

/** Every task gives one vote, shared by the survivors that are best on it: a task that all solve decides nothing. */
const frontierFrequency: ParentRule = { name: "frontier", weights: votes };

/** Always the best all-rounder. */
const bestFirst: ParentRule = { name: "best", weights: oneFor };

/** The best all-rounder, but any candidate, each as likely, with probability `epsilon` in [0, 1]. */
function epsilonGreedy(epsilon = 0.2): ParentRule {
  return {
    name: "epsilon-greedy",
    weights: (frontier) => oneFor(frontier).map((weight) => (1 - epsilon) * weight + epsilon / frontier.rows.length),
  };
}

/** As `frontierFrequency`, in a pool of the `count` highest standings. */
function topFew(count = 5): ParentRule {
  return {
    name: "top-k",
    weights: ({ rows, totals, tolerance }) => {
      const all = standings(totals);
      const order = all.map((_, index) => index).toSorted((a, b) => (all[b] ?? 0) - (all[a] ?? 0));
      const few = order.slice(0, count).toSorted((a, b) => a - b);
      const among = votes(few.reduce((pool, index) => addToFrontier(pool, rows[index] ?? []), newFrontier(tolerance)));
      return rows.map((_, index) => among[few.indexOf(index)] ?? 0);
    },
  };
}

/** As many votes as columns held, also for those whom another dominates: specialists keep breeding after somebody is better at everything. */
const unpruned: ParentRule = {
  name: "pareto-unpruned",
  weights: ({ rows, holders }) => {
    const held = rows.map(() => 0);
    for (const index of holders.flat()) held[index] = (held[index] ?? 0) + 1;
    return held;
  },
};

/** The rules by the names that options use. */
export const parentRules = {
  frontier: frontierFrequency,
  best: bestFirst,
  "near-best": nearBest,
  "epsilon-greedy": epsilonGreedy(),
  "top-k": topFew(),
  lexicase,
  "batch-lexicase": batchLexicase(),
  "pareto-unpruned": unpruned,
} as const satisfies Readonly<Record<string, ParentRule>>;

function oneFor({ totals }: Frontier): number[] {
  const best = leaderOf(totals)?.index;
  return totals.map((_, index) => (index === best ? 1 : 0));
}

function votes({ rows, holders, dominated }: Frontier): number[] {
  const result = rows.map(() => 0);
  for (const task of holders) {
    const voted = task.filter((index) => dominated[index] !== true);
    for (const index of voted) result[index] = (result[index] ?? 0) + 1 / voted.length;
  }
  return result;
}
