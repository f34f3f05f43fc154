import type { ScoreRow } from "./score-matrix.ts";

/** Whether a child may go on after a screen on a few tasks. A screen saves cost; it proves nothing. */
export interface AcceptanceRule {
  readonly name: string;
  /** Scores of parent and child on the same tasks. Tasks that one of them was not scored on do not count; without any pair the answer is no. */
  accepts(parent: ScoreRow, child: ScoreRow): boolean;
}

/** Sums of decimal scores are not exact in binary; a gain smaller than this is none. */
const ROUNDING = 1e-9;

const strictImprovement: AcceptanceRule = {
  name: "improvement",
  accepts: (parent, child) => (gainOf(parent, child) ?? 0) > ROUNDING,
};

const equalOrBetter: AcceptanceRule = {
  name: "improvement-or-equal",
  accepts: (parent, child) => (gainOf(parent, child) ?? -1) >= -ROUNDING,
};

/** The rules by the names that options use. */
export const acceptanceRules = {
  improvement: strictImprovement,
  "improvement-or-equal": equalOrBetter,
} as const satisfies Readonly<Record<string, AcceptanceRule>>;

/** Sum of child minus parent over the tasks both were scored on; undefined without any. Throws RangeError for rows of different length. */
function gainOf(parent: ScoreRow, child: ScoreRow): number | undefined {
  if (parent.length !== child.length) {
    throw new RangeError(`scores on the same tasks are needed, not on ${parent.length} and ${child.length}`);
  }
  const gains = parent.flatMap((before, task) => {
    const after = child[task] ?? null;
    return before === null || after === null ? [] : [after - before];
  });
  return gains.length === 0 ? undefined : gains.reduce((sum, gain) => sum + gain, 0);
}
