import { bestMeasured } from "../evolve/index.ts";
import type { RunReport } from "../report/index.ts";

/** The figures of a run that trackers show, by name; those that are not known yet are undefined. */
export function runFigures(report: RunReport): Readonly<Record<string, number | undefined>> {
  const { seed, comparison, rollouts, tokens, usd, candidates, failedRollouts } = report;
  const best = bestMeasured(candidates.map(({ validation }) => validation));
  return {
    rollouts,
    tokens,
    usd,
    candidates: candidates.length,
    failed_rollouts: failedRollouts,
    best_validation_score: candidates[best]?.validation.score,
    seed_test_score: seed.test?.score,
    finalist_test_score: comparison?.b.score,
    test_difference: comparison?.difference,
    test_difference_low: comparison?.interval[0],
    test_difference_high: comparison?.interval[1],
    test_p: comparison?.p,
  };
}
