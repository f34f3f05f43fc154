import { makeRandom, type Random } from "../../../src/base/index.ts";
import type { Dataset, SplitName, Task } from "../../../src/dataset/index.ts";
import type { Evaluator, Rollout } from "../../../src/evaluate/index.ts";
import { genomeId, withGene, type Genome } from "../../../src/genome/index.ts";
import { normalCdf } from "../../../src/statistics/index.ts";
import { standardLandscape, type LandscapeOptions } from "./options.ts";
import { genomeOf, levelsOf, nameOf } from "./parts.ts";

/** A world in which the worth of every genome is known. */
export interface Landscape {
  readonly options: LandscapeOptions;
  readonly seedGenome: Genome;
  readonly bestGenome: Genome;
  readonly dataset: Dataset;
  readonly evaluator: Evaluator;
  /** Mean chance of success over a population of tasks of which the dataset is a sample. */
  trueScore(genome: Genome): number;
  /** Of the way from the seed's true score to that of the best genome; 0 when there is no way. */
  shareOfReach(genome: Genome): number;
  /** Chance of success of one check of one task. */
  chance(genome: Genome, task: string): number;
}

/** One way of working: what its parts are worth. */
interface Regime {
  readonly offset: number;
  /** By part, on the probit scale. */
  readonly effects: readonly number[];
  readonly pair: readonly [number, number];
  readonly bonus: number;
}

interface Traits {
  readonly difficulty: number;
  readonly needs: readonly boolean[];
}

const population = 2000;

export function planted(seed: number, changes: Partial<LandscapeOptions> = {}): Landscape {
  const options = { ...standardLandscape, ...changes };
  const random = makeRandom(`planted/${seed}`);
  const known = new Map<string, Traits>();
  const everybody = Array.from({ length: population }, (_, i) => drawTraits(random.fork(`population/${i}`), options));
  const unscaled = drawRegimes(random.fork("regimes"), options);
  const base = solve((value) => meanChance(everybody, value, zeros(options), silent(options)), options.seedScore);
  const regimes = unscaled.map((regime, i) => scaleTo(regime, i));
  const seedGenome = genomeOf(
    options,
    (part) => (part === options.parts ? "wrong" : "plain"),
    random.fork("seed genome"),
  );
  const bestGenome = makeBest();
  const scores = new Map<string, number>();
  const [low, high] = [trueScore(seedGenome), trueScore(bestGenome)];
  return {
    options,
    seedGenome,
    bestGenome,
    dataset: datasetOf(seed, options),
    evaluator: { evaluate },
    trueScore,
    shareOfReach: (genome) => (high - low < 1e-9 ? 0 : (trueScore(genome) - low) / (high - low)),
    chance: (genome, task) => chanceOf(worthOf(genome), traitsOf(task)),
  };

  /** Enlarges the effects of a way of working until its best genome scores what the options ask for. */
  function scaleTo(regime: Regime, index: number): Regime {
    const { basin, seedScore, reach } = options;
    const offset = index === 0 ? 0 : -(basin?.valley ?? 0);
    if (reach === 0) return silent(options);
    const share = basin !== undefined && index === 0 ? basin.peak : 1;
    const scaled = (by: number): Regime => ({
      ...regime,
      offset,
      effects: regime.effects.map((effect) => effect * by),
      bonus: regime.bonus * by,
    });
    const best = regime.effects.map((effect) => (effect > 0 ? 1 : 0));
    return scaled(solve((by) => meanChance(everybody, base, best, scaled(by)), seedScore + share * reach, 0, 60));
  }

  function makeBest(): Genome {
    const last = regimes.at(-1) ?? silent(options);
    const right = genomeOf(
      options,
      (part) => (part === options.parts || (last.effects[part] ?? 0) > 0 ? "right" : "plain"),
      random.fork("best genome"),
    );
    const ordered = options.defect > 0 ? withGene(right, "order", "reasoning-first") : right;
    return options.basin === undefined ? ordered : withGene(ordered, "approach", "stepwise");
  }

  interface Worth {
    readonly regime: Regime;
    readonly levels: readonly number[];
    readonly base: number;
    readonly defects: number;
  }

  function worthOf(genome: Genome): Worth {
    const levels = levelsOf(genome, options.parts + 1);
    const stepwise = genome.genes["approach"]?.value === "stepwise";
    const misordered = genome.genes["order"]?.value === "answer-first";
    const defects = options.defect === 0 ? 0 : Number(misordered) + Number(levels[options.parts] !== 1);
    const regime = regimes[stepwise ? 1 : 0] ?? silent(options);
    return { regime, levels, defects, base: base - defects * options.defect };
  }

  function chanceOf({ regime, levels, base: height }: Worth, traits: Traits): number {
    return normalCdf(probit(traits, height, levels, regime));
  }

  function trueScore(genome: Genome): number {
    const worth = worthOf(genome);
    const key = `${worth.regime.offset}/${worth.levels.join()}/${worth.base}`;
    const score = scores.get(key) ?? meanChance(everybody, worth.base, worth.levels, worth.regime);
    scores.set(key, score);
    return score;
  }

  function traitsOf(task: string): Traits {
    const traits = known.get(task) ?? drawTraits(random.fork(`task/${task}`), options);
    known.set(task, traits);
    return traits;
  }

  async function evaluate(
    ...[genome, tasks, { repeat = 0, signal, onRollout, onRun } = {}]: Parameters<Evaluator["evaluate"]>
  ): Promise<readonly Rollout[]> {
    const [id, worth] = [genomeId(genome), worthOf(genome)];
    return tasks.map((task) => {
      signal?.throwIfAborted();
      const ended = onRun?.(task);
      const rollout = roll(id, worth, task.id, repeat);
      ended?.();
      onRollout?.(rollout, false);
      return rollout;
    });
  }

  /** What is chance in a check is a normal deviate, part of it shared by all genomes; the check passes below the probit. */
  function roll(id: string, worth: Worth, task: string, repeat: number): Rollout {
    const traits = traitsOf(task);
    const chance = probit(traits, worth.base, worth.levels, worth.regime);
    const shared = random.fork(`shared/${task}/${repeat}`);
    const own = random.fork(`${id}/${task}/${repeat}`);
    const [common, apart] = [Math.sqrt(options.sharedNoise), Math.sqrt(1 - options.sharedNoise)];
    const passed = Array.from({ length: options.checks }).filter(
      () => common * shared.normal() + apart * own.normal() < chance,
    ).length;
    const score = passed / options.checks;
    const usage = { modelCalls: 1, inputTokens: 150, outputTokens: 50, usd: 0.0002, milliseconds: 5 };
    const feedback = [score === 1 ? "All checks passed." : complaint(worth, traits, own)];
    const trace = { steps: [], answer: `Answer of ${task}`, stop: "answered" as const, usage };
    return { state: "scored", task, repeat, score, objectives: {}, feedback, usage, trace };
  }

  /** A structural defect is never named: where it is to blame, the feedback points at no part or at a wrong one. */
  function complaint({ regime, levels, defects }: Worth, { needs }: Traits, own: Random): string {
    const wrong = "The answer is wrong.";
    if (own.next() >= options.informative) return wrong;
    if (own.next() < options.misled) return `${wrong} ${blame(own.int(options.parts))}`;
    if (own.next() < (defects * options.defect) / (defects * options.defect + 0.5)) return wrong;
    const weights = regime.effects.map((effect, part) =>
      needs[part] === true ? effect * (1 - (levels[part] ?? 0)) : 0,
    );
    return weights.some((weight) => weight > 0) ? `${wrong} ${blame(own.weighted(weights))}` : wrong;
  }
}

