import type { ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { AcceptanceRule, Expense } from "../select/index.ts";
import { burdens, lookRule } from "./band.ts";
import { blockSize, type Engine } from "./engine.ts";
import { raceIncumbent } from "./incumbent.ts";
import { refuse } from "./idea.ts";
import { limitBroken } from "./limits.ts";
import { measure } from "./measure.ts";
import type { Candidate } from "./state.ts";
import { validate, type Row } from "./validate.ts";

/** A child, the tasks it is screened on, and what it is measured against there. */
export interface Trial {
  readonly genome: ContentHash;
  readonly tasks: readonly Task[];
  /** By task. */
  readonly before: readonly number[];
  readonly acceptance: AcceptanceRule;
  /** Length of what parent and child tell the agent. */
  readonly expense?: Expense | undefined;
}

/** Runs a child on its screening tasks; true when it may go on. A screen, never a proof. */
export async function passesScreen(engine: Engine, trial: Trial): Promise<boolean> {
  const { genome, tasks, acceptance, expense } = trial;
  const { rollouts } = await measure(engine, { genome, tasks, purpose: "screen", known: {} });
  const after = rollouts.map((rollout) => (rollout.state === "scored" ? rollout.score : null));
  const passed = acceptance.accepts(trial.before.slice(0, after.length), after, expense);
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
  const ahead = await raceParent(engine, parent, draft.genome, order.slice(0, blockSize(engine)));
  if (!ahead) return;
  const broken = limitBroken(journal.state, draft.parents);
  if (broken !== undefined) return refuse(engine, "", { reason: "over-limit", detail: broken }, draft.hypothesis);
  journal.emit({ type: "candidate-accepted", candidate: candidates.length });
  const { confirm } = inputs.options;
  await raceIncumbent(engine, candidates.length, order, confirm === 0 ? order.length : Math.min(confirm, order.length));
}

/** Tasks after which a race is looked at. */
const LOOK = 8;

/** Whether the child is ahead of its parent on the tasks; it leaves as soon as it is behind. Without a race it only has to be measured. */
async function raceParent(
  engine: Engine,
  parent: Candidate,
  child: ContentHash,
  tasks: readonly Task[],
): Promise<boolean> {
  const races = engine.inputs.options.race > 0;
  const step = races ? LOOK : tasks.length;
  const before: (number | null)[] = [];
  const after: (number | null)[] = [];
  for (let start = 0; start < tasks.length; start += step) {
    const block = tasks.slice(start, start + step);
    const theirs = races
      ? await validate(engine, parent.genome, block, parent.validation)
      : { scores: [], complete: true };
    const own = await validate(engine, child, block, {});
    if (!theirs.complete || !own.complete) {
      const detail = `validation ended after ${start + own.scores.length} of ${tasks.length} tasks`;
      engine.journal.emit({ type: "child-refused", gene: "", hypothesis: "", reason: "budget", detail });
      return false;
    }
    before.push(...theirs.scores);
    after.push(...own.scores);
    const rule = lookRule(engine.inputs.options, start + step >= tasks.length);
    if (races && !rule.accepts(before, after, burdens(engine))) {
      reject(engine, before, after);
      return false;
    }
  }
  return true;
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
