import type { Genome } from "../genome/index.ts";
import type { Engine } from "./engine.ts";
import type { ScoredEvidence } from "./idea.ts";
import { withoutShown } from "./shown-examples.ts";

type ScoredTask = Pick<ScoredEvidence, "task" | "score">;

/**
 * Evidence without the tasks that a child shows as examples: it would pass those for nothing. Others take their place, as far as the parent was
 * measured on them before. Where nothing is left, the evidence as it is.
 */
export function fairEvidence(
  engine: Engine,
  index: number,
  evidence: readonly ScoredTask[],
  child: Genome,
): readonly ScoredTask[] {
  const { train } = engine;
  const parent = engine.journal.state.candidates[index];
  const unshown = new Set(withoutShown(train, child).map(({ id }) => id));
  const fair = evidence.filter(({ task }) => unshown.has(task.id));
  if (parent === undefined || fair.length === evidence.length) return evidence;
  const used = new Set(evidence.map(({ task }) => task.id));
  const others = withoutShown(train, engine.genome(parent.genome)).flatMap((task) => {
    const score = parent.train[task.id] ?? null;
    return score === null || used.has(task.id) || !unshown.has(task.id) ? [] : [{ task, score }];
  });
  // As many passed and failed as were left out: who is shown failures alone can only get better on them.
  const left = evidence.filter(({ task }) => !unshown.has(task.id));
  const filled = [
    ...fair,
    ...[true, false].flatMap((passed) => {
      const isSame = ({ score }: ScoredTask): boolean => (score === 1) === passed;
      return others.filter(isSame).slice(0, left.filter(isSame).length);
    }),
  ];
  return filled.length === 0 ? evidence : filled;
}

/** What a child is screened on: tasks it predicts to mend, then other failures, then what must not break. */
export function screenOf(
  evidence: readonly ScoredTask[],
  flips: readonly string[],
  most: number,
): readonly ScoredTask[] {
  if (most === 0 || evidence.length <= most) return evidence;
  const rank = ({ task, score }: ScoredTask): number => (flips.includes(task.id) ? 0 : score < 1 ? 1 : 2);
  const failing = evidence.filter((example) => rank(example) < 2).toSorted((a, b) => rank(a) - rank(b));
  const passing = evidence.filter((example) => rank(example) === 2);
  const guard = Math.min(passing.length, Math.max(Math.floor(most / 4), most - failing.length));
  return [...failing.slice(0, most - guard), ...passing.slice(0, guard)];
}
