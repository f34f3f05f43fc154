interface PlateauOptions {
  /** How many of the latest children must have brought nothing. */
  readonly patience?: number | undefined;
  /** What they may have brought together and it is still nothing, as a share of all that was gained. */
  readonly share?: number | undefined;
}

/**
 * Whether a search has come to a plateau: the latest children together gained no more than a small share (2 %) of all that was gained.
 * `gains` has one number a child, oldest first: by how much it raised the pool's best standing, 0 for one that did not. Before there were
 * `patience` (20) children there is none.
 */
export function isPlateau(gains: readonly number[], { patience = 20, share = 0.02 }: PlateauOptions = {}): boolean {
  if (gains.length < patience) return false;
  const sum = (values: readonly number[]): number => values.reduce((total, gain) => total + Math.max(0, gain), 0);
  return sum(gains.slice(-patience)) <= share * sum(gains) + 1e-12;
}
