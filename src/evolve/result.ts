import type { Json } from "../base/index.ts";
import { paretoFront } from "../select/index.ts";
import { REPORTED, shrinkScores } from "../statistics/index.ts";
import type { RunStatus } from "../store/index.ts";
import { beliefOf, type Pool } from "./belief.ts";
import { asObjective, meanOf } from "./objectives.ts";
import type { CandidateSummary, RunResult } from "./run-result.ts";
import type { Candidate, RunState } from "./state.ts";

/** What a run's state amounts to. */
export function resultOf(run: string, status: RunStatus, { state, genome }: Pool): RunResult {
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
    testOpened: state.phase === "testing" || state.phase === "finished",
    seed: { genome: seed, test: outcome?.seedTest },
    winner: { genome: winner, test: winner === seed ? outcome?.seedTest : outcome?.finalistTest },
    outcome,
    difference: outcome?.difference,
    interval: outcome?.interval,
    verdict: outcome?.verdict,
    candidates: summariesOf({ state, genome }),
  };
}

function summariesOf(pool: Pool): readonly CandidateSummary[] {
  const { candidates, goals } = pool.state;
  const expected = once(() => (isByBelief(pool.state) ? believedScores(pool) : shrunkScores(pool.state)));
  const means = candidates.map(objectivesOf);
  const names = goals.objectives.map(({ name }) => name);
  const front = new Set(
    paretoFront(
      means.map((mean) => names.map((name) => mean[name] ?? null)),
      goals.objectives.map(asObjective),
    ),
  );
  return candidates.map(({ genome, parents, origin, hypothesis, mean, validation }, index) => ({
    index,
    genome,
    parents,
    origin,
    hypothesis,
    validation: { n: Object.values(validation).filter((score) => score !== null).length, score: mean },
    get expected() {
      return expected()[index] ?? mean;
    },
    objectives: means[index] ?? {},
    onFront: front.has(index),
  }));
}

/** Tokens and money of a rollout, whatever it was for, and what the run measures on validation; that goes before. */
function objectivesOf({ validation, objectives, spent }: Candidate): Readonly<Record<string, number>> {
  const each = Math.max(1, spent.rollouts);
  const measured = Object.entries(objectives).flatMap(([name, values]) => {
    const mean = meanOf(Object.values(values));
    return mean === undefined ? [] : [[name, mean] as const];
  });
  const quality = meanOf(Object.values(validation)) ?? 0;
  return { quality, tokens: spent.tokens / each, cost: spent.usd / each, ...Object.fromEntries(measured) };
}

/** Asked for when it is read: lists of runs have no use for it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function isByBelief({ identity }: RunState): boolean {
  const { options } = (identity ?? {}) as { readonly options?: { readonly proposal?: Json } };
  return options?.proposal === "belief";
}

/** By candidate; of those that the belief does not look at nothing. */
function believedScores(pool: Pool): readonly (number | undefined)[] {
  const { members, expected } = beliefOf(pool);
  const believed = new Map(members.map((index, at) => [index, expected[at]]));
  return pool.state.candidates.map((_, index) => believed.get(index));
}

/** By candidate; those without scores are left as they are. */
function shrunkScores({ candidates, validation }: RunState): readonly (number | undefined)[] {
  const rows = candidates.map((candidate) => validation.map((task) => candidate.validation[task] ?? undefined));
  const measured = rows.flatMap((row, index) => (row.some((score) => score !== undefined) ? [index] : []));
  if (measured.length === 0) return [];
  const { values } = shrinkScores(
    measured.map((index) => rows[index] ?? []),
    REPORTED,
  );
  const expected = new Map(measured.map((index, at) => [index, values[at]]));
  return candidates.map((_, index) => expected.get(index));
}
