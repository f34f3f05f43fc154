/**
 * P values corrected for their number (Holm 1979), in the order given: each below a level means that the chance of even one false finding
 * among all of them is below that level, however the tests depend on one another. Throws RangeError for what is no p value.
 */
export function holm(pValues: readonly number[]): number[] {
  const stray = pValues.find((p) => !(p >= 0 && p <= 1));
  if (stray !== undefined) throw new RangeError(`${stray} is not a p value`);
  const corrected = Array<number>(pValues.length).fill(1);
  let highest = 0;
  for (const [rank, [index, p]] of [...pValues.entries()].toSorted(([, a], [, b]) => a - b).entries()) {
    highest = Math.max(highest, Math.min(1, p * (pValues.length - rank)));
    corrected[index] = highest;
  }
  return corrected;
}
