/** What a candidate takes. */
export interface Burden {
  /** Money, or tokens, of one rollout. */
  readonly cost: number;
  /** Of all that the agent is told, in characters or tokens. */
  readonly length: number;
}

/** A candidate as the final pick sees it. */
export interface Finalist extends Burden {
  /** What a new measurement may be expected to give: its score with luck taken off, see `shrinkScores`. */
  readonly score: number;
  /** Of the score. */
  readonly standardError: number;
}

/**
 * Whom to take in the end, as a position: of all within a band of the best score, the one that is shortest and cheapest, measured as length
 * and cost relative to the best's, added up; of equals the higher score, then the older one. The band is one task (1 / `tasks`) or one standard
 * error of the best, whichever is wider: within it the scores cannot tell them apart, so what is certain decides. Undefined without candidates.
 */
export function finalPick(finalists: readonly Finalist[], tasks: number): number | undefined {
  const [best] = finalists.toSorted((a, b) => b.score - a.score);
  if (best === undefined) return undefined;
  const band = Math.max(1 / tasks, best.standardError);
  const within = finalists
    .map((finalist, index) => ({ index, score: finalist.score, burden: burdenOf(finalist, best) }))
    .filter(({ score }) => score >= best.score - band - 1e-12);
  return within.toSorted((a, b) => a.burden - b.burden || b.score - a.score || a.index - b.index)[0]?.index;
}

/** Length and cost of one as multiples of another's, added up: 2 for equals. */
export function burdenOf({ cost, length }: Burden, best: Burden): number {
  return ratio(length, best.length) + ratio(cost, best.cost);
}

/** Beside a best that is free, whatever is not counts double. */
function ratio(value: number, of: number): number {
  if (of > 0) return value / of;
  return value > 0 ? 2 : 1;
}
