import type { RunStatus } from "../store/index.ts";
import type { RunResult } from "./run-result.ts";
import type { RunState } from "./state.ts";

/** What a run's state amounts to. */
export function resultOf(run: string, status: RunStatus, state: RunState): RunResult {
  const { outcome, spent } = state;
  const seed = state.seed ?? "s256:";
  const winner = outcome?.winner ?? seed;
  return {
    run,
    status,
    stop: state.stop,
    ...spent,
    iterations: state.iteration,
    failed: state.failed,
    seed: { genome: seed, test: outcome?.seedTest },
    winner: { genome: winner, test: winner === seed ? outcome?.seedTest : outcome?.finalistTest },
    outcome,
    difference: outcome?.difference,
    interval: outcome?.interval,
    verdict: outcome?.verdict,
    candidates: state.candidates.map(({ genome, parents, origin, hypothesis, mean, validation }, index) => ({
      index,
      genome,
      parents,
      origin,
      hypothesis,
      validation: { n: Object.values(validation).filter((score) => score !== null).length, score: mean },
    })),
  };
}
