import { canonicalJson, type ContentHash } from "../base/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import type { ScoreRow } from "../select/index.ts";
import { gaussianBelief, type GaussianBelief } from "../statistics/index.ts";
import { ENOUGH } from "./best-measured.ts";
import { isOut } from "./limits.ts";
import { standingOf } from "./objectives.ts";
import type { RunState } from "./state.ts";

/** Validation tasks that a genome is measured on at once. */
export const BLOCK = 8;
/** Members that are looked at: so many of those measured longest, so that the work does not grow with the run. */
const MOST = 320;

/**
 * Standard deviations, in score: of what it does that a gene is changed at all, of one value of it, of a pair of changed genes, of a genome beyond its
 * genes; of a task's difficulty; of one score. Chosen in planted worlds (docs/benchmarks/alone.md).
 */
const spreads = { changed: 0.2, value: 0.1, pair: 0.06, genome: 0.05, task: 0.3, noise: Math.sqrt(0.17) } as const;

/** The candidates of a run, with their genomes. */
export interface Pool {
  readonly state: RunState;
  readonly genome: (id: ContentHash) => Genome;
}

/** What is believed of members of the pool, and of genomes that are only thought of. */
export interface Belief extends Pick<GaussianBelief, "draw"> {
  /** Positions in the pool of the members that are looked at; what `draw` answers begins with them, and goes on with the others. */
  readonly members: readonly number[];
  /** Expected true score, in the same order. */
  readonly expected: readonly number[];
}

/** All genomes are judged by the validation scores of all that have changes in common with them. */
export function beliefOf(pool: Pool, thought: readonly Genome[] = []): Belief {
  const { candidates, goals, validation } = pool.state;
  const length = (index: number): number => Object.keys(candidates[index]?.validation ?? {}).length;
  const members = [...candidates.keys()].toSorted((a, b) => length(b) - length(a) || b - a).slice(0, MOST);
  const genomes = [...members.map((index) => memberGenome(pool, index)), ...thought];
  const scores = members.map((index): ScoreRow => {
    const candidate = candidates[index];
    return candidate === undefined ? [] : standingOf(goals, validation, candidate).scores;
  });
  const belief = gaussianBelief(covarianceOf(memberGenome(pool, 0), genomes), scores, spreads);
  return { ...belief, members };
}

/** Positions of the members of the pool that may be what the run ends with, the one that is expected to score most first. */
export function mostPromising(pool: Pool, { members, expected }: Belief = beliefOf(pool)): readonly number[] {
  return members
    .map((index, i) => ({ index, expected: expected[i] ?? 0 }))
    .filter(({ index }) => !isOut(pool.state, index))
    .toSorted((a, b) => b.expected - a.expected || a.index - b.index)
    .map(({ index }) => index);
}

/** The one that is expected to score most, of those that were measured on enough tasks; the seed where there is none. */
export function believedBest(pool: Pool): number {
  const { candidates, validation } = pool.state;
  const least = Math.min(ENOUGH, validation.length);
  const measured = (index: number): number => Object.keys(candidates[index]?.validation ?? {}).length;
  return mostPromising(pool).find((index) => measured(index) >= least) ?? 0;
}

/** Throws RangeError where there is none. */
export function memberGenome({ state, genome }: Pool, index: number): Genome {
  const member = state.candidates[index];
  if (member === undefined) throw new RangeError(`there is no candidate ${index}`);
  return genome(member.genome);
}

/**
 * Covariances of the true scores of genomes that differ from the seed by a sum of independent effects: one of each changed gene, one of each new value,
 * one of each pair of changed genes, one of the genome itself.
 */
function covarianceOf(seed: Genome, genomes: readonly Genome[]): readonly Float64Array[] {
  const own = genomes.map((genome) => ({ id: genomeId(genome), values: newValues(genome, seed) }));
  return own.map((one) =>
    Float64Array.from(own, (other) => {
      let [changed, same] = [0, 0];
      for (const [gene, value] of one.values) {
        const theirs = other.values.get(gene);
        if (theirs !== undefined) changed += 1;
        if (theirs === value) same += 1;
      }
      return (
        changed * spreads.changed ** 2 +
        same * spreads.value ** 2 +
        ((changed * (changed - 1)) / 2) * spreads.pair ** 2 +
        (one.id === other.id ? spreads.genome ** 2 : 0)
      );
    }),
  );
}

/** By gene, the values that are not the seed's. */
function newValues(genome: Genome, seed: Genome): ReadonlyMap<string, string> {
  const all = Object.entries(genome.genes).map(([id, { value }]) => [id, canonicalJson(value)] as const);
  return new Map(all.filter(([id, value]) => value !== canonicalJson(seed.genes[id]?.value ?? null)));
}
