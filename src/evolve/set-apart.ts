import type { SetApart } from "../select/index.ts";
import { positionOf, type RunState } from "./state.ts";

/** The members of the pool that people have pinned or vetoed, by position. */
export function setApart(state: RunState): SetApart {
  const { barred, pinned } = state.steering;
  const positions = barred.flatMap((genome) => positionOf(state, genome) ?? []);
  return { barred: positions, pinned: pinned.filter((index) => !positions.includes(index)) };
}

/** Whether a person took this member of the pool out of use. */
export function isBarred({ candidates, steering }: RunState, index: number): boolean {
  const genome = candidates[index]?.genome;
  return genome !== undefined && steering.barred.includes(genome);
}
