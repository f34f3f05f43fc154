import { canonicalJson, type Json } from "../base/index.ts";
import { genomeId, withGene, type Gene, type Genome } from "../genome/index.ts";
import { fromTextForm } from "./gene-text-form.ts";

/**
 * The genome that differs from `seed` in the given genes, each as its typed value or in its text form. A gene with the value it has
 * already is no change, even a frozen one. Throws AlleleError `unknown-gene`, `frozen-gene`, `wrong-type`, or what is wrong with a value.
 */
export function candidateGenome(seed: Genome, candidate: Readonly<Record<string, Json>>): Genome {
  const parents = [genomeId(seed)];
  return Object.entries(candidate).reduce((genome, [id, given]) => {
    const gene = Object.hasOwn(seed.genes, id) ? seed.genes[id] : undefined;
    const value = gene !== undefined && typeof given === "string" ? fromTextForm(gene, given) : given;
    if (gene !== undefined && canonicalJson(gene.value) === canonicalJson(value)) return genome;
    return withGene(genome, id, value as Gene["value"], parents);
  }, seed);
}
