import type { z } from "zod";
import { makeRandom } from "../../../src/base/index.ts";
import type { Evaluator, Rollout } from "../../../src/evaluate/index.ts";
import { evolve, EvolveOptions } from "../../../src/evolve/index.ts";
import { genomeId, type Genome } from "../../../src/genome/index.ts";
import type { Operator } from "../../../src/mutate/index.ts";
import { scriptedInputs } from "../../evolve/scripted.ts";
import type { Landscape } from "./planted.ts";

/** What a search would hand out if it were stopped after so many rollouts on training and validation tasks. */
export interface Pick {
  readonly rollouts: number;
  readonly genome: Genome;
  /** The score that the search itself would report. */
  readonly reported: number;
}

export interface Search {
  readonly picks: readonly Pick[];
  /** Rollouts paid for, the sealed test left out. */
  readonly rollouts: number;
}

/** What the engine adds to a search: a sealed test, and its verdict. */
export interface Evolved extends Search {
  readonly finalist: Genome;
  readonly winner: Genome;
  /** The score of the winner that the run's report shows. */
  readonly reported: number;
}

/** Counts what is paid for and remembers who was measured when. A (genome, task, repeat) is paid once. */
export function meter(evaluator: Evaluator): Evaluator & {
  paid(): number;
  readonly genomes: ReadonlyMap<string, Genome>;
  /** Rollouts paid when the genome was last run on a validation task. */
  readonly measured: ReadonlyMap<string, number>;
} {
  const cache = new Map<string, Rollout>();
  const genomes = new Map<string, Genome>();
  const measured = new Map<string, number>();
  let paid = 0;
  return {
    paid: () => paid,
    genomes,
    measured,
    evaluate: async (genome, tasks, options = {}) => {
      const id = genomeId(genome);
      genomes.set(id, genome);
      const rollouts: Rollout[] = [];
      for (const task of tasks) {
        const key = `${id} ${task.id} ${options.repeat ?? 0}`;
        const known = cache.get(key);
        const [rollout] =
          known === undefined
            ? await evaluator.evaluate(genome, [task], { ...options, onRollout: undefined })
            : [known];
        if (rollout === undefined) throw new Error("an evaluator gave no rollout");
        cache.set(key, rollout);
        if (known === undefined && task.split !== "test") paid += 1;
        if (known === undefined && task.split === "validation") measured.set(id, paid);
        options.onRollout?.(rollout, known !== undefined);
        rollouts.push(rollout);
      }
      return rollouts;
    },
  };
}

/** Runs the engine, with the options it has when nobody sets any. `rollouts` are those of the search; the sealed test comes on top. */
export async function evolveOn(
  landscape: Landscape,
  inputs: {
    readonly operators: readonly Operator[];
    readonly rollouts: number;
    readonly seed: number;
    readonly search?: Partial<z.input<typeof EvolveOptions>>;
  },
): Promise<Evolved> {
  const { operators, rollouts, seed } = inputs;
  const { dataset, seedGenome, options } = landscape;
  const metered = meter(landscape.evaluator);
  const scripted = scriptedInputs({
    inputs: {
      options: EvolveOptions.parse({ budget: { rollouts: rollouts + 2 * options.tasks.test }, seed, ...inputs.search }),
      seedGenome,
      dataset,
      evaluator: metered,
      operators,
    },
  });
  const result = await evolve(scripted);
  scripted.store.close();
  const known = (id: string): Genome => metered.genomes.get(id) ?? seedGenome;
  // The pool's standings, as the search itself sees them: a mean on few tasks is drawn towards the mean of all.
  const all = result.candidates.reduce(
    (sum, { validation: { n, score } }) => ({ n: sum.n + n, score: sum.score + n * score }),
    { n: 0, score: 0 },
  );
  const standing = ({ n, score }: { n: number; score: number }): number =>
    (n * score + 5 * (all.score / Math.max(1, all.n))) / (n + 5);
  const admitted = result.candidates
    .filter(({ validation }) => validation.n > 0)
    .map(({ genome, validation }) => ({
      genome,
      score: standing(validation),
      rollouts: metered.measured.get(genome) ?? 0,
    }))
    .toSorted((a, b) => a.rollouts - b.rollouts);
  const picks: Pick[] = [];
  for (const { genome, score, rollouts: at } of admitted) {
    if (score > (picks.at(-1)?.reported ?? -1)) picks.push({ rollouts: at, genome: known(genome), reported: score });
  }
  return {
    picks,
    rollouts: metered.paid(),
    finalist: known(result.outcome?.finalist ?? ""),
    winner: known(result.winner.genome),
    reported: result.winner.test?.score ?? 0,
  };
}

/** Rollouts after which the pick of a search truly had this share of the reachable gain; infinite when it never had. */
export function rolloutsTo(landscape: Landscape, { picks }: Search, share: number): number {
  return picks.find(({ genome }) => landscape.shareOfReach(genome) >= share)?.rollouts ?? Number.POSITIVE_INFINITY;
}

/** True score of what a search would have handed out after so many rollouts. */
export function trueScoreAt(landscape: Landscape, { picks }: Search, rollouts: number): number {
  const pick = picks.findLast((other) => other.rollouts <= rollouts);
  return landscape.trueScore(pick?.genome ?? landscape.seedGenome);
}

/** The chance of a search; apart from that of the landscape. */
export function chanceOf(name: string, seed: number): ReturnType<typeof makeRandom> {
  return makeRandom(`search/${name}/${seed}`);
}
