import { AlleleError, type ContentHash } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import type { Genome } from "../genome/index.ts";
import { addSpend, affordable, nothingSpent, type Spend } from "./budget.ts";
import { available, type Engine } from "./engine.ts";
import type { Purpose } from "./event.ts";
import { lengthOf, valueOf } from "./objectives.ts";
import { recordedObjectives } from "./rules.ts";
import type { Scores } from "./state.ts";

/** Rollouts in the order of the tasks; fewer than asked for when the budget could not pay for all. */
export interface Measured {
  readonly rollouts: readonly Rollout[];
  readonly complete: boolean;
}

/**
 * Scores a genome on tasks and journals the scores. Tasks that this run `knows` cost nothing. The rest are started in blocks,
 * each no larger than what is available pays for at the highest price, so that a budget is never overspent.
 */
export async function measure(
  engine: Engine,
  inputs: {
    readonly genome: ContentHash;
    readonly tasks: readonly Task[];
    readonly purpose: Purpose;
    readonly known: Scores;
  },
): Promise<Measured> {
  const { genome: id, tasks, purpose, known } = inputs;
  const { evaluator, estimate, signal } = engine.inputs;
  const genome = engine.genome(id);
  const isKnown = (task: Task): boolean => typeof known[task.id] === "number";
  const { iteration } = engine.journal.state;
  const rollouts: Rollout[] = [];
  let spent: Spend = nothingSpent;
  while (rollouts.length < tasks.length) {
    const left = available(engine);
    const block = nextBlock(
      tasks.slice(rollouts.length),
      isKnown,
      affordable(subtract(left, spent), estimate.rollout.most),
    );
    if (block.length === 0) break;
    if (rollouts.length === 0)
      engine.journal.announce({ type: "batch-started", iteration, purpose, genome: id, tasks: tasks.length });
    const scored = await evaluator.evaluate(genome, block, {
      signal,
      onRollout: (rollout, reused) =>
        engine.journal.announce({
          type: "rollout-finished",
          iteration,
          purpose,
          genome: id,
          task: rollout.task,
          score: rollout.state === "scored" ? rollout.score : undefined,
          reused,
          tokens: costOf(rollout).tokens,
          usd: rollout.usage.usd,
        }),
    });
    spent = scored.reduce(
      (sum, rollout, i) => (isKnown(block[i] as Task) ? sum : addSpend(sum, costOf(rollout))),
      spent,
    );
    const costs = engine.costs.get(id) ?? new Map<string, Spend>();
    engine.costs.set(id, costs);
    for (const rollout of scored) costs.set(rollout.task, costOf(rollout));
    rollouts.push(...scored);
  }
  if (rollouts.length > 0) {
    engine.journal.emit({
      type: "rollouts-scored",
      purpose,
      genome: id,
      tasks: rollouts.map(({ task }) => task),
      scores: rollouts.map(scoreOf),
      ...objectivesOf(engine, genome, rollouts, purpose),
      spent,
    });
  }
  return { rollouts, complete: rollouts.length === tasks.length };
}

/** What is journalled of the other objectives; nothing of the sealed test, which steers nothing. */
function objectivesOf(
  { inputs }: Engine,
  genome: Genome,
  rollouts: readonly Rollout[],
  purpose: Purpose,
): { readonly objectives?: Readonly<Record<string, readonly (number | null)[]>> } {
  const names = purpose === "test" ? [] : recordedObjectives(inputs.options);
  if (names.length === 0) return {};
  const length = lengthOf(genome);
  return {
    objectives: Object.fromEntries(
      names.map((name) => [name, rollouts.map((rollout) => valueOf(name, rollout, length))]),
    ),
  };
}

/** The longest beginning of `tasks` with at most `most` that are not known yet. */
function nextBlock(tasks: readonly Task[], isKnown: (task: Task) => boolean, most: number): readonly Task[] {
  let fresh = 0;
  const end = tasks.findIndex((task) => !isKnown(task) && ++fresh > most);
  return end === -1 ? tasks : tasks.slice(0, end);
}

function costOf({ usage }: Rollout): Spend {
  return { rollouts: 1, tokens: usage.inputTokens + usage.outputTokens, usd: usage.usd };
}

function subtract(a: Spend, b: Spend): Spend {
  return { rollouts: a.rollouts - b.rollouts, tokens: a.tokens - b.tokens, usd: a.usd - b.usd };
}

function scoreOf(rollout: Rollout): number | null {
  if (rollout.state === "failed") return null;
  if (rollout.score >= 0 && rollout.score <= 1) return rollout.score;
  throw new AlleleError({
    code: "score-out-of-range",
    message: `task ${rollout.task} was scored ${rollout.score}, which is not a number from 0 to 1`,
    hint: "Correct the check or the custom scoring function of this task.",
  });
}
