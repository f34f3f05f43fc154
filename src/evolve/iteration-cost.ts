import type { Task } from "../dataset/index.ts";
import { BLOCK } from "./belief.ts";
import { rolloutsCost, type Spend } from "./budget.ts";
import { blockSize, expectedRollout, type Engine } from "./engine.ts";
import { isCheckDue, isOnHead } from "./head.ts";
import { isMergeDue } from "./merging.ts";
import { minibatchOf } from "./mutation.ts";
import type { EvolveOptions } from "./options.ts";
import { raceOrder } from "./race.ts";
import { wishFor } from "./steering.ts";

/** What an iteration is expected to cost at most, until its child is judged: one that might not fit is not begun. */
export function iterationCost(engine: Engine, iteration: number): Spend {
  const cost = rolloutsCost(mostRollouts(engine, iteration), expectedRollout(engine, engine.journal.state));
  const { expected } = engine.inputs.estimate.reflection;
  return { ...cost, tokens: cost.tokens + expected.tokens, usd: cost.usd + expected.usd };
}

/**
 * The most rollouts that an iteration can take from the state it starts from. A child of the head is only screened; a check, and the judgement of
 * any other child, take validation tasks too. What is known already costs nothing. By belief an iteration measures a block.
 */
export function mostRollouts(engine: Engine, iteration: number): number {
  const { journal, inputs } = engine;
  const { head, steering } = journal.state;
  const { options } = inputs;
  const hasWish = wishFor(steering, iteration) !== undefined;
  if (options.proposal === "belief") return (hasWish ? options.minibatch : 0) + BLOCK;
  if (!hasWish && isCheckDue(engine, iteration)) return checkRollouts(engine, iteration);
  if (hasWish || !isOnHead(engine, iteration))
    return Math.max(screenedRollouts(options), options.merge.screen) + judgeRollouts(engine, iteration);
  const child = unknown(engine, head, "train", minibatchOf(engine, iteration, head)).length + screenSize(options);
  return isMergeDue(engine) ? Math.max(child, options.merge.screen + judgeRollouts(engine, iteration)) : child;
}

/** Evidence and screen of a child, where nothing is known of its parent. */
export function screenedRollouts(options: EvolveOptions): number {
  return options.minibatch + screenSize(options);
}

/** Tasks of a screen. */
export function screenSize({ screen, minibatch }: EvolveOptions): number {
  return screen === 0 ? minibatch : Math.min(screen, minibatch);
}

/** Head against checkpoint on a block, and then against the incumbent. */
function checkRollouts(engine: Engine, iteration: number): number {
  const { head, checkpoint } = engine.journal.state;
  const { block, confirmed } = judgementOf(engine, iteration);
  return (
    unknown(engine, head, "validation", [...new Set([...block, ...confirmed])]).length +
    unknown(engine, checkpoint, "validation", block).length +
    incumbentRollouts(engine, iteration)
  );
}

/** A child against a parent that is not drawn yet, where children race, and then against the incumbent. */
function judgeRollouts(engine: Engine, iteration: number): number {
  const { block, confirmed } = judgementOf(engine, iteration);
  const parent = engine.inputs.options.race === 0 ? 0 : block.length;
  return parent + Math.max(block.length, confirmed.length) + incumbentRollouts(engine, iteration);
}

function incumbentRollouts(engine: Engine, iteration: number): number {
  const { incumbent, checkpoint } = engine.journal.state;
  const { block, confirmed } = judgementOf(engine, iteration);
  const own = incumbent === checkpoint ? confirmed.slice(block.length) : confirmed;
  return unknown(engine, incumbent, "validation", own).length;
}

/** Tasks on which a child, or the head, is judged, and those on which it challenges the incumbent; both from the same place on. */
function judgementOf(
  engine: Engine,
  iteration: number,
): { readonly block: readonly Task[]; readonly confirmed: readonly Task[] } {
  const order = raceOrder(engine, iteration);
  const { confirm } = engine.inputs.options;
  return { block: order.slice(0, blockSize(engine)), confirmed: confirm === 0 ? order : order.slice(0, confirm) };
}

/** The tasks that a member of the pool would have to be paid for. */
function unknown(
  { journal }: Engine,
  index: number,
  split: "train" | "validation",
  tasks: readonly Task[],
): readonly Task[] {
  const known = journal.state.candidates[index]?.[split] ?? {};
  return tasks.filter(({ id }) => typeof known[id] !== "number");
}
