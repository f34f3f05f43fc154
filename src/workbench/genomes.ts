import { resolve } from "node:path";
import { loadToolModule } from "../evaluate/index.ts";
import {
  ancestorsOf,
  checkAgainstTools,
  diffGenomes,
  genomeId,
  writeGenome,
  type Genome,
  type GenomeDiff,
} from "../genome/index.ts";
import type { ContentHash } from "../base/index.ts";
import { geneChangeBlocks, genomeBlocks, renderText, shortId, textTable } from "../report/index.ts";
import { resolveDataset, resolveGenome } from "./references.ts";
import type { Workbench } from "./workbench.ts";

export function renderGenome(workbench: Workbench, reference: string): string {
  const { genome, id } = resolveGenome(workbench, reference);
  return renderText(`${genome.name} ${id}`, genomeBlocks(genome));
}

export function genomeJson(workbench: Workbench, reference: string): Record<string, unknown> {
  const { genome, id } = resolveGenome(workbench, reference);
  return { id, ...genome };
}

/** Writes a genome as a file; answers where. */
export function saveGenome(workbench: Workbench, reference: string, output: string): string {
  const file = resolve(workbench.root, output);
  writeGenome(file, resolveGenome(workbench, reference).genome);
  return file;
}

export function genomeDiff(workbench: Workbench, a: string, b: string): GenomeDiff {
  return diffGenomes(resolveGenome(workbench, a).genome, resolveGenome(workbench, b).genome);
}

export function renderGenomeDiff(workbench: Workbench, a: string, b: string): string {
  const diff = genomeDiff(workbench, a, b);
  const blocks =
    diff.changes.length === 0 ? [{ kind: "paragraph", text: "No gene differs." } as const] : geneChangeBlocks(diff);
  return renderText(`${a} to ${b}`, blocks);
}

interface GenomeLogRow {
  readonly genome: ContentHash;
  readonly name: string;
  readonly parents: readonly ContentHash[];
  /** Genes that differ from the first parent. */
  readonly changed: readonly string[];
}

/** A genome and its ancestors as far as the store has them. */
export function knownLineage(
  workbench: Workbench,
  reference: string,
): { readonly id: ContentHash; readonly known: ReadonlyMap<ContentHash, Genome> } {
  const { genome, id } = resolveGenome(workbench, reference);
  const known = new Map([[id, genome]]);
  const pending = [...genome.parents];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const parent = known.has(next) ? undefined : workbench.store.genomes.get(next);
    if (parent === undefined) continue;
    known.set(next, parent);
    pending.push(...parent.parents);
  }
  return { id, known };
}

/** A genome and its known ancestors, nearest first. */
export function genomeLog(workbench: Workbench, reference: string): readonly GenomeLogRow[] {
  const { id, known } = knownLineage(workbench, reference);
  return [id, ...ancestorsOf(known, id)].flatMap((member) => {
    const here = known.get(member);
    if (here === undefined) return [];
    const [first] = here.parents;
    const parent = first === undefined ? undefined : known.get(first);
    const changed = parent === undefined ? [] : diffGenomes(parent, here).changes.map(({ gene }) => gene);
    return [{ genome: genomeId(here), name: here.name, parents: here.parents, changed }];
  });
}

export function renderGenomeLog(rows: readonly GenomeLogRow[], width?: number): string {
  return textTable(
    ["genome", "name", "changed", "parents"],
    rows.map((row) => [
      shortId(row.genome),
      row.name,
      row.changed.join(", ") || "-",
      row.parents.map(shortId).join(", ") || "-",
    ]),
    [],
    width,
  );
}

/** Reads a genome file and, with a dataset, its tool names. Throws what is wrong; answers a line when nothing is. */
export async function validateGenome(
  workbench: Workbench,
  reference: string,
  dataset: string | undefined,
): Promise<string> {
  const { genome, id, label } = resolveGenome(workbench, reference);
  if (dataset !== undefined) {
    const { toolModule } = await resolveDataset(workbench, dataset);
    const tools = toolModule === undefined ? [] : (await loadToolModule(toolModule)).tools;
    checkAgainstTools(
      genome,
      tools.map((tool) => tool.name),
    );
  }
  return `${label} is valid: ${Object.keys(genome.genes).length} genes, ${shortId(id)}`;
}
