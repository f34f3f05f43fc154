/**
 * A test that may be looked at after every pair. It bets against the hypothesis that the challenger gains nothing: for a share l of the
 * wealth staked on each difference d in [-1, 1], the wealth product(1 + l d) is a supermartingale while the mean of d, given the past, is at
 * most 0, and so is a mean over shares. By Ville's inequality (1939) the wealth reaches 1 / alpha with probability at most alpha, ever,
 * however the looking is timed (Shafer 2021; Waudby-Smith, Ramdas 2024).
 *
 * Valid when the order of the tasks is fixed before, none of them was used to choose the challenger, and a challenger that is tested again
 * goes on with its gate instead of a new one.
 */
export interface PairedGate {
  /** Pairs seen. */
  readonly n: number;
  /** Logarithm of the wealth of each share. */
  readonly logWealths: readonly number[];
}

interface GateOptions {
  /** Highest probability of ever committing a challenger that gains nothing, in (0, 1). */
  readonly alpha: number;
  /** Wealth below which the test gives up, in [0, 1). Giving up early costs power, never validity. */
  readonly futility: number;
}

/** Take the challenger, give it up, or go on. */
export type GateDecision = "commit" | "reject" | "more";

/**
 * Small shares find small steady gains, large ones large gains soon; none risks all, so wealth never reaches zero. Where noise is shared a
 * true gain breaks next to nothing, which only a share near 1 makes the most of. Adaptive bets were tried and found less (docs/benchmarks/gate.md).
 */
export const SHARES = [0.1, 0.2, 0.4, 0.6, 0.8, 0.95] as const;

/** A gate that has seen nothing: wealth 1. */
export const newGate: PairedGate = { n: 0, logWealths: SHARES.map(() => 0) };

/** The gate after one more pair. `difference` is challenger minus incumbent on one task. Throws RangeError outside [-1, 1]. */
export function observePair(gate: PairedGate, difference: number): PairedGate {
  if (!(difference >= -1 && difference <= 1))
    throw new RangeError(`a difference in [-1, 1] is needed, not ${difference}`);
  return {
    n: gate.n + 1,
    logWealths: SHARES.map((share, index) => (gate.logWealths[index] ?? 0) + Math.log1p(share * difference)),
  };
}

/** Evidence for a gain: the mean wealth over the shares, 1 at the start. Its reciprocal (at most 1) is an anytime-valid p value. */
export function gateWealth({ logWealths }: PairedGate): number {
  return logWealths.reduce((sum, log) => sum + Math.exp(log), 0) / logWealths.length;
}

/** What the evidence allows. Commit is final: a caller stops at it. */
export function gateDecision(gate: PairedGate, { alpha, futility }: GateOptions): GateDecision {
  const wealth = gateWealth(gate);
  if (wealth >= 1 / alpha) return "commit";
  return wealth < futility ? "reject" : "more";
}

/** About so many challengers of a run are tested at like levels before the levels fall. */
const EVEN = 10;

/**
 * The level at which the `index`th challenger of a run (counted from 1) is tested after `commits` of those before it were committed, so
 * that of all commits of the run at most a share `alpha` is false in the mean, and the chance of any at all is at most `alpha` where no
 * challenger gains anything, however many come and however their tests depend on one another: e-LOND (Xu, Ramdas 2024), the shares
 * 10 / ((i + 9) (i + 10)) adding up to 1.
 */
export function testLevel(index: number, alpha: number, commits = 0): number {
  return Math.min(1, (alpha * (commits + 1) * EVEN) / ((index + EVEN - 1) * (index + EVEN)));
}
