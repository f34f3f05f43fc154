import { affordable, type CallCost, type Spend } from "./budget.ts";
import type { EvolveOptions } from "./options.ts";

/** Training tasks between two looks at which combinations stay. */
export const BLOCK = 4;
/** Of what the search may spend, what its beginning may. */
const SHARE = 1 / 3;
/** Rollouts a combination, in the mean, beyond which more tell no better which is the best. */
const MOST_EACH = 12;
/** With fewer rollouts there is nothing to tell combinations apart by. */
const LEAST = 6 * BLOCK;

/** How a search begins with random combinations. */
export interface Beginning {
  /** Training tasks that the combinations are made from: the seed is measured on them. */
  readonly shown: number;
  /** Rollouts to find the best of them with, at most. */
  readonly rollouts: number;
}

/**
 * What the beginning may take of what is left for the search, were each rollout at the highest price. Undefined where it is not asked for, or cannot
 * be paid for.
 */
export function planBeginning(
  { combinations = 0, check, minibatch }: Pick<EvolveOptions, "combinations" | "check" | "minibatch">,
  train: number,
  left: Spend,
  most: CallCost,
): Beginning | undefined {
  if (combinations === 0 || check === 0) return undefined;
  const share = { rollouts: Math.floor(left.rollouts * SHARE), tokens: left.tokens * SHARE, usd: left.usd * SHARE };
  const shown = Math.min(2 * minibatch, Math.floor(train / 2));
  const rollouts = Math.min(affordable(share, most) - shown, combinations * MOST_EACH);
  return shown === 0 || rollouts < LEAST ? undefined : { shown, rollouts };
}
