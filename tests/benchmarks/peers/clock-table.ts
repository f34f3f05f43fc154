import { median } from "../desk-evolve.ts";
import { isMeasured, type Measured } from "./results.ts";
import type { Row } from "./scores-table.ts";

/** Workers that could have run at once. */
interface ClockSetUp {
  readonly workers: number;
  /** Scores on the sealed test whose time is told. */
  readonly targets: readonly number[];
}

/** Seconds from the beginning until the candidate that would be handed over has such a score; undefined when it never has. */
export function secondsTo(target: number, { picks }: Pick<Measured, "picks">): number | undefined {
  return picks.find(({ test }) => test >= target)?.seconds;
}

/** Share of the workers' time that the task model was busy for. */
export function utilisation({ calls, seconds }: Pick<Measured, "calls" | "seconds">, workers: number): number {
  return seconds === 0 ? 0 : calls.busy / 1000 / seconds / workers;
}

export function clockTable(rows: readonly Row[], { workers, targets }: ClockSetUp): string {
  const heads = targets.map((target) => `seconds to ${target.toFixed(2)}`);
  return [
    `| optimizer | seeds | ${heads.join(" | ")} | seconds in all | rollouts | workers busy |`,
    `| --- | ---: | ${targets.map(() => "---:").join(" | ")} | ---: | ---: | ---: |`,
    ...rows.map((row) => line(row, { workers, targets })),
  ].join("\n");
}

/** The first row's median time as a share of each other one's, to the highest target that both reach. */
export function clockVerdict(rows: readonly Row[], targets: readonly number[]): string {
  const [ours, ...others] = rows;
  const shares = others.flatMap((other) => {
    const target = targets.findLast((one) => [ours, other].every((row) => Number.isFinite(medianTo(one, row))));
    if (target === undefined) return [];
    const share = medianTo(target, ours) / medianTo(target, other);
    return [`${share.toFixed(2)} of ${other.title} (to ${target.toFixed(2)})`];
  });
  return shares.length === 0 ? "" : `Time of ${ours?.title}: ${shares.join(", ")}.`;
}

/** Infinite when at least half of the seeds never come there, or there are none. */
function medianTo(target: number, row: Row | undefined): number {
  const good = (row?.results ?? []).filter(isMeasured);
  if (good.length === 0) return Number.POSITIVE_INFINITY;
  return median(good.map((result) => secondsTo(target, result) ?? Number.POSITIVE_INFINITY));
}

function line({ title, results, missing }: Row, { workers, targets }: ClockSetUp): string {
  const blanks = targets.map(() => "").join(" | ");
  if (missing !== undefined) return `| ${title} | not installed | ${blanks} | | | |`;
  const good = results.filter(isMeasured);
  if (good.length === 0) return `| ${title} | 0 | ${blanks} | | | |`;
  const times = targets.map((target) => timeText(good.map((result) => secondsTo(target, result))));
  const busy = median(good.map((result) => utilisation(result, workers)));
  const seconds = median(good.map((result) => result.seconds)).toFixed(1);
  const rollouts = median(good.map((result) => result.rollouts));
  return `| ${[title, good.length, ...times, seconds, rollouts, `${(100 * busy).toFixed(0)} %`].join(" | ")} |`;
}

/** The median over all seeds, those that never come there last. */
function timeText(times: readonly (number | undefined)[]): string {
  const reached = times.filter((time) => time !== undefined);
  const middle = median(times.map((time) => time ?? Number.POSITIVE_INFINITY));
  const told = Number.isFinite(middle) ? middle.toFixed(1) : "never";
  return reached.length === times.length ? told : `${told} (${reached.length} of ${times.length} come there)`;
}
