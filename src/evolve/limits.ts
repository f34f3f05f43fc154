import { brokenLimit } from "./objectives.ts";
import { isBarred } from "./set-apart.ts";
import type { RunState } from "./state.ts";

/** The limit that the child under way breaks, in words; see `brokenLimit`. */
export function limitBroken({ draft, candidates, goals }: RunState, parents: readonly number[]): string | undefined {
  const parent = candidates[parents[0] ?? -1];
  return draft === undefined || parent === undefined ? undefined : brokenLimit(goals, parent, draft);
}

/** Whether a member of the pool may not be what the run ends with: a person vetoed it, or it breaks a limit that the seed keeps better. */
export function isOut(state: RunState, index: number): boolean {
  const [seed, candidate] = [state.candidates[0], state.candidates[index]];
  if (seed === undefined || candidate === undefined || isBarred(state, index)) return true;
  return index > 0 && brokenLimit(state.goals, seed, candidate) !== undefined;
}
