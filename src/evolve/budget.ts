import { AlleleError } from "../base/index.ts";
import type { Budget } from "./options.ts";

/** What something costs. `rollouts` counts those that were started, `tokens` input and output together. */
export interface Spend {
  readonly rollouts: number;
  readonly tokens: number;
  readonly usd: number;
}

/** What one call costs in tokens and money. */
export interface CallCost {
  readonly tokens: number;
  readonly usd: number;
}

/**
 * What rollouts and reflection calls cost. `expected` is a fair guess and serves for planning; `most` is a bound that the
 * limits of the runtime and of the model must hold, and is what is reserved before anything is started.
 */
export interface CostEstimate {
  readonly rollout: { readonly expected: CallCost; readonly most: CallCost };
  readonly reflection: { readonly expected: CallCost; readonly most: CallCost };
}

export const nothingSpent: Spend = { rollouts: 0, tokens: 0, usd: 0 };

export function addSpend(a: Spend, b: Spend): Spend {
  return { rollouts: a.rollouts + b.rollouts, tokens: a.tokens + b.tokens, usd: a.usd + b.usd };
}

/** The cost of `count` rollouts. */
export function rolloutsCost(count: number, each: CallCost): Spend {
  return { rollouts: count, tokens: count * each.tokens, usd: count * each.usd };
}

/** What is left of a budget; infinite where it sets no limit, never below 0. */
export function remaining(budget: Pick<Budget, keyof Spend>, used: Spend): Spend {
  const left = (limit: number | undefined, amount: number): number =>
    limit === undefined ? Number.POSITIVE_INFINITY : Math.max(0, limit - amount);
  return {
    rollouts: left(budget.rollouts, used.rollouts),
    tokens: left(budget.tokens, used.tokens),
    usd: left(budget.usd, used.usd),
  };
}

/** A share of a budget, in [0, 1]; nothing where it sets no limit. */
export function shareOfBudget({ rollouts = 0, tokens = 0, usd = 0 }: Budget, share: number): Spend {
  return { rollouts: Math.floor(rollouts * share), tokens: tokens * share, usd: usd * share };
}

/** The member of a budget that does not allow `wanted`, or undefined when all do. */
export function shortage(available: Spend, wanted: Spend): keyof Spend | undefined {
  if (wanted.rollouts > available.rollouts) return "rollouts";
  if (wanted.tokens > available.tokens) return "tokens";
  return wanted.usd > available.usd ? "usd" : undefined;
}

/** How many rollouts of at most `most` each fit into what is available. May be infinite. */
export function affordable(available: Spend, most: CallCost): number {
  const times = (amount: number, each: number): number =>
    each === 0 ? Number.POSITIVE_INFINITY : Math.floor(amount / each);
  return Math.min(available.rollouts, times(available.tokens, most.tokens), times(available.usd, most.usd));
}

/**
 * Refuses a budget that cannot pay for the seed's validation and the sealed test, before anything is spent.
 * Throws AlleleError `budget-too-small` with the number needed.
 */
export function requireEnough(
  budget: Budget,
  tasks: { validation: number; test: number },
  estimate: CostEstimate,
): void {
  const needed = rolloutsCost(tasks.validation + 2 * tasks.test, estimate.rollout.expected);
  const member = shortage(remaining(budget, nothingSpent), needed);
  if (member === undefined) return;
  const amount = member === "usd" ? needed.usd.toFixed(2) : Math.ceil(needed[member]);
  throw new AlleleError({
    code: "budget-too-small",
    message:
      `a budget of ${budget[member]} ${member} is too small: validating the seed (${tasks.validation} tasks) and ` +
      `the sealed test of seed and winner (2 x ${tasks.test} tasks) need ${amount} ${member}`,
    hint: `Give at least ${amount} ${member}, and more to search with; --dry-run says what a budget buys.`,
  });
}
