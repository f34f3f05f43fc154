import type { ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { acceptanceRules } from "../select/index.ts";
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
  const after = rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : null));
  const before = trial.before.map((score, i) => ((after[i] ?? null) === null ? null : score));
  const passed = acceptanceRules[acceptance].accepts(
    before,
    before.map((_, i) => after[i] ?? null),
  );
  if (!passed)
    engine.journal.emit({ type: "child-rejected", before: total(before), after: total(after), tasks: count(after) });
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
  if (measured.complete) return engine.journal.emit({ type: "candidate-accepted", candidate: candidates.length });
  const detail = `validation ended after ${measured.rollouts.length} of ${engine.validation.length} tasks`;
  engine.journal.emit({ type: "child-refused", gene: draft.gene, hypothesis: "", reason: "budget", detail });
}

function total(scores: readonly (number | null)[]): number {
  return scores.reduce<number>((sum, score) => sum + (score ?? 0), 0);
}

function count(scores: readonly (number | null)[]): number {
  return scores.filter((score) => score !== null).length;
}
