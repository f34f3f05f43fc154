import { finalPick } from "../select/index.ts";
import { shrinkScores, standardDeviation } from "../statistics/index.ts";
import { believedBest } from "./belief.ts";
import { raceIncumbent } from "./incumbent.ts";
import { lengthOf } from "./objectives.ts";
import { affordable } from "./budget.ts";
import { available, poolOf, type Engine } from "./engine.ts";
import { isOut } from "./limits.ts";
import { setApart } from "./set-apart.ts";

/** Races so many of the most promising members of the pool against the incumbent. */
const MOST = 3;

/** The last race: the most promising against the incumbent on all of validation, as far as the budget goes. */
export async function raceFinalists(engine: Engine): Promise<void> {
  for (const index of setApart(engine.journal.state).pinned) await raceOnce(engine, index);
  for (let turn = 0; turn < MOST; turn++) {
    const best = ranked(engine)[0];
    // Nothing new was learnt: the same one would race again.
    if (best === undefined || !(await raceOnce(engine, best))) break;
  }
}

/** Races a candidate against the incumbent on all of validation; whether anything new was learnt. */
async function raceOnce(engine: Engine, index: number): Promise<boolean> {
  const { incumbent, candidates } = engine.journal.state;
  if (index === incumbent || affordable(available(engine), engine.inputs.estimate.rollout.most) < 1) return false;
  const before = candidates[index]?.validation;
  await raceIncumbent(engine, index, engine.validation);
  return engine.journal.state.candidates[index]?.validation !== before;
}

/** The candidate that goes to the sealed test; the seed when none is expected to be better. */
export function finalistOf(engine: Engine): number {
  return engine.inputs.options.proposal === "belief" ? believedBest(poolOf(engine)) : bestShrunk(engine);
}

/**
 * The best of the pool with luck taken off; of those that cannot be told apart, the shortest and
 * cheapest; the seed when none is expected to be better.
 */
function bestShrunk(engine: Engine): number {
  const { state } = engine.journal;
  const { candidates } = state;
  const values = shrunkScores(engine);
  const seed = values[0] ?? 0;
  const better = candidates.flatMap((candidate, index) =>
    (values[index] ?? 0) > seed + 1e-9 && !isOut(state, index) ? [{ ...candidate, index }] : [],
  );
  const finalists = better.map(({ genome, validation, spent, index }) => {
    const scores = Object.values(validation).filter((score) => score !== null);
    return {
      score: values[index] ?? 0,
      standardError: (standardDeviation(scores) || 0) / Math.sqrt(Math.max(1, scores.length)) / 4,
      cost: spent.tokens / Math.max(1, spent.rollouts),
      length: lengthOf(engine.genome(genome)),
    };
  });
  const pick = finalPick(finalists, engine.validation.length);
  return pick === undefined ? 0 : (better[pick]?.index ?? 0);
}

/** Positions in the pool, the most promising first, without those that are out. */
function ranked(engine: Engine): readonly number[] {
  const values = shrunkScores(engine);
  const inUse = values.map((_, index) => index).filter((index) => !isOut(engine.journal.state, index));
  return inUse.toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
}

/** What a new measurement of each candidate may be expected to give; nothing is expected of one without scores. */
function shrunkScores({ journal }: Engine): readonly number[] {
  const { candidates, validation } = journal.state;
  const rows = candidates.map((candidate) => validation.map((task) => candidate.validation[task] ?? undefined));
  const measured = rows.flatMap((row, index) => (row.some((score) => score !== undefined) ? [index] : []));
  if (measured.length === 0) return candidates.map(() => 0);
  const { values } = shrinkScores(measured.map((index) => rows[index] ?? []));
  const expected = new Map(measured.map((index, i) => [index, values[i] ?? 0]));
  return candidates.map((_, index) => expected.get(index) ?? 0);
}
