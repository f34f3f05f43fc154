import type { ContentHash, Json } from "../base/index.ts";
import type { Genome } from "../genome/index.ts";
import type { Store } from "../store/index.ts";
import type { Engine } from "./engine.ts";

/** A child that is being measured: proposed, and not yet in the journal. */
export interface ChildUnderWay {
  /** Counted from 0. */
  readonly iteration: number;
  readonly id: ContentHash;
  readonly genome: Genome;
  /** Positions in the pool. */
  readonly parents: readonly number[];
  readonly origin: string;
  readonly hypothesis: string;
  /** Ids of the genes that differ from the first parent's. */
  readonly changed: readonly string[];
}

/** Tells whoever looks on of the child that is about to be measured. */
export function markUnderWay(engine: Engine, iteration: number): void {
  const { inputs } = engine;
  const { draft } = engine.journal.state;
  if (draft === undefined) return;
  const { genome: id, parents, origin, hypothesis, changes } = draft;
  const child: ChildUnderWay = {
    iteration,
    id,
    genome: engine.genome(id),
    parents,
    origin,
    hypothesis,
    changed: Object.keys(changes),
  };
  inputs.store.underWay.put(inputs.run, iteration, child as unknown as Json, inputs.clock.now());
}

/** Children that are being measured, or were when the run was cut, by iteration. */
export function childrenUnderWay(store: Store, run: string): readonly ChildUnderWay[] {
  return store.underWay.list(run).map(({ child }) => child as unknown as ChildUnderWay);
}
