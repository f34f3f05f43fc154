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

/**
 * Measures the child on the validation tasks, block by block, and takes it into the pool when it comes through; the seed comes in the same
 * way, without a race. A child that is not ahead of its parent at the end of a block leaves: the rest of validation would be spent on something
 * that is probably no better. A race saves cost and proves nothing; what is proven is proven on the sealed test.
 */
export async function admit(engine: Engine, purpose: "seed" | "validation"): Promise<void> {
  const { journal, validation, inputs } = engine;
  const { draft, candidates } = journal.state;
  if (draft === undefined) return;
  const ends = purpose === "seed" ? [validation.length] : raceBlocks(validation.length, inputs.options.race);
  let start = 0;
  for (const end of ends) {
    const tasks = validation.slice(start, end);
    const known = journal.state.draft?.validation ?? {};
    const measured = await measure(engine, { genome: draft.genome, tasks, purpose, known });
    if (!measured.complete) {
      const detail = `validation ended after ${start + measured.rollouts.length} of ${validation.length} tasks`;
      return journal.emit({ type: "child-refused", gene: "", hypothesis: "", reason: "budget", detail });
    }
    if (end < validation.length && leavesRace(engine, validation.slice(0, end))) return;
    start = end;
  }
  journal.emit({ type: "candidate-accepted", candidate: candidates.length });
}

/** Where a race is looked at: after `first` tasks, then each time twice as many. 0: no race, everything in one block. */
function raceBlocks(length: number, first: number): readonly number[] {
  const ends: number[] = [];
  for (let end = first; end > 0 && end < length; end *= 2) ends.push(end);
  return [...ends, length];
}

/** Rejects the child when it is not ahead of its (better) parent on the tasks both were scored on. */
function leavesRace({ journal }: Engine, tasks: readonly Task[]): boolean {
  const { draft, candidates } = journal.state;
  const parent = candidates[draft?.parents[0] ?? -1];
  if (draft === undefined || parent === undefined) return false;
  const rows = [parent, draft].map(({ validation }) => tasks.map(({ id }) => validation[id] ?? null));
  const [before = [], after = []] = rows;
  if (acceptanceRules.improvement.accepts(before, after)) return false;
  const both = tasks.map((_, i) => (before[i] ?? null) !== null && (after[i] ?? null) !== null);
  const shared = (row: readonly (number | null)[]): (number | null)[] =>
    row.map((score, i) => (both[i] === true ? score : null));
  journal.emit({
    type: "child-rejected",
    before: total(shared(before)),
    after: total(shared(after)),
    tasks: count(shared(after)),
  });
  return true;
}

function total(scores: readonly (number | null)[]): number {
  return scores.reduce<number>((sum, score) => sum + (score ?? 0), 0);
}

function count(scores: readonly (number | null)[]): number {
  return scores.filter((score) => score !== null).length;
}
