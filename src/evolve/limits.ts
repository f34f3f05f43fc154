import { brokenLimit } from "./objectives.ts";
import type { RunState } from "./state.ts";

/** The limit that the child under way breaks, in words; see `brokenLimit`. */
export function limitBroken({ draft, candidates, goals }: RunState, parents: readonly number[]): string | undefined {
  const parent = candidates[parents[0] ?? -1];
  return draft === undefined || parent === undefined ? undefined : brokenLimit(goals, parent, draft);
}
