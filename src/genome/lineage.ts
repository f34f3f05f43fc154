import type { ContentHash } from "../base/index.ts";
import type { Genome } from "./genome.ts";

/** Genomes by id, as far as they are known. A parent that is missing here is named but not followed further. */
export type Lineage = ReadonlyMap<ContentHash, Pick<Genome, "parents">>;

/** Every ancestor of a genome, nearest generation first, each once; the genome itself is not among them. */
export function ancestorsOf(lineage: Lineage, id: ContentHash): readonly ContentHash[] {
  const found = new Set<ContentHash>([id]);
  // A set's iterator also visits what is added on the way: this is a breadth-first walk.
  for (const next of found) {
    for (const parent of lineage.get(next)?.parents ?? []) found.add(parent);
  }
  return [...found].slice(1);
}

/** The latest genomes both come from: shared ancestors (a genome counts as its own) that are not ancestors of another shared one. */
export function commonAncestors(lineage: Lineage, a: ContentHash, b: ContentHash): readonly ContentHash[] {
  const ofB = new Set([b, ...ancestorsOf(lineage, b)]);
  const shared = [a, ...ancestorsOf(lineage, a)].filter((id) => ofB.has(id));
  const older = new Set(shared.flatMap((id) => ancestorsOf(lineage, id)));
  return shared.filter((id) => !older.has(id));
}

/** Generations from the farthest known ancestor: 0 for a seed. */
export function depthOf(lineage: Lineage, id: ContentHash): number {
  const depths = new Map<ContentHash, number>();
  // Oldest first, so that every parent is done before its children; a genome names only parents that existed before it.
  const order: ContentHash[] = [];
  const entered = new Set<ContentHash>();
  const visit = (next: ContentHash): void => {
    if (entered.has(next)) return;
    entered.add(next);
    for (const parent of lineage.get(next)?.parents ?? []) visit(parent);
    order.push(next);
  };
  visit(id);
  for (const next of order) {
    const parents = lineage.get(next)?.parents ?? [];
    depths.set(next, parents.length === 0 ? 0 : 1 + Math.max(...parents.map((parent) => depths.get(parent) ?? 0)));
  }
  return depths.get(id) ?? 0;
}
