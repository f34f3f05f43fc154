import { contentHash, type Clock, type ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Store } from "../store/index.ts";
import { makeCache } from "./cache.ts";
import { makeRolloutKeys, type KeyParts } from "./rollout-key.ts";
import type { Scored } from "./rollout.ts";

/** Reads what an evaluator with the same parts has scored before; pays for nothing. */
export function makeMeasuredReader(
  parts: KeyParts & { readonly store: Store; readonly clock: Clock },
): (genome: ContentHash, task: Task, repeat: number) => Scored | undefined {
  const cache = makeCache(parts.store, parts.clock);
  const keys = makeRolloutKeys(parts);
  return (genome, task, repeat) => cache.get(contentHash(keys.keyOf(genome, task, repeat)), task, repeat);
}
