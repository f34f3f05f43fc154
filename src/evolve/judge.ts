import type { ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import { acceptanceRules } from "../select/index.ts";
import { blockSize, type Engine } from "./engine.ts";
import { raceIncumbent } from "./incumbent.ts";
import { measure } from "./measure.ts";
import type { EvolveOptions } from "./options.ts";
import { validate, type Row } from "./validate.ts";

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
  const passed = acceptanceRules[acceptance].accepts(trial.before.slice(0, after.length), after);
  if (!passed) reject(engine, trial.before.slice(0, after.length), after);
  return passed;
}

/** Measures the seed on the first block of validation, so that there is something to beat. */
export async function admitSeed(engine: Engine): Promise<void> {
  const { journal, validation } = engine;
  const { draft } = journal.state;
  if (draft === undefined) return;
  const tasks = validation.slice(0, blockSize(engine));
  const measured = await measure(engine, { genome: draft.genome, tasks, purpose: "seed", known: {} });
  if (measured.complete) journal.emit({ type: "candidate-accepted", candidate: 0 });
}

/**
 * Measures a child on a block of validation tasks that no proposal has seen, beside its parent, and takes it into the pool when it is
 * ahead there. Blocks take turns from iteration to iteration, so that no lucky score on one of them has to be beaten for ever. Then it races
 * the incumbent. Joining the pool proves nothing; replacing the incumbent does.
 */
export async function admit(engine: Engine, iteration: number): Promise<void> {
  const { journal, inputs } = engine;
  const { draft, candidates } = journal.state;
  const parent = candidates[draft?.parents[0] ?? -1];
  if (draft === undefined || parent === undefined) return;
  const order = raceOrder(engine, iteration);
  const tasks = order.slice(0, blockSize(engine));
  const before =
    inputs.options.race === 0
      ? { scores: [], complete: true }
      : await validate(engine, parent.genome, tasks, parent.validation);
  const after = await validate(engine, draft.genome, tasks, {});
  if (!before.complete || !after.complete) {
    const detail = `validation ended after ${after.scores.length} of ${tasks.length} tasks`;
    return journal.emit({ type: "child-refused", gene: "", hypothesis: "", reason: "budget", detail });
  }
  if (inputs.options.race > 0 && !acceptanceRules.improvement.accepts(before.scores, after.scores)) {
    return reject(engine, before.scores, after.scores);
  }
  journal.emit({ type: "candidate-accepted", candidate: candidates.length });
  const { confirm } = inputs.options;
  await raceIncumbent(engine, candidates.length, order, confirm === 0 ? order.length : Math.min(confirm, order.length));
}

/** The validation tasks from the block whose turn it is. */
function raceOrder(engine: Engine, iteration: number): readonly Task[] {
  const { validation } = engine;
  const start = (iteration * blockSize(engine)) % validation.length;
  return [...validation.slice(start), ...validation.slice(0, start)];
}

/** Journals that a child left, with the sums over the tasks both were scored on. */
function reject({ journal }: Engine, before: Row, after: Row): void {
  const both = before.flatMap((score, i) => {
    const other = after[i] ?? null;
    return score === null || other === null ? [] : [[score, other] as const];
  });
  journal.emit({
    type: "child-rejected",
    before: both.reduce((sum, [score]) => sum + score, 0),
    after: both.reduce((sum, [, score]) => sum + score, 0),
    tasks: both.length,
  });
}
