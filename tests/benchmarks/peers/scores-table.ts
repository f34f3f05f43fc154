import { makeRandom } from "../../../src/base/index.ts";
import { bootstrapInterval } from "../../../src/statistics/index.ts";
import { median } from "../desk-evolve.ts";
import { mean } from "./measure.ts";
import { isMeasured, type Measured } from "./results.ts";

/** All results of one optimizer in one comparison, by seed; undefined where there is none. */
export interface Row {
  readonly title: string;
  readonly version: string;
  readonly results: readonly (Measured | undefined)[];
  /** Why it was not run at all. */
  readonly missing?: string | undefined;
  /** Some results were measured under other conditions than the present ones. */
  readonly stale: boolean;
}

/** The first row is the one that the others are compared with. */
export function scoresTable(rows: readonly Row[]): string {
  const [ours] = rows;
  return [
    "| optimizer | version | seeds | test score, median | mean | Allele minus it, 95 % interval | rollouts | reflection calls | failed |",
    "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map((row) => line(row, row === ours ? undefined : ours)),
  ].join("\n");
}

function line(row: Row, ours: Row | undefined): string {
  const { title, version, missing, stale } = row;
  if (missing !== undefined) return `| ${title} | not installed: ${missing.replaceAll("|", "/")} | | | | | | | |`;
  const good = row.results.filter(isMeasured);
  const failed = row.results.filter((result) => result?.failure !== undefined).length;
  if (good.length === 0) return `| ${title} | ${version} | 0 | | | | | | ${failed} |`;
  const scores = good.map(({ test }) => mean(test));
  const cells = [
    `${title}${stale ? " (measured before the latest change)" : ""}`,
    version,
    good.length,
    median(scores).toFixed(3),
    mean(scores).toFixed(3),
    ours === undefined ? "" : differenceText(ours, row),
    median(good.map(({ rollouts }) => rollouts)),
    median(good.map(({ calls }) => calls.reflection)),
    failed,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Of the seeds that both have, on the same test tasks. */
export function differences(ours: Row, other: Row): readonly number[] {
  return ours.results.flatMap((mine, seed) => {
    const theirs = other.results[seed];
    if (!isMeasured(mine) || !isMeasured(theirs)) return [];
    return [mean(mine.test.map((score, task) => score - (theirs.test[task] ?? 0)))];
  });
}

/** Whether the first row is better than all that were run and start from the same genes, in a sentence. */
export function scoresVerdict(rows: readonly Row[]): string {
  const [ours, ...others] = rows.filter(({ title }) => !title.endsWith("all genes"));
  if (ours === undefined) return "";
  const compared = others.map((row) => ({ title: row.title, gaps: differences(ours, row) }));
  const ran = compared.filter(({ gaps }) => gaps.length > 1);
  const open = ran.filter(({ gaps }) => bootstrapInterval(gaps, makeRandom("peers"))[0] <= 0);
  if (ran.length === 0) return "";
  const told = open.map(({ title }) => title).join("; ");
  return open.length === 0
    ? "Target met: better than every peer, each interval above zero."
    : `Target (better than every peer, each interval above zero) missed against: ${told}.`;
}

function differenceText(ours: Row, other: Row): string {
  const gaps = differences(ours, other);
  if (gaps.length === 0) return "";
  const [low, high] = bootstrapInterval(gaps, makeRandom("peers"));
  return gaps.length < 2 ? signed(mean(gaps)) : `${signed(mean(gaps))} [${signed(low)}, ${signed(high)}]`;
}

function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(3)}`;
}
