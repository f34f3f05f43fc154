import { CONFIDENCE, type Interval } from "./interval.ts";
import { SHARES } from "./paired-gate.ts";

/**
 * Interval of the mean of paired differences in [-1, 1] that may be looked at after every pair: with probability `confidence` it holds the
 * truth at all times at once, so a race may stop whenever it says enough. It is the paired gate turned round: all means that neither a
 * gate betting on more nor one betting on less has refuted, each at half the level (Waudby-Smith, Ramdas 2024, section 4). Its low end is
 * above zero exactly when a gate with alpha = (1 - confidence) / 2 would commit. Valid under the conditions of the gate; wider than an
 * interval for a number of pairs that was fixed before. Throws RangeError outside [-1, 1].
 */
export function confidenceSequence(differences: readonly number[], confidence = CONFIDENCE): Interval {
  const stray = differences.find((difference) => !(difference >= -1 && difference <= 1));
  if (stray !== undefined) throw new RangeError(`a difference in [-1, 1] is needed, not ${stray}`);
  const counts = [...Map.groupBy(differences, (difference) => difference)].map(
    ([difference, same]) => [difference, same.length] as const,
  );
  const enough = Math.log(2 / (1 - confidence));
  const mirrored = counts.map(([difference, count]) => [-difference, count] as const);
  return [lowEnd(counts, enough), -lowEnd(mirrored, enough)];
}

type Counts = readonly (readonly [difference: number, count: number])[];

/** The evidence against "the mean is at most m" falls as m rises: where it stops being enough, by bisection. */
function lowEnd(counts: Counts, enough: number): number {
  let [low, high] = [-1, 1];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (logWealthAgainst(middle, counts) >= enough) low = middle;
    else high = middle;
  }
  return low;
}

/** Logarithm of the mean wealth over the shares, each bet scaled so that it cannot lose more than its share. */
function logWealthAgainst(mean: number, counts: Counts): number {
  const logs = SHARES.map((share) =>
    counts.reduce((sum, [value, count]) => sum + count * Math.log1p((share * (value - mean)) / (1 + mean)), 0),
  );
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
}
