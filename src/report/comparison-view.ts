import type { Verdict } from "../statistics/index.ts";
import type { Comparison } from "./compare.ts";
import type { Block } from "./document.ts";
import { formatDifference, formatInterval, formatP, verdictSentence } from "./format.ts";
import { calibrationSentence, type JudgedBy } from "./judge-calibration.ts";
import { comparisonBlocks, SIMULATED } from "./run-document.ts";
import type { TracePair } from "./trace-view.ts";
import { traceBlocks } from "./view-document.ts";

/** A genome that was compared. */
interface ComparedGenome {
  readonly id: string;
  readonly label: string;
}

/** One challenger against what is in use. */
export interface Challenge {
  readonly b: ComparedGenome;
  /** Its own figures, p corrected for the number of challengers (Holm), and the verdict by that p. */
  readonly comparison: Comparison;
  readonly traces: readonly TracePair[];
}

/** What a comparison of two or more genomes shows, as plain data. */
export interface ComparisonView {
  readonly a: ComparedGenome;
  readonly challenges: readonly Challenge[];
  readonly dataset: string;
  readonly split: string;
  readonly model: string;
  readonly simulated: boolean;
  /** Where a model has a say in the scores. */
  readonly judge?: JudgedBy | undefined;
}

/** The verdict where a p value was corrected upwards: what is no longer proven cannot be told. */
export function verdictAt(verdict: Verdict, p: number): Verdict {
  return (verdict === "better" || verdict === "worse") && p >= 0.05 ? "cannot-tell" : verdict;
}

/** One sentence a challenger. */
export function challengeSentence({ a }: ComparisonView, { b, comparison }: Challenge): string {
  return verdictSentence(comparison, a.label, b.label);
}

/** Ready to render as Markdown or text: the statistics first, then tags, tasks and traces. */
export function comparisonViewBlocks(view: ComparisonView): Block[] {
  const { a, challenges, simulated } = view;
  const [only] = challenges;
  const judged: readonly Block[] =
    view.judge === undefined
      ? []
      : [{ kind: "paragraph", text: calibrationSentence(view.judge.model, view.judge.calibrations) }];
  if (only !== undefined && challenges.length === 1) {
    return [
      ...comparisonBlocks(only.comparison, a.label, only.b.label, simulated),
      ...judged,
      ...traceBlocks(only.traces, [a.label, only.b.label]),
    ];
  }
  return [
    ...(simulated ? [{ kind: "paragraph", text: SIMULATED } as const] : []),
    ...judged,
    {
      kind: "paragraph",
      text: `${challenges.length} challengers of ${a.label}, p values corrected for their number (Holm).`,
    },
    {
      kind: "table",
      head: ["challenger", "n", "difference", "95 % interval", "p", "verdict"],
      rows: challenges.map(({ b, comparison: { n, difference, interval, p, verdict } }) => [
        b.label,
        n,
        formatDifference(difference),
        formatInterval(interval, formatDifference),
        formatP(p).replace("p = ", "").replace("p ", ""),
        verdict,
      ]),
      right: [1, 2],
    },
    ...challenges.flatMap(({ b, comparison, traces }): Block[] => [
      { kind: "heading", text: `${a.label} (A) and ${b.label} (B)` },
      ...comparisonBlocks(comparison, a.label, b.label, false),
      ...traceBlocks(traces, [a.label, b.label]),
    ]),
  ];
}
