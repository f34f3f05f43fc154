import { canonicalJson, makeRandom, type Random } from "../../../src/base/index.ts";
import type { Task } from "../../../src/dataset/index.ts";
import type { Evaluator } from "../../../src/evaluate/index.ts";
import { genomeId, withGene, type Genome } from "../../../src/genome/index.ts";
import type { Evidence } from "../../../src/mutate/index.ts";
import { pairUp, randomlyChanged, randomPrompt } from "../real-models/controls.ts";
import { believeFeatures, type FeatureBelief } from "./feature-belief.ts";

/** Validation tasks that a genome is measured on at once. */
const BLOCK = 8;
/** Training tasks that the seed is measured on, once, which all proposals are made from. */
const SHOWN = 24;
/** Random combinations of one to six changes that it begins with. */
const FIRST = 12;
/** New genomes that are thought of at each turn. */
const FRESH = 16;
/** Members that are changed or crossed: so many of the best. */
const PARENTS = 8;
/** Share of the rollouts in which nothing new is tried, and among how many of the best it is spent. */
const LAST = 0.3;
const FINALISTS = 4;

/** Standard deviations of what a gene's being changed does, a single value, a pair of changed genes, and a genome as a whole; a task; one score. */
const spreads: Readonly<Record<string, number>> = { changed: 0.2, value: 0.1, pair: 0.06, genome: 0.05 };
const taskSpread = 0.3;
const noise = Math.sqrt(0.17);

interface Member {
  readonly genome: Genome;
  readonly features: readonly string[];
  readonly scores: readonly (number | null)[];
}

/**
 * A search for where proposals cost nothing: all genomes are measured on the same validation tasks, a block at a time, and a linear belief says what
 * the genome of any combination of values would score. At each turn one world is drawn from the belief (Thompson 1933), and whoever is best there
 * has the next block: a member, or one of a few new genomes. Changes are so judged by all genomes that hold them. Not a part of Allele: what its own
 * search without a reflection model is held against.
 */
export async function searchByBelief(inputs: {
  readonly evaluator: Evaluator;
  readonly seedGenome: Genome;
  readonly train: readonly Task[];
  readonly validation: readonly Task[];
  readonly rollouts: number;
  readonly seed: number;
}): Promise<Genome> {
  const { evaluator, seedGenome, rollouts } = inputs;
  const random = makeRandom(inputs.seed).fork("surrogate");
  const order = random.fork("order").shuffle(inputs.validation);
  const shown = random.fork("shown").shuffle(inputs.train).slice(0, SHOWN);
  const evidence = pairUp(shown, await evaluator.evaluate(seedGenome, shown));
  const members = new Map<string, Member>();
  let left = rollouts - shown.length;
  const atLast = LAST * left;

  await measure(seedGenome);
  for (let i = 0; i < FIRST; i++) {
    await measure(await randomPrompt(seedGenome, evidence, random.fork(`first-${i}`)));
  }
  for (let turn = 0; left > 0; turn++) {
    const draws = random.fork(`turn-${turn}`);
    const belief = beliefOf([...members.values()]);
    const best = ranked([...members.values()], belief.expected);
    const known = (left > atLast ? best : best.slice(0, FINALISTS)).filter(
      ({ scores }) => scores.length < order.length,
    );
    const fresh = left > atLast ? await thinkOf(best.slice(0, PARENTS), evidence, draws) : [];
    const options = [
      ...known,
      ...fresh
        .filter((genome) => !members.has(genomeId(genome)))
        .map((genome) => ({ genome, features: featuresOf(genome, seedGenome), scores: [] })),
    ];
    const [first, second = first] = ranked(options, belief.draw(draws.fork("world")));
    // In the end the rival of the best is worth as much as the best (Russo 2016).
    const next = left > atLast || draws.fork("rival").next() < 0.5 ? first : second;
    if (next === undefined) break;
    await measure(next.genome);
  }
  const belief = beliefOf([...members.values()]);
  const told = [...members.values()].filter(({ scores }) => scores.length >= 2 * BLOCK);
  return ranked(told, belief.expected)[0]?.genome ?? seedGenome;

  async function measure(genome: Genome): Promise<void> {
    const id = genomeId(genome);
    const { scores = [], features = featuresOf(genome, seedGenome) } = members.get(id) ?? {};
    const tasks = order.slice(scores.length, scores.length + Math.min(BLOCK, left));
    left -= tasks.length;
    const found = await evaluator.evaluate(genome, tasks);
    const own = found.map((rollout) => (rollout.state === "scored" ? rollout.score : null));
    members.set(id, { genome, features, scores: [...scores, ...own] });
  }
}

function beliefOf(members: readonly Member[]): FeatureBelief {
  const feature = (name: string): number => spreads[name.split(" ", 1)[0] ?? ""] ?? 0;
  return believeFeatures(members, { feature, task: taskSpread, noise });
}

function ranked(members: readonly Member[], worth: (features: readonly string[]) => number): readonly Member[] {
  return members
    .map((member) => ({ member, worth: worth(member.features) }))
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ member }) => member);
}

/** What a genome is made of, beside the seed. */
function featuresOf(genome: Genome, seed: Genome): readonly string[] {
  const valueOf = ({ genes }: Genome, id: string): string => canonicalJson(genes[id]?.value ?? null);
  const ids = Object.keys(genome.genes).filter((id) => valueOf(genome, id) !== valueOf(seed, id));
  return [
    ...ids.flatMap((id) => [`changed ${id}`, `value ${id} ${valueOf(genome, id)}`]),
    ...ids.flatMap((id, i) => ids.slice(i + 1).map((other) => `pair ${id} ${other}`)),
    `genome ${genomeId(genome)}`,
  ];
}

/** A quarter of them crossed, a quarter crossed and changed, half changed once or twice. */
async function thinkOf(
  best: readonly Member[],
  evidence: readonly Evidence[],
  random: Random,
): Promise<readonly Genome[]> {
  return Promise.all(
    Array.from({ length: FRESH }, async (_, i) => {
      const draws = random.fork(`fresh-${i}`);
      const [one, other] = ["one", "other"].map((name) => draws.fork(name).pick(best).genome) as [Genome, Genome];
      const parent = i % 2 === 0 ? one : crossed(one, other, draws.fork("crossed"));
      return i % 4 === 1 ? parent : randomlyChanged(parent, evidence, 1 + draws.fork("steps").int(2), draws);
    }),
  );
}

function crossed(one: Genome, other: Genome, random: Random): Genome {
  return Object.entries(one.genes).reduce((child, [id, { evolvable }]) => {
    const theirs = other.genes[id];
    const takes = evolvable !== false && theirs !== undefined && random.fork(id).next() < 0.5;
    return takes ? withGene(child, id, theirs.value) : child;
  }, one);
}
