import type { Candidate } from "./candidate.ts";
import type { Steering } from "./steering.ts";

interface Standing {
  readonly candidates: readonly Pick<Candidate, "genome" | "parents">[];
  readonly steering: Steering;
  readonly head: number;
  readonly checkpoint: number;
  readonly incumbent: number;
}

/** Where the head, or what it was made from since the checkpoint, was vetoed, the search goes back to the checkpoint, or to the incumbent. */
export function retreat<S extends Standing>(state: S): S {
  const { candidates, steering, head, incumbent } = state;
  const isBarred = (index: number): boolean => {
    const genome = candidates[index]?.genome;
    return genome !== undefined && steering.barred.includes(genome);
  };
  const checkpoint = isBarred(state.checkpoint) ? incumbent : state.checkpoint;
  const line = new Set([head]);
  for (const index of line) {
    if (index <= checkpoint) continue;
    if (isBarred(index)) return { ...state, checkpoint, head: checkpoint };
    for (const parent of candidates[index]?.parents ?? []) line.add(parent);
  }
  return { ...state, checkpoint, head: Math.max(head, checkpoint) };
}
