import type { ContentHash } from "../base/index.ts";

/** A map from content hashes that never changes: each addition gives a new one, which shares nearly all of its parts with the old. */
export type HashIndex<V> = readonly (readonly (readonly [ContentHash, V])[])[];

const BUCKETS = 256;

export const emptyIndex: HashIndex<never> = Array.from({ length: BUCKETS }, () => []);

/** What was filed under a hash last. */
export function valueAt<V>(index: HashIndex<V>, id: string): V | undefined {
  return index[bucketOf(id)]?.find(([key]) => key === id)?.[1];
}

/** The index with a value under a hash, in place of what was there. */
export function withValue<V>(index: HashIndex<V>, id: ContentHash, value: V): HashIndex<V> {
  const bucket = bucketOf(id);
  const others = (index[bucket] ?? []).filter(([key]) => key !== id);
  return index.with(bucket, [...others, [id, value]]);
}

/** The first two digits after "s256:" spread hashes evenly. */
function bucketOf(id: string): number {
  return Number.parseInt(id.slice(5, 7), 16) & (BUCKETS - 1);
}
