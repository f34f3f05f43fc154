import type { Random } from "../base/index.ts";

/** Up to this many differences that are not zero, all sign patterns are counted: 65,536. */
const MOST_EXACT = 16;
const SAMPLES = 20_000;

/**
 * Two-sided p value of the sign-flip permutation test (Fisher 1935): how often paired differences with random signs add up to at least as
 * much as they do, when each sign is as likely as the other. Exact for few differences, else Monte Carlo with the observed pattern counted
 * in, so that p is never 0 and the test keeps its level (Phipson, Smyth 2010).
 */
export function signFlipP(differences: readonly number[], random: Random): number {
  // A difference of zero stays zero under any sign.
  const sizes = Float64Array.from(
    differences.filter((difference) => difference !== 0),
    Math.abs,
  );
  const observed = Math.abs(differences.reduce((sum, difference) => sum + difference, 0));
  const isAsLarge = (sum: number): boolean => Math.abs(sum) >= observed - 1e-9;
  if (sizes.length <= MOST_EXACT) return exactShare(sizes, isAsLarge);
  let count = 1;
  for (let i = 0; i < SAMPLES; i++) if (isAsLarge(randomSum(sizes, random))) count++;
  return count / (SAMPLES + 1);
}

function exactShare(sizes: Float64Array, isAsLarge: (sum: number) => boolean): number {
  const patterns = 2 ** sizes.length;
  let count = 0;
  for (let pattern = 0; pattern < patterns; pattern++) {
    const sum = sizes.reduce((total, size, index) => total + ((pattern >> index) & 1 ? size : -size), 0);
    if (isAsLarge(sum)) count++;
  }
  return count / patterns;
}

/** One draw gives the signs of thirty differences. Plain numbers and a plain loop: this is the inner loop of every p value. */
function randomSum(sizes: Float64Array, random: Random): number {
  let sum = 0;
  let bits = 0;
  for (let index = 0; index < sizes.length; index++) {
    const size = sizes[index] ?? 0;
    if (index % 30 === 0) bits = random.int(2 ** 30);
    sum += bits & 1 ? size : -size;
    bits >>= 1;
  }
  return sum;
}
