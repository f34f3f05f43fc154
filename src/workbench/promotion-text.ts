import { comparisonSummaryBlocks, renderText, shortId, type Block } from "../report/index.ts";
import type { PromotionResult } from "./promotion.ts";
import type { NamedGenome } from "./references.ts";
import { formatShare } from "./trial-text.ts";

/** The promised `--json` shape of `promote`. */
export function promotionJson(result: PromotionResult): Record<string, unknown> {
  const { profile, channel, challenger, incumbent, verdict, gates, moved, comparison, simulated } = result;
  const { difference, interval, p, n } = comparison;
  return {
    profile,
    channel,
    genome: challenger.id,
    against: incumbent.id,
    verdict,
    gates,
    promoted: moved,
    trial: result.trial ?? null,
    difference,
    interval,
    p,
    n,
    simulated,
  };
}

export function renderPromotion(result: PromotionResult, width?: number): string {
  const { profile, channel, challenger, incumbent, gates, passed, moved, trial } = result;
  const tried =
    trial?.kind === "canary"
      ? `answers ${formatShare(trial.share)} of new sessions of ${profile}@${channel}`
      : `works on every session of ${profile}@${channel}, answering nobody and changing nothing`;
  const undo =
    result.before === undefined
      ? "It is the first one there: nothing was live before to go back to."
      : `Undo: allele profile rollback ${profile}@${channel}`;
  const ending =
    trial !== undefined
      ? `${shortId(challenger.id)} now ${tried}. See it, and end it: allele profile canary ${profile}@${channel}`
      : moved
        ? `${profile}@${channel} now points at ${shortId(challenger.id)}. New sessions use it. ${undo}`
        : passed
          ? `All gates pass. Nothing was changed (--dry-run).`
          : `Refused: ${profile}@${channel} is unchanged.`;
  const named = (genome: NamedGenome): string => `${genome.label} ${shortId(genome.id)}`;
  const blocks: Block[] = [
    ...comparisonSummaryBlocks(result.comparison, named(incumbent), named(challenger), result.simulated),
    {
      kind: "table",
      head: ["gate", "", "evidence"],
      rows: gates.map((gate) => [gate.name, gate.passed ? "passed" : "REFUSED", gate.evidence]),
    },
    { kind: "paragraph", text: ending },
  ];
  return renderText(`${challenger.label} to ${profile}@${channel}`, blocks, width);
}
