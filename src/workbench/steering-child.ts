import type { ContentHash } from "../base/index.ts";
import type { RunResult } from "../evolve/index.ts";
import { diffGenomes, type Gene, type Genome, type GenomeDiff } from "../genome/index.ts";
import { toTextForm, TEXT_TYPES } from "./gene-text-form.ts";
import { findChild, openRun } from "./steering.ts";
import type { Workbench } from "./workbench.ts";

/** A gene that a run may change, in the form in which `editChild` takes it back. */
export interface EditableGene {
  readonly gene: string;
  readonly type: Gene["type"];
  /** Texts as they are, rules a line each, anything else as JSON. */
  readonly text: string;
}

/** A child as a person may look at it and change it. */
export interface SteeredChild {
  readonly genome: ContentHash;
  /** Its position where it is in the pool. */
  readonly candidate: number | undefined;
  /** What makes it of its first parent; undefined for the seed. */
  readonly diff: GenomeDiff | undefined;
  readonly genes: readonly EditableGene[];
}

/** A child that is being measured or is in the pool. Throws `unknown-run`, `search-over`, `unknown-child`. */
export function viewChild(workbench: Workbench, run: string, word: string): SteeredChild {
  const result = openRun(workbench, run);
  const { id, genome, index, parents } = findChild(workbench, result, word);
  return {
    genome: id,
    candidate: index,
    diff: diffFromParent(workbench, result, parents, genome),
    genes: editableGenes(genome),
  };
}

/** What makes a genome of its first parent, a position in the pool; undefined where there is none, or it is not in the store any more. */
export function diffFromParent(
  { store }: Workbench,
  { candidates }: RunResult,
  [parent]: readonly number[],
  genome: Genome,
): GenomeDiff | undefined {
  const id = parent === undefined ? undefined : candidates[parent]?.genome;
  const before = id === undefined ? undefined : store.genomes.get(id);
  return before === undefined ? undefined : diffGenomes(before, genome);
}

/** The genes of a genome that a run may change. */
export function editableGenes({ genes }: Genome): readonly EditableGene[] {
  return Object.entries(genes)
    .filter(([, { evolvable }]) => evolvable !== false)
    .map(([gene, value]) => ({
      gene,
      type: value.type,
      text: TEXT_TYPES.includes(value.type) ? toTextForm(gene, value) : JSON.stringify(value.value, null, 2),
    }));
}
