/** How many of the latest steps must have brought nothing. */
const PATIENCE = 30;
/** What they may have brought together and it is still nothing, as a share of all that was gained. */
const SHARE = 0.02;

/** What a search gained, step by step, as far as it has to be remembered. A fold over gains. */
export interface Progress {
  /** Of all steps. */
  readonly total: number;
  /** Of the latest ones, at most `PATIENCE`, oldest first. */
  readonly latest: readonly number[];
}

/** Nothing gained yet. */
export const noProgress: Progress = { total: 0, latest: [] };

/** The progress after one more step, which raised the pool's best standing by so much; 0 when it did not. */
export function withStep({ total, latest }: Progress, gain: number): Progress {
  return { total: total + Math.max(0, gain), latest: [...latest, Math.max(0, gain)].slice(-PATIENCE) };
}

/** Whether a search has come to a plateau: the latest 30 steps together gained no more than 2 % of all that was gained. Before there were so many there is none. */
export function isPlateau({ total, latest }: Progress): boolean {
  return latest.length === PATIENCE && latest.reduce((sum, gain) => sum + gain, 0) <= SHARE * total + 1e-12;
}
