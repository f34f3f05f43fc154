import type { ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Engine } from "./engine.ts";
import { measure } from "./measure.ts";
import type { EvolveOptions } from "./options.ts";

/** A child, the tasks it is screened on, and what it is measured against there. */
export interface Trial {
  readonly genome: ContentHash;
  readonly tasks: readonly Task[];
  /** By task. */
  readonly before: readonly number[];
  readonly acceptance: EvolveOptions["acceptance"];
}

/** Runs a child on its screening tasks; true when it may go on. A screen, never a proof. */
export async function passesScreen(engine: Engine, trial: Trial): Promise<boolean> {
  const { genome, tasks, acceptance } = trial;
  const { rollouts } = await measure(engine, { genome, tasks, purpose: "screen", known: {} });
  const pairs = rollouts.flatMap((rollout, i) =>
    rollout.state === "scored" ? [{ before: trial.before[i] ?? 0, after: rollout.score }] : [],
  );
  const before = pairs.reduce((sum, pair) => sum + pair.before, 0);
  const after = pairs.reduce((sum, pair) => sum + pair.after, 0);
  const passed = pairs.length > 0 && (acceptance === "improvement" ? after > before : after >= before);
  if (!passed) engine.journal.emit({ type: "child-rejected", before, after, tasks: pairs.length });
  return passed;
}

/** Measures the child on all validation tasks and takes it into the pool; the seed comes in the same way. */
export async function admit(engine: Engine, purpose: "seed" | "validation"): Promise<void> {
  const { draft, candidates } = engine.journal.state;
  if (draft === undefined) return;
  const measured = await measure(engine, {
    genome: draft.genome,
    tasks: engine.validation,
    purpose,
    known: draft.validation,
  });
  if (measured.complete) engine.journal.emit({ type: "candidate-accepted", candidate: candidates.length });
}
