import type { ScoreRow } from "./score-matrix.ts";

/** What a child costs to use beside its parent, in one unit that is the same for both: tokens, money, or length of what it is told. */
export interface Expense {
  readonly parent: number;
  readonly child: number;
}

/** Whether a child may go on after a screen on a few tasks. A screen saves cost; it proves nothing. */
export interface AcceptanceRule {
  readonly name: string;
  /** Scores of parent and child on the same tasks. Tasks that one of them was not scored on do not count; without any pair the answer is no. */
  accepts(parent: ScoreRow, child: ScoreRow, expense?: Expense): boolean;
}

/** What a rule decides from. */
export interface ScreenFacts {
  /** Child minus parent on each task that both were scored on; at least one. */
  readonly gains: readonly number[];
  /** Their sum. */
  readonly total: number;
  /** Undefined where nobody counted it. */
  readonly expense: Expense | undefined;
}

/** Sums of decimal scores are not exact in binary; a gain smaller than this is none. */
const ROUNDING = 1e-9;

/** A rule of one's own, from what it takes to go on. Its `accepts` throws RangeError for rows of different length. */
export function acceptanceRule(name: string, decide: (facts: ScreenFacts) => boolean): AcceptanceRule {
  return {
    name,
    accepts: (parent, child, expense) => {
      const gains = gainsOf(parent, child);
      return gains.length > 0 && decide({ gains, total: gains.reduce((sum, gain) => sum + gain, 0), expense });
    },
  };
}

/** May fall behind by at most `loss` on average: for noisy scores, where a strict rule throws good children away. */
function withinTolerance(loss = 0.05): AcceptanceRule {
  return acceptanceRule("tolerance", ({ gains, total }) => total >= -loss * gains.length - ROUNDING);
}

/** Ahead, or at most `band` behind on average and cheaper: what the scores cannot tell apart, length and cost decide. */
export function withinBand(band: number): AcceptanceRule {
  return acceptanceRule(
    "band",
    ({ gains, total, expense }) =>
      total > ROUNDING ||
      (total >= -band * gains.length - ROUNDING && expense !== undefined && expense.child < expense.parent),
  );
}

/** The rules by the names that options use. */
export const acceptanceRules = {
  improvement: acceptanceRule("improvement", ({ total }) => total > ROUNDING),
  "improvement-or-equal": acceptanceRule("improvement-or-equal", ({ total }) => total >= -ROUNDING),
  tolerance: withinTolerance(),
  "improvement-or-cheaper": acceptanceRule(
    "improvement-or-cheaper",
    ({ total, expense }) =>
      total > ROUNDING || (total >= -ROUNDING && expense !== undefined && expense.child < expense.parent),
  ),
} as const satisfies Readonly<Record<string, AcceptanceRule>>;

function gainsOf(parent: ScoreRow, child: ScoreRow): readonly number[] {
  if (parent.length !== child.length) {
    throw new RangeError(`scores on the same tasks are needed, not on ${parent.length} and ${child.length}`);
  }
  return parent.flatMap((before, task) => {
    const after = child[task] ?? null;
    return before === null || after === null ? [] : [after - before];
  });
}
