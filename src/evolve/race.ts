import type { Task } from "../dataset/index.ts";
import { blockSize, type Engine } from "./engine.ts";
import type { Candidate } from "./state.ts";
import { validate, type Row } from "./validate.ts";

/** Tasks after which a race is looked at. */
const LOOK = 8;

/** Whether a challenger may run on: asked at each look, and in the end. */
export type Patience = (before: Row, after: Row, last: boolean) => boolean;

/** How two compare: sums over the tasks that both were scored on. */
export interface Tally {
  readonly before: number;
  readonly after: number;
  readonly tasks: number;
}

/** How a race ended. */
interface RaceResult extends Tally {
  /** Whether it ran to the end. */
  readonly stayed: boolean;
  /** Whether the budget paid for it. */
  readonly complete: boolean;
}

type Runner = Pick<Candidate, "genome" | "validation">;

/** Races a challenger against a holder on validation tasks, looking after every few of them whether it may run on. */
export async function race(
  engine: Engine,
  holder: Runner,
  challenger: Runner,
  tasks: readonly Task[],
  patience: Patience,
): Promise<RaceResult> {
  const before: (number | null)[] = [];
  const after: (number | null)[] = [];
  for (let start = 0; start < tasks.length; start += LOOK) {
    const block = tasks.slice(start, start + LOOK);
    const theirs = await validate(engine, holder.genome, block, holder.validation);
    const own = await validate(engine, challenger.genome, block, challenger.validation);
    before.push(...theirs.scores);
    after.push(...own.scores);
    if (!theirs.complete || !own.complete) return { ...tally(before, after), stayed: false, complete: false };
    const last = start + LOOK >= tasks.length;
    if (!patience(before, after, last)) return { ...tally(before, after), stayed: false, complete: true };
  }
  return { ...tally(before, after), stayed: true, complete: true };
}

/**
 * The validation tasks from the block whose turn it is. Blocks take turns from iteration to iteration, so that no lucky score on one of them has
 * to be beaten for ever.
 */
export function raceOrder(engine: Engine, iteration: number): readonly Task[] {
  const { validation } = engine;
  const start = (iteration * blockSize(engine)) % validation.length;
  return [...validation.slice(start), ...validation.slice(0, start)];
}

/** Gains of the second over the first on the tasks that both were scored on. */
export function gains(before: Row, after: Row): readonly number[] {
  return pairs(before, after).map(([theirs, own]) => own - theirs);
}

/** What both were scored on. */
export function tally(before: Row, after: Row): Tally {
  const both = pairs(before, after);
  return {
    before: both.reduce((sum, [theirs]) => sum + theirs, 0),
    after: both.reduce((sum, [, own]) => sum + own, 0),
    tasks: both.length,
  };
}

function pairs(before: Row, after: Row): readonly (readonly [number, number])[] {
  return before.flatMap((score, i) => {
    const other = after[i] ?? null;
    return score === null || other === null ? [] : [[score, other] as const];
  });
}
