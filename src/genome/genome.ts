import type { ContentHash } from "../base/index.ts";
import type { Gene } from "./gene.ts";

/** An immutable set of genes. Its identity is the hash of what changes behaviour; name, description and parents do not. */
export interface Genome {
  /** Kebab-case name for people; many genomes of one lineage share it. */
  readonly name: string;
  readonly description?: string | undefined;
  /** By gene id: `system`, `rules`, `demos`, `plan`, `tools`, `tool.NAME`, `temperature`, ... */
  readonly genes: Readonly<Record<string, Gene>>;
  /** Ids of the genomes this one was made from; empty for a seed. */
  readonly parents: readonly ContentHash[];
}
