import type { Dataset } from "../dataset/index.ts";
import { BLOCK } from "./belief.ts";
import { SHOWN } from "./belief-search.ts";
import {
  addSpend,
  remaining,
  requireEnough,
  rolloutsCost,
  shareOfBudget,
  type CostEstimate,
  type Spend,
} from "./budget.ts";
import { lastShare } from "./engine.ts";
import { screenedRollouts, screenSize } from "./iteration-cost.ts";
import type { EvolveOptions } from "./options.ts";

/** What a budget buys, before anything is spent. Minutes are left out: how long a rollout takes is not known yet. */
export interface RunPlan {
  readonly tasks: { readonly train: number; readonly validation: number; readonly test: number };
  /** Expected cost of measuring the seed on validation. */
  readonly seedValidation: Spend;
  /** Expected cost of the sealed test, held back from the start. */
  readonly sealedTest: Spend;
  /** Rollouts of the seed on training tasks that all proposals are made from, where a belief says what is measured; else 0. */
  readonly shown: number;
  /**
   * Iterations, about: the least when every child passes its screen and every race runs to its end, the most when evidence is known already and
   * every child leaves its screen at the first look. An iteration that makes no child costs less and is not counted. By belief each measures a block.
   * Infinite without such a limit.
   */
  readonly iterations: { readonly least: number; readonly most: number };
}

/** Plans a run. Throws AlleleError `budget-too-small` as the run itself would. */
export function planRun(options: EvolveOptions, dataset: Dataset, estimate: CostEstimate): RunPlan {
  const count = (split: string): number => dataset.tasks.filter((task) => task.split === split).length;
  const tasks = { train: count("train"), validation: count("validation"), test: count("test") };
  const block = options.race === 0 ? tasks.validation : Math.min(options.race, tasks.validation);
  requireEnough(options.budget, { ...tasks, validation: block }, estimate);
  const { expected } = estimate.rollout;
  const seedValidation = rolloutsCost(block, expected);
  const sealedTest = rolloutsCost(2 * tasks.test, expected);
  const forSearch = remaining(
    options.budget,
    addSpend(seedValidation, addSpend(sealedTest, shareOfBudget(options.budget, lastShare(options)))),
  );
  const believes = options.proposal === "belief";
  const shown = believes ? Math.min(SHOWN, tasks.train) : 0;
  const left = remaining(forSearch, rolloutsCost(shown, expected));
  const reflection = { rollouts: 0, ...estimate.reflection.expected };
  const screen = screenSize(options);
  const look = Math.min(options.look || screen, screen);
  const share = sharesOf(options);
  const dear = share.child * screenedRollouts(options) + share.verdict * verdictOf(options, block, tasks.validation);
  const iterationOf = (rollouts: number, reflections: number): Spend =>
    addSpend(rolloutsCost(rollouts, expected), times(reflections, reflection));
  return {
    tasks,
    seedValidation,
    sealedTest,
    shown,
    iterations: {
      least: fitting(left, believes ? iterationOf(BLOCK, 0) : iterationOf(dear, share.child)),
      most: fitting(left, believes ? iterationOf(BLOCK, 0) : iterationOf(look, 1)),
    },
  };
}

/** Of the iterations, those that make a child, and those in which something is judged on validation: a check of the head, or a child beside it. */
function sharesOf({ check, explore }: EvolveOptions): { readonly child: number; readonly verdict: number } {
  if (check === 0) return { child: 1, verdict: 1 };
  const child = (check - 1) / check;
  return { child, verdict: 1 / check + child * explore };
}

/** Rollouts of a race on a block that runs to its end, and of the challenge to the incumbent after it. */
function verdictOf({ race, confirm }: EvolveOptions, block: number, validation: number): number {
  if (race === 0) return block;
  const most = confirm === 0 ? validation : Math.min(confirm, validation);
  // The challenger has been on the block.
  return 2 * block + 2 * most - Math.min(block, most);
}

/** How often a cost fits into what is available. */
function fitting(available: Spend, cost: Spend): number {
  const members = ["rollouts", "tokens", "usd"] as const;
  const counts = members.map((member) =>
    cost[member] === 0 ? Number.POSITIVE_INFINITY : Math.floor(available[member] / cost[member]),
  );
  return Math.min(...counts);
}

function times(count: number, { rollouts, tokens, usd }: Spend): Spend {
  return { rollouts: count * rollouts, tokens: count * tokens, usd: count * usd };
}
