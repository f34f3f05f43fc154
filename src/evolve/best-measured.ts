/** How something did on validation: mean score over so many tasks. */
interface Standing {
  readonly n: number;
  readonly score: number;
}

/** Validation tasks; after fewer the luckiest of many stands before the best. */
export const ENOUGH = 16;

/**
 * Position of the highest score on validation, of those measured on sixteen tasks, or on as many as the seed, which is the first. Of equals the
 * earlier one. -1 where there is none.
 */
export function bestMeasured(candidates: readonly Standing[]): number {
  const least = Math.max(1, Math.min(ENOUGH, candidates[0]?.n ?? 0));
  return candidates.reduce(
    (best, { n, score }, index) => (n >= least && score > (candidates[best]?.score ?? -1) ? index : best),
    -1,
  );
}
