import type { ContentHash, Random } from "../base/index.ts";
import type { Outcome } from "./outcome.ts";
import type { Scores } from "./state.ts";

export declare function judge(inputs: {
  readonly seed: ContentHash;
  readonly finalist: ContentHash;
  readonly scores: Readonly<Record<ContentHash, Scores>>;
  readonly tasks: readonly string[];
  readonly random: Random;
}): Outcome;
