import { contentHash, type ContentHash } from "../base/index.ts";
import { activeGenes } from "./condition.ts";
import type { Genome } from "./genome.ts";

/**
 * The identity of a genome: the hash of the types and values of its active genes. Name, description, parents, order of the genes,
 * `evolvable`, bounds, conditions and inactive genes do not change it.
 */
export function genomeId(genome: Pick<Genome, "genes">): ContentHash {
  const known = identities.get(genome.genes);
  if (known !== undefined) return known;
  const id = identityOf(genome);
  identities.set(genome.genes, id);
  return id;
}

/** Genomes never change, so each is hashed once. */
const identities = new WeakMap<Genome["genes"], ContentHash>();

function identityOf(genome: Pick<Genome, "genes">): ContentHash {
  const behaviour = Object.entries(activeGenes(genome)).map(([id, { type, value }]) => [id, { type, value }] as const);
  return contentHash({ genome: 1, genes: Object.fromEntries(behaviour) });
}