function blame(part: number): string {
  return `The cause is part ${nameOf(part)}.`;
}

/** Bisection for a rising function. */
function solve(rising: (value: number) => number, target: number, from = -10, to = 10): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function meanChance(tasks: readonly Traits[], base: number, levels: readonly number[], regime: Regime): number {
  const chances = tasks.map((traits) => normalCdf(probit(traits, base, levels, regime)));
  return chances.reduce((sum, chance) => sum + chance, 0) / tasks.length;
}

function probit({ difficulty, needs }: Traits, base: number, levels: readonly number[], regime: Regime): number {
  let height = base + regime.offset - difficulty;
  for (const [part, effect] of regime.effects.entries()) {
    if (effect !== 0 && needs[part] === true) height += effect * (levels[part] ?? 0);
  }
  const [first, second] = regime.pair;
  return levels[first] === 1 && levels[second] === 1 ? height + regime.bonus : height;
}

function drawTraits(random: Random, { spread, parts, relevance }: LandscapeOptions): Traits {
  return {
    difficulty: spread * random.normal(),
    needs: Array.from({ length: parts }, () => random.next() < relevance),
  };
}

/** Effects between a half and one and a half of their mean, of parts drawn anew for each way of working. */
function drawRegimes(random: Random, options: LandscapeOptions): readonly Regime[] {
  const order = random.shuffle([...zeros(options).keys()]);
  const count = options.basin === undefined ? 1 : 2;
  return Array.from({ length: count }, (_, i) => {
    const chosen = order.slice(i * options.relevant, (i + 1) * options.relevant);
    const effects = zeros(options).map((_zero, part) => (chosen.includes(part) ? 0.5 + random.next() : 0));
    const [first = 0, second = 0] = chosen;
    const sum = options.relevance * effects.reduce((total, effect) => total + effect, 0);
    const bonus = first === second ? 0 : (sum * options.interaction) / (1 - options.interaction);
    return { offset: 0, effects, pair: [first, second] as const, bonus };
  });
}

function zeros({ parts }: LandscapeOptions): readonly number[] {
  return Array.from({ length: parts }, () => 0);
}

/** A way of working in which nothing matters. */
function silent(options: LandscapeOptions): Regime {
  return { offset: 0, effects: zeros(options), pair: [0, 0], bonus: 0 };
}

function datasetOf(seed: number, { tasks: sizes }: LandscapeOptions): Dataset {
  const tasks = Object.entries(sizes).flatMap(([split, count]) =>
    Array.from({ length: count }, (_, i): Task => {
      const id = `${split}-${i}`;
      return { id, input: `Question ${id}`, checks: [], tags: [], split: split as SplitName };
    }),
  );
  const plain = { description: "", licence: "MIT", folder: "/", file: "/dataset.yaml", customChecks: new Map() };
  return { ...plain, name: `planted-${seed}`, tasks };
}
