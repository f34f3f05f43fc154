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

/** Generations from the farthest known ancestor, by the longest way: 0 for a seed. */
export function depthOf(lineage: Lineage, id: ContentHash): number {
  const parentsOf = (child: ContentHash): readonly ContentHash[] => [...new Set(lineage.get(child)?.parents)];
  const waiting = new Map<ContentHash, number>();
  for (const child of [id, ...ancestorsOf(lineage, id)]) {
    for (const parent of parentsOf(child)) waiting.set(parent, (waiting.get(parent) ?? 0) + 1);
  }
  // A genome is walked once its last child was: from there the way is longest.
  const depths = new Map([[id, 0]]);
  const ready = [id];
  for (const child of ready) {
    const depth = (depths.get(child) ?? 0) + 1;
    for (const parent of parentsOf(child)) {
      depths.set(parent, Math.max(depth, depths.get(parent) ?? 0));
      const left = (waiting.get(parent) ?? 0) - 1;
      waiting.set(parent, left);
      if (left === 0) ready.push(parent);
    }
  }
  return Math.max(...depths.values());
}
