import { AlleleError, canonicalJson, diffLines, diffWords, type DiffPart } from "../base/index.ts";
import { checkGenome } from "./check-genome.ts";
import type { Gene } from "./gene.ts";
import type { Genome } from "./genome.ts";
import { genomeId } from "./identity.ts";

type GeneChange =
  | { readonly kind: "added"; readonly gene: string; readonly after: Gene }
  | { readonly kind: "removed"; readonly gene: string; readonly before: Gene }
  | {
      readonly kind: "changed";
      readonly gene: string;
      readonly before: Gene;
      readonly after: Gene;
      /** Word by word for texts, line by line for rules; left out for other genes and where only bounds differ. */
      readonly parts?: readonly DiffPart[] | undefined;
    };

/** What makes one genome of another, gene by gene, sorted by gene id. Names, descriptions and parents are no part of it. */
export interface GenomeDiff {
  readonly changes: readonly GeneChange[];
}

/** Compares two genomes gene by gene: values, bounds and flags. */
export function diffGenomes(before: Genome, after: Genome): GenomeDiff {
  const ids = [...new Set([...Object.keys(before.genes), ...Object.keys(after.genes)])].toSorted();
  return { changes: ids.flatMap((gene) => changeOf(gene, before.genes[gene], after.genes[gene]) ?? []) };
}

/**
 * Applies a diff. The result is a checked child of `genome`; frozen genes may change, for a patch is an author's act.
 * Throws AlleleError `patch-conflict` when a gene is not as the diff found it.
 */
export function patchGenome(genome: Genome, { changes }: GenomeDiff): Genome {
  const genes: Record<string, Gene> = { ...genome.genes };
  for (const change of changes) {
    const found = genes[change.gene];
    const expected = change.kind === "added" ? undefined : change.before;
    if (!sameGene(found, expected)) throw conflict(change, found);
    if (change.kind === "removed") delete genes[change.gene];
    else genes[change.gene] = change.after;
  }
  return changes.length === 0 ? genome : checkGenome({ ...genome, genes, parents: [genomeId(genome)] });
}

function changeOf(gene: string, before: Gene | undefined, after: Gene | undefined): GeneChange | undefined {
  if (before === undefined) return after === undefined ? undefined : { kind: "added", gene, after };
  if (after === undefined) return { kind: "removed", gene, before };
  if (sameGene(before, after)) return undefined;
  return { kind: "changed", gene, before, after, parts: partsOf(before, after) };
}

function partsOf(before: Gene, after: Gene): readonly DiffPart[] | undefined {
  if (before.type === "text" && after.type === "text" && before.value !== after.value) {
    return diffWords(before.value, after.value);
  }
  if (before.type !== "rules" || after.type !== "rules") return undefined;
  const [old, now] = [before.value.join("\n"), after.value.join("\n")];
  return old === now ? undefined : diffLines(old, now);
}

function sameGene(a: Gene | undefined, b: Gene | undefined): boolean {
  return a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
}

function conflict(change: GeneChange, found: Gene | undefined): AlleleError {
  const state =
    found === undefined ? "is not there" : change.kind === "added" ? "is there already" : "has another value";
  return new AlleleError({
    code: "patch-conflict",
    message: `cannot patch the gene "${change.gene}" (${change.kind}): in this genome it ${state}`,
    hint: "Apply the diff to the genome it was made from, or change this gene by hand.",
  });
}
