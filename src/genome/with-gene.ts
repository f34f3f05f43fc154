import { AlleleError, didYouMean, type ContentHash } from "../base/index.ts";
import { checkGenome } from "./check-genome.ts";
import { Gene } from "./gene.ts";
import type { Genome } from "./genome.ts";
import { genomeId } from "./identity.ts";

/**
 * A child that differs from `genome` in the value of one gene. `parents` is the parent alone unless given.
 * Throws AlleleError `unknown-gene`, `frozen-gene`, `wrong-type`, or what `checkGenome` finds in the value; the parent stays as it was.
 */
export function withGene(
  genome: Genome,
  id: string,
  value: Gene["value"],
  parents: readonly ContentHash[] = [genomeId(genome)],
): Genome {
  const gene = Object.hasOwn(genome.genes, id) ? genome.genes[id] : undefined;
  if (gene === undefined) {
    throw new AlleleError({
      code: "unknown-gene",
      message: `${genome.name} has no gene "${id}"${didYouMean(id, Object.keys(genome.genes))}`,
      hint: "Name a gene that the genome has.",
    });
  }
  if (gene.evolvable === false) {
    throw new AlleleError({
      code: "frozen-gene",
      message: `the gene "${id}" is frozen`,
      hint: "Leave it as it is, or remove `evolvable: false` from the genome file.",
    });
  }
  const changed = Gene.safeParse({ ...gene, value });
  if (!changed.success) {
    throw new AlleleError({
      code: "wrong-type",
      message: `genes.${id}: not a value of a ${gene.type} gene: ${changed.error.issues[0]?.message ?? "invalid"}`,
      hint: `Give a value of the form that a ${gene.type} gene has.`,
    });
  }
  return checkGenome({ ...genome, genes: { ...genome.genes, [id]: changed.data }, parents });
}
