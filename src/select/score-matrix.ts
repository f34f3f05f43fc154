/** Scores of one candidate by task, in the order of the tasks; null where it was not scored, which is not the same as 0. */
export type ScoreRow = readonly (number | null)[];

/** One row a candidate, in the order of the pool. */
export type ScoreMatrix = readonly ScoreRow[];

/** The scores of one candidate added up, and how many there are. */
export interface Total {
  readonly sum: number;
  readonly n: number;
}

const nothing: Total = { sum: 0, n: 0 };

/** Adds up what was scored. */
export function totalOf(row: ScoreRow): Total {
  let sum = 0;
  let n = 0;
  for (const score of row) {
    if (score === null) continue;
    sum += score;
    n += 1;
  }
  return { sum, n };
}

/** Weight of the pool's mean against a candidate's own scores, in tasks. */
const PRIOR_TASKS = 5;

/**
 * The standing of each candidate: its mean score drawn towards the mean of all scores as if it had been scored on five more tasks, so that a
 * candidate with three lucky tasks does not stand above one proven on a hundred. Scored on nothing: the mean of all; nothing scored at all: 0.
 */
export function standings(totals: readonly Total[]): readonly number[] {
  const prior = meanOfAll(totals);
  return totals.map((total) => standingOf(total, prior));
}

/** The candidate with the highest standing, the oldest of equals, and how high it is. */
export interface Leader {
  readonly index: number;
  readonly standing: number;
}

/** Undefined in an empty pool. */
export function leaderOf(totals: readonly Total[]): Leader | undefined {
  // Most iterations change no score, and several rules ask about the same pool in turn.
  if (totals === latest?.totals) return latest.leader;
  const prior = meanOfAll(totals);
  let leader: Leader | undefined;
  for (let index = 0; index < totals.length; index++) {
    const standing = standingOf(totals[index] ?? nothing, prior);
    if (leader === undefined || standing > leader.standing) leader = { index, standing };
  }
  latest = { totals, leader };
  return leader;
}

let latest: { readonly totals: readonly Total[]; readonly leader: Leader | undefined } | undefined;

function standingOf({ sum, n }: Total, prior: number): number {
  return (sum + PRIOR_TASKS * prior) / (n + PRIOR_TASKS);
}

function meanOfAll(totals: readonly Total[]): number {
  let all = 0;
  let count = 0;
  for (const { sum, n } of totals) {
    all += sum;
    count += n;
  }
  return count === 0 ? 0 : all / count;
}
