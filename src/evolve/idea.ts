import type { ContentHash } from "../base/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import type { Changes, Evidence } from "../mutate/index.ts";
import type { Random } from "../base/index.ts";
import type { Engine } from "./engine.ts";
import type { IdleReason } from "./event.ts";

/** Evidence with its score. */
export type ScoredEvidence = Evidence & { readonly score: number };

/** What a child is proposed from. */
export interface Occasion {
  /** Position of the parent in the pool. */
  readonly index: number;
  readonly parent: Genome;
  readonly evidence: readonly ScoredEvidence[];
  readonly random: Random;
  /** A person's hypothesis that the proposal is to start from. */
  readonly wish?: { readonly gene: string; readonly text: string } | undefined;
}

/** What a child is to be. */
export interface Idea {
  readonly genome: ContentHash;
  readonly origin: string;
  readonly hypothesis: string;
  readonly changes: Changes;
  /** Ids of the shown tasks that it predicts to get better. */
  readonly flips: readonly string[];
}

/** Why there is no child. */
export interface Idle {
  readonly reason: IdleReason;
  readonly detail: string;
}

/** Journals why there is no child. */
export function refuse({ journal }: Engine, gene: string, { reason, detail }: Idle, hypothesis = ""): undefined {
  journal.emit({ type: "child-refused", gene, hypothesis, reason, detail });
}

/** The id of a child, which is kept where reports find it. */
export function keepChild(engine: Engine, genome: Genome): ContentHash {
  const id = genomeId(genome);
  engine.keep(id, genome);
  return id;
}
