import type { Comparison } from "./compare.ts";
import type { Block } from "./document.ts";
import { formatDifference, formatInterval, formatScore, shortId, verdictSentence, type Estimate } from "./format.ts";
import { SIMULATED } from "./run-document.ts";
import { sparkline } from "./sparkline.ts";

/** A version against another one, paired over the tasks that both were scored on. */
export type TrendStep = Pick<
  Comparison,
  "n" | "difference" | "interval" | "p" | "verdict" | "needed" | "families" | "fixed" | "broken"
>;

/** A version of a genome with what is known of its scores. */
export interface TrendVersion {
  readonly genome: string;
  readonly name: string;
  readonly parents: readonly string[];
  /** Genes that differ from the first parent. */
  readonly changed: readonly string[];
  /** Over the tasks it was scored on; undefined where there are none. */
  readonly score: Estimate | undefined;
  /** Against the base, p corrected for the number of versions (Holm) and the verdict by that p; undefined for the base, and where they share no task. */
  readonly gain: TrendStep | undefined;
  /** Against the nearest ancestor by first parents that was scored, as it is, not corrected. */
  readonly step: (TrendStep & { readonly from: string }) | undefined;
}

/** How the versions of a genome did on the same tasks, as plain data. */
export interface TrendView {
  /** How the newest version was named. */
  readonly label: string;
  readonly dataset: string;
  readonly split: string;
  /** Tasks of the split. */
  readonly tasks: number;
  readonly model: string;
  readonly simulated: boolean;
  /** The oldest version that was scored: what gains are over. */
  readonly base: string | undefined;
  /** The oldest first. */
  readonly versions: readonly TrendVersion[];
}

/** What came of the whole history, in one sentence: the newest version that was scored against the base. */
export function trendSentence({ base, versions, dataset, split }: TrendView): string {
  const scored = versions.filter(({ score }) => score !== undefined);
  if (base === undefined) {
    return `No version was measured on ${dataset}/${split} with this model and these limits: nothing can be said. Measure them with --run.`;
  }
  const last = scored.findLast(({ gain }) => gain !== undefined);
  if (last?.gain === undefined) {
    const why = scored.length === 1 ? "one version was" : `${scored.length} versions were`;
    return `Only ${why} measured on ${dataset}/${split}${scored.length === 1 ? "" : ", on different tasks"}: nothing can be compared. Measure the others with --run.`;
  }
  return verdictSentence(last.gain, `the first version ${shortId(base)}`, `the newest ${shortId(last.genome)}`);
}

/** What readers of a trend have to know. */
export function trendNotes({ versions, split, tasks }: TrendView): readonly string[] {
  const scored = versions.flatMap(({ score }) => score ?? []);
  const partly = scored.filter(({ n }) => n < tasks).length;
  const unknown = versions.length - scored.length;
  return [
    "Gains are over the first version that was measured, paired: on the tasks that both were scored on, their number beside them. p values are corrected for the number of versions (Holm).",
    ...(split === "test"
      ? []
      : [
          `A search is steered by ${split} tasks, so that later versions look better on them than they are. What proves a gain is allele compare A B --split test.`,
        ]),
    ...(partly > 0
      ? [
          `${partly} of ${scored.length} versions were scored on a part of the ${tasks} tasks only; --run measures the rest.`,
        ]
      : []),
    ...(unknown > 0 ? [`${unknown} of ${versions.length} versions were not measured; --run measures them.`] : []),
  ];
}

/** Ready to render as text or Markdown. */
export function trendBlocks(view: TrendView): Block[] {
  const gains = gainsInOrder(view);
  return [
    { kind: "paragraph", text: trendSentence(view) },
    ...(view.simulated ? [{ kind: "paragraph", text: SIMULATED } as const] : []),
    ...(gains.length < 3
      ? []
      : [{ kind: "paragraph", text: `Gain over the first, oldest version first: ${sparkline(gains)}` } as const]),
    {
      kind: "table",
      head: ["version", "changed", "score", "n", "gain over first", "n", "verdict"],
      rows: view.versions.map(({ genome, changed, score, gain }) => [
        shortId(genome),
        changed.join(", ") || "-",
        score === undefined ? "-" : formatScore(score.score),
        score?.n ?? "-",
        gain === undefined
          ? genome === view.base
            ? "(the first)"
            : "-"
          : `${formatDifference(gain.difference)} ${formatInterval(gain.interval, formatDifference)}`,
        gain?.n ?? "-",
        gain?.verdict ?? "-",
      ]),
      right: [2, 3, 5],
    },
    { kind: "list", items: trendNotes(view) },
  ];
}

/** 0 for the base, then the gain of every version that has one. */
function gainsInOrder({ base, versions }: TrendView): readonly number[] {
  return versions.flatMap(({ genome, gain }) => (genome === base ? [0] : gain === undefined ? [] : [gain.difference]));
}
