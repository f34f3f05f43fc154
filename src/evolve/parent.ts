import type { Random } from "../base/index.ts";
import type { EvolveOptions } from "./options.ts";
import type { Candidate, RunState } from "./state.ts";

/** Positions of the candidates that no other dominates. */
export function survivors({ frontier }: RunState): readonly number[] {
  return frontier.dominated.flatMap((dominated, index) => (dominated ? [] : [index]));
}

/** Whom to change next, always among the survivors. */
export function chooseParent(state: RunState, rule: EvolveOptions["parent"], random: Random): number {
  const alive = survivors(state);
  switch (rule) {
    case "best":
      return bestCandidate(state);
    case "uniform":
      return random.pick(alive);
    case "frontier":
      return alive[random.weighted(alive.map((index) => state.frontier.wins[index] ?? 0))] ?? 0;
  }
}

/** The position of the highest validation mean; of equal ones the oldest. */
export function bestCandidate({ candidates }: Pick<RunState, "candidates">): number {
  return candidates.reduce((best, { mean }, index) => (mean > meanAt(candidates, best) ? index : best), 0);
}

function meanAt(candidates: readonly Candidate[], index: number): number {
  return candidates[index]?.mean ?? 0;
}
