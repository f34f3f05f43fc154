import type { GeneRecord } from "../select/index.ts";
import type { Attempt, Draft, RunState } from "./state.ts";

/** Merges and the seed change no gene of their own. */
export function countGenes(
  genes: RunState["genes"],
  child: Pick<Draft, "parents" | "changes">,
  more: GeneRecord,
): RunState["genes"] {
  if (child.parents.length !== 1) return genes;
  const counted = Object.keys(child.changes).map((gene) => {
    const { tried, gained } = genes[gene] ?? { tried: 0, gained: 0 };
    return [gene, { tried: tried + more.tried, gained: gained + more.gained }] as const;
  });
  return { ...genes, ...Object.fromEntries(counted) };
}

/** The gene a failure can be laid to: the only one that was changed. Of several changes at once, none is known to be at fault. */
export function soleGene({ parents, changes }: Draft): string {
  const [gene = "", ...others] = Object.keys(changes);
  return parents.length === 1 && others.length === 0 ? gene : "";
}

/** An attempt under its gene and under "", with those before it. */
export function withAttempt(attempts: RunState["attempts"], attempt: Attempt): RunState["attempts"] {
  const lists = ["", attempt.gene].map((gene) => [gene, [...(attempts[gene] ?? []), attempt]] as const);
  return { ...attempts, ...Object.fromEntries(lists) };
}
