import { normalQuantile } from "./distributions.ts";
import { CONFIDENCE, wilsonInterval, type Interval } from "./interval.ts";

/** How far two raters agree beyond chance. */
export interface Agreement {
  /** Items both rated. */
  readonly n: number;
  /** Share of items on which they agree. */
  readonly observed: number;
  /** Share on which they would agree if each kept their own frequencies and drew at random. */
  readonly chance: number;
  /** (observed - chance) / (1 - chance): 1 is full agreement, 0 none beyond chance. NaN when both always say the same one thing. */
  readonly kappa: number;
  readonly interval: Interval;
}

/**
 * Cohen's kappa (1960) of two raters of the same items, `a[i]` and `b[i]` being their labels, with the large-sample interval of Fleiss,
 * Cohen, Everitt (1969). Where they agree on everything that interval has no width; then the one of the observed agreement (Wilson) is
 * carried over. Throws RangeError for lists of different length.
 */
export function cohenKappa(a: readonly string[], b: readonly string[], confidence = CONFIDENCE): Agreement {
  if (a.length !== b.length) throw new RangeError(`pairs are needed, not ${a.length} and ${b.length} labels`);
  const n = a.length;
  const labels = [...new Set([...a, ...b])];
  const share = (of: readonly string[], label: string): number => of.filter((given) => given === label).length / n;
  const [rows, columns] = [a, b].map((of) => new Map(labels.map((label) => [label, share(of, label)])));
  const marginal = (side: ReadonlyMap<string, number> | undefined, label: string): number => side?.get(label) ?? 0;
  const observed = a.filter((label, index) => label === b[index]).length / n;
  const chance = labels.reduce((sum, label) => sum + marginal(rows, label) * marginal(columns, label), 0);
  const kappa = (observed - chance) / (1 - chance);
  if (!Number.isFinite(kappa)) return { n, observed, chance, kappa: Number.NaN, interval: [-1, 1] };
  const rest = 1 - kappa;
  const terms = a.map((label, index) => {
    const other = b[index] ?? "";
    return label === other
      ? (1 - (marginal(rows, label) + marginal(columns, label)) * rest) ** 2
      : (rest * (marginal(columns, label) + marginal(rows, other))) ** 2;
  });
  const squares = terms.reduce((sum, term) => sum + term, 0) / n;
  const variance = (squares - (kappa - chance * rest) ** 2) / ((1 - chance) ** 2 * n);
  const half = normalQuantile((1 + confidence) / 2) * Math.sqrt(Math.max(0, variance));
  const ends: Interval =
    observed === 1 ? [(wilsonInterval(n, n, confidence)[0] - chance) / (1 - chance), 1] : [kappa - half, kappa + half];
  return { n, observed, chance, kappa, interval: [Math.max(-1, ends[0]), Math.min(1, ends[1])] };
}
