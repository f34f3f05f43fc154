import type { Comparison } from "./compare.ts";
import type { RunReport } from "./run-report.ts";

/** The promised `--json` shape of `evolve`, `show` and `report`, and more fields beside it. */
export function runReportJson(report: RunReport): Record<string, unknown> {
  const { comparison, changes, seedNumber, byRole, predictions, ...rest } = report;
  return {
    ...rest,
    random_seed: seedNumber,
    by_role: byRole,
    predictions: {
      by_operator: predictions.byOperator.map(predictionJson),
      by_child: predictions.byChild.map(predictionJson),
    },
    seed: { genome: report.seed.genome, test: report.seed.test ?? null },
    winner: { genome: report.winner.genome, test: report.winner.test ?? null },
    difference: comparison?.difference ?? null,
    interval: comparison?.interval ?? null,
    verdict: comparison?.verdict ?? null,
    comparison: comparison === undefined ? null : comparisonMembers(comparison),
    changed_genes: changes?.changes.map((change) => change.gene) ?? [],
  };
}

function predictionJson<T extends { readonly unnamedBetter: number }>({ unnamedBetter, ...row }: T): object {
  return { ...row, unnamed_better: unnamedBetter };
}

/** The promised `--json` shape of `compare`. */
export function comparisonJson(comparison: Comparison, a: string, b: string): Record<string, unknown> {
  return { a, b, ...comparisonMembers(comparison) };
}

function comparisonMembers(comparison: Comparison): Record<string, unknown> {
  const { a, b, byTag, needed, ...rest } = comparison;
  return { ...rest, needed: needed ?? null, scores: { a, b }, by_tag: byTag };
}
