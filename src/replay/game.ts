import { AlleleError, didYouMean, type Random } from "../base/index.ts";
import { mean } from "../statistics/index.ts";
import type { RecordedTable } from "./recorded-table.ts";
import type { Rule } from "./rule.ts";

/** How a game is dealt from a table. */
export interface DealOptions {
  /** Arms that take part, drawn by chance; default: all. */
  readonly arms?: number | undefined;
  /** Name of the arm in use, which always takes part; default: one by chance. */
  readonly incumbent?: string | undefined;
  /** Items that are revealed together, default 1. Items that do not fill a block are not revealed. */
  readonly block?: number | undefined;
  /** Share of the items, drawn by chance, that are never revealed and say what an arm is worth; default 0: all items say it. */
  readonly heldOut?: number | undefined;
}

/** Arms in an order by chance, the incumbent first, on blocks of items in an order by chance. */
export interface Game {
  readonly arms: readonly string[];
  /** Mean scores, arm by block. */
  readonly scores: readonly (readonly number[])[];
  /** Cost of each arm on each block. */
  readonly costs: readonly (readonly number[])[];
  /** Items in a block. */
  readonly block: number;
  /** What each arm is worth: what the rule wants to know and never sees. */
  readonly truth: readonly number[];
}

/** Deals a game. Throws AlleleError `unknown-arm`, and `too-few-items` where no block is left to reveal. */
export function deal(table: RecordedTable, options: DealOptions, random: Random): Game {
  const { block = 1, heldOut = 0 } = options;
  const order = random.shuffle(table.arms.map((_, arm) => arm));
  const first = options.incumbent === undefined ? undefined : armNamed(table, options.incumbent);
  const arms = (first === undefined ? order : [first, ...order.filter((arm) => arm !== first)]).slice(0, options.arms);
  const items = random.shuffle((table.scores[0] ?? []).map((_, item) => item));
  const apart = Math.round(heldOut * items.length);
  const shown = items.slice(0, items.length - apart);
  const blocks = Array.from({ length: Math.floor(shown.length / block) }, (_, index) =>
    shown.slice(block * index, block * (index + 1)),
  );
  if (blocks.length === 0) throw noBlock(table.name, shown.length, block);
  const judging = apart === 0 ? items : items.slice(shown.length);
  const of = (rows: readonly (readonly number[])[], arm: number, which: readonly number[]): number[] =>
    which.map((item) => rows[arm]?.[item] ?? 0);
  return {
    arms: arms.map((arm) => table.arms[arm] ?? ""),
    scores: arms.map((arm) => blocks.map((own) => mean(of(table.scores, arm, own)))),
    costs: arms.map((arm) =>
      blocks.map((own) =>
        table.costs === undefined ? own.length : of(table.costs, arm, own).reduce((sum, cost) => sum + cost, 0),
      ),
    ),
    block,
    truth: arms.map((arm) => table.worth?.[arm] ?? mean(of(table.scores, arm, judging))),
  };
}

/** How a game went. */
export interface Played {
  readonly pick: number;
  /** The rule's probability that its pick is better than the incumbent, where it says one and picks another arm. */
  readonly confidence: number | undefined;
  /** Results that were revealed: of one arm on one item. */
  readonly results: number;
  readonly cost: number;
}

/**
 * Plays a game. A result is paid for once, however often it is looked at. `budget` is the most blocks that may be revealed. Throws
 * AlleleError `not-recorded` where the rule asks for an arm or a block that is not there or picks such an arm, `over-budget` where it asks
 * for more than it may.
 */
export function play(game: Game, rule: Rule, budget = Number.POSITIVE_INFINITY): Played {
  const blocks = game.scores[0]?.length ?? 0;
  const seen = game.scores.map(() => new Set<number>());
  let [revealed, cost] = [0, 0];
  const reveal = (arm: number, block: number): number => {
    const score = game.scores[arm]?.[block];
    const own = seen[arm];
    if (score === undefined || own === undefined) throw notRecorded(game, `block ${block} of arm ${arm}`);
    if (own.has(block)) return score;
    if (revealed >= budget) throw overBudget(budget);
    own.add(block);
    revealed++;
    cost += game.costs[arm]?.[block] ?? 0;
    return score;
  };
  const { arm: pick, confidence } = rule({
    arms: game.arms.length,
    blocks,
    budget: Math.min(budget, game.arms.length * blocks),
    reveal,
  });
  if (game.arms[pick] === undefined) throw notRecorded(game, `arm ${pick}`);
  return { pick, confidence: pick === 0 ? undefined : confidence, results: revealed * game.block, cost };
}

function armNamed({ name, arms }: RecordedTable, wanted: string): number {
  const index = arms.indexOf(wanted);
  if (index >= 0) return index;
  throw new AlleleError({
    code: "unknown-arm",
    message: `the table "${name}" has no arm "${wanted}"${didYouMean(wanted, arms)}`,
    hint: `It has ${arms.slice(0, 20).join(", ")}${arms.length > 20 ? " and more" : ""}.`,
  });
}

function noBlock(name: string, items: number, block: number): AlleleError {
  return new AlleleError({
    code: "too-few-items",
    message: `the table "${name}" has ${items} items to reveal, which do not fill a block of ${block}`,
    hint: "Take smaller blocks, hold out less, or record more items.",
  });
}

function notRecorded({ arms, scores }: Game, what: string): AlleleError {
  return new AlleleError({
    code: "not-recorded",
    message: `the rule asks for ${what}, and there are ${arms.length} arms and ${scores[0]?.length ?? 0} blocks, counted from 0`,
    hint: "A rule is told their numbers: arms and blocks.",
  });
}

function overBudget(budget: number): AlleleError {
  return new AlleleError({
    code: "over-budget",
    message: `the rule wants to reveal more than the ${budget} blocks that it may`,
    hint: "A rule is told its budget, or give it more.",
  });
}
