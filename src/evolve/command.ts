import type { ContentHash } from "../base/index.ts";
import type { Changes } from "../mutate/index.ts";

/** A child of a person's own: it is measured as any other, in an iteration of its own. */
interface OwnChild {
  readonly genome: ContentHash;
  /** Gene values by which it differs from the seed of the run. */
  readonly changes: Changes;
  /** What it is meant to do, in the person's words. */
  readonly note: string;
}

/** What a person wants of a run that is under way. Kept in the store, taken by the run between iterations, and journalled there. */
export type SteeringCommand =
  /** Not into the pool; and if it is there already, no parent and no finalist any more. */
  | { readonly kind: "veto"; readonly genome: ContentHash }
  /** Positions in the pool. A pinned candidate goes on being a parent, whatever the rule, and takes part in the last race. */
  | { readonly kind: "pin" | "unpin"; readonly candidate: number }
  /** The next reflection on the gene starts from this. */
  | { readonly kind: "hypothesis"; readonly gene: string; readonly text: string }
  | ({ readonly kind: "child" } & OwnChild)
  /** A child with one gene as a person wrote it. What it was made from stays out of the pool, unless it is there already. */
  | ({ readonly kind: "edit"; readonly of: ContentHash; readonly gene: string } & OwnChild);
