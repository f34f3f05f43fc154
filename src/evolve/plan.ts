import type { Dataset } from "../dataset/index.ts";
import {
  addSpend,
  remaining,
  requireEnough,
  rolloutsCost,
  shareOfBudget,
  type CostEstimate,
  type Spend,
} from "./budget.ts";
import type { EvolveOptions } from "./options.ts";

/** What a budget buys, before anything is spent. Minutes are left out: how long a rollout takes is not known yet. */
export interface RunPlan {
  readonly tasks: { readonly train: number; readonly validation: number; readonly test: number };
  /** Expected cost of measuring the seed on validation. */
  readonly seedValidation: Spend;
  /** Expected cost of the sealed test, held back from the start. */
  readonly sealedTest: Spend;
  /** Iterations: the fewest when every child passes its screen, the most when none does. Infinite without such a limit. */
  readonly iterations: { readonly least: number; readonly most: number };
  /** Children that can be measured on all of validation, at most. */
  readonly fullValidations: number;
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
  const left = remaining(
    options.budget,
    addSpend(seedValidation, addSpend(sealedTest, shareOfBudget(options.budget, options.final))),
  );
  const reflection = { rollouts: 0, ...estimate.reflection.expected };
  const rejected = addSpend(
    rolloutsCost(options.minibatch + (options.screen || options.minibatch), expected),
    reflection,
  );
  const accepted = addSpend(rejected, rolloutsCost((options.race === 0 ? 1 : 2) * block, expected));
  const least = times(left, accepted);
  return {
    tasks,
    seedValidation,
    sealedTest,
    iterations: { least, most: least === 0 ? 0 : times(minus(left, accepted), rejected) + 1 },
    fullValidations: least,
  };
}

/** How often a cost fits into what is available. */
function times(available: Spend, cost: Spend): number {
  const members = ["rollouts", "tokens", "usd"] as const;
  const counts = members.map((member) =>
    cost[member] === 0 ? Number.POSITIVE_INFINITY : Math.floor(available[member] / cost[member]),
  );
  return Math.min(...counts);
}

function minus(a: Spend, b: Spend): Spend {
  return addSpend(a, { rollouts: -b.rollouts, tokens: -b.tokens, usd: -b.usd });
}
