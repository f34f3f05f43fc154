import type { ContentHash } from "../base/index.ts";
import type { Verdict } from "../statistics/index.ts";

/** A score in [0, 1] over `n` tasks with its 95 % interval. */
export interface TestScore {
  readonly n: number;
  readonly score: number;
  readonly interval: readonly [number, number];
}

/** What the sealed test said. */
export interface Outcome {
  /** What to use: the finalist when it is proven better, else the seed. */
  readonly winner: ContentHash;
  /** The best candidate on validation, which the test judged. */
  readonly finalist: ContentHash;
  readonly seedTest: TestScore | undefined;
  readonly finalistTest: TestScore | undefined;
  /** Finalist minus seed, paired over the tasks that both were scored on. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly p: number;
  readonly verdict: Verdict;
}
