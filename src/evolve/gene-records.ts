import type { GeneRecord } from "../select/index.ts";
import type { Attempt, Draft } from "./candidate.ts";

/** Merges and the seed change no gene of their own. */
export function countGenes(
  genes: Readonly<Record<string, GeneRecord>>,
  child: Pick<Draft, "parents" | "changes">,
  more: GeneRecord,
): Readonly<Record<string, GeneRecord>> {
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

/** Attempts remembered of a gene: more than any operator shows to a model. */
const KEPT = 32;

/** An attempt under its gene and under "", with the latest of those before it. */
export function withAttempt(
  attempts: Readonly<Record<string, readonly Attempt[]>>,
  attempt: Attempt,
): Readonly<Record<string, readonly Attempt[]>> {
  const lists = ["", attempt.gene].map((gene) => [gene, [...(attempts[gene] ?? []), attempt].slice(-KEPT)] as const);
  return { ...attempts, ...Object.fromEntries(lists) };
}
