import {
  AlleleError,
  makeRandom,
  type Clock,
  type ContentHash,
  type EventBus,
  type Json,
  type Random,
} from "../base/index.ts";
import type { Dataset, Task } from "../dataset/index.ts";
import type { Evaluator } from "../evaluate/index.ts";
import { withGene, type Genome } from "../genome/index.ts";
import { copiedTextCheck, type Operator } from "../mutate/index.ts";
import type { Provider, Usage } from "../providers/index.ts";
import type { Store } from "../store/index.ts";
import type { Pool } from "./belief.ts";
import {
  addSpend,
  nothingSpent,
  remaining,
  rolloutsCost,
  shareOfBudget,
  type CallCost,
  type CostEstimate,
  type Spend,
} from "./budget.ts";
import type { RunEvent } from "./event.ts";
import { familiesTogether } from "./families.ts";
import { openJournal, type Journal } from "./journal.ts";
import type { EvolveOptions } from "./options.ts";
import type { OwnRules } from "./rules.ts";
import { positionOf, type RunState } from "./state.ts";

/** The model that reads what happened and proposes. */
export interface Reflector {
  readonly provider: Provider;
  readonly model: string;
  /** Money for a call, in US dollars. */
  price(usage: Usage): number;
}

/** What a run is made of. The caller chose every part; the engine knows none of their kinds. */
export interface EvolveInputs {
  readonly run: string;
  readonly options: EvolveOptions;
  readonly seedGenome: Genome;
  readonly dataset: Dataset;
  /** What else makes two runs the same: models, scorer, limits. A resume with another one is refused. */
  readonly identity: Json;
  readonly evaluator: Evaluator;
  readonly operators: readonly Operator[];
  /** Rules of one's own in place of those that the options name. */
  readonly rules?: OwnRules | undefined;
  readonly reflector: Reflector;
  readonly estimate: CostEstimate;
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: EventBus<RunEvent>;
  /** Aborting interrupts at once; the run can be resumed. */
  readonly signal?: AbortSignal | undefined;
  /** Asked between iterations; true ends the search, and the sealed test is still done. */
  readonly stopRequested?: (() => boolean) | undefined;
}

/** A run in progress: its inputs, made ready, and its journal. */
export interface Engine {
  readonly inputs: EvolveInputs;
  readonly journal: Journal;
  readonly train: readonly Task[];
  /** In the order of the races, the same for every child of the run; families together. */
  readonly validation: readonly Task[];
  readonly test: readonly Task[];
  readonly findCopied: (before: string, after: string) => string | undefined;
  genome(id: ContentHash): Genome;
  /** Keeps a genome in the store, with the next commit, where reports and people find it by its id. */
  keep(id: ContentHash, genome: Genome): void;
  /** What each rollout of this sitting cost, by genome and task. */
  readonly costs: Map<ContentHash, Map<string, Spend>>;
  /** What may be spent in all; the budget alone where there is none. */
  readonly ceiling: Spend | undefined;
  /** The same engine on another journal, with a ceiling of its own. */
  on(journal: Journal, ceiling: Spend | undefined): Engine;
}

export function openEngine(inputs: EvolveInputs): Engine {
  const { store, run, clock, bus, dataset } = inputs;
  const split = (name: Task["split"]): Task[] => dataset.tasks.filter((task) => task.split === name);
  const train = split("train");
  const parts = {
    inputs,
    train,
    validation: familiesTogether(makeRandom(inputs.options.seed).fork("validation").shuffle(split("validation"))),
    test: split("test"),
    findCopied: copiedTextCheck(train.map(({ input }) => input)),
    costs: new Map<ContentHash, Map<string, Spend>>(),
  };
  const genomes = new Map<ContentHash, Genome>();
  return view(parts, openJournal({ store, run, clock, bus, lanes: inputs.options.lanes }), genomes, undefined);
}

type Parts = Pick<Engine, "inputs" | "train" | "validation" | "test" | "findCopied" | "costs">;

function view(parts: Parts, journal: Journal, genomes: Map<ContentHash, Genome>, ceiling: Spend | undefined): Engine {
  const { inputs } = parts;
  const { store, clock } = inputs;
  return {
    ...parts,
    journal,
    ceiling,
    genome: genomeOf,
    keep: (id, genome) => {
      genomes.set(id, genome);
      journal.alongside(() => store.genomes.put(id, genome, clock.now()));
    },
    on: (other, limit) => view(parts, other, genomes, limit),
  };

  /** A genome met before this sitting is made again from the seed and the journalled changes. */
  function genomeOf(id: ContentHash): Genome {
    const known = genomes.get(id);
    if (known !== undefined) return known;
    const genome = rebuild(id);
    genomes.set(id, genome);
    return genome;
  }

  function rebuild(id: ContentHash): Genome {
    const { candidates, draft } = journal.state;
    const member = draft?.genome === id ? draft : candidates[positionOf(journal.state, id) ?? -1];
    if (member === undefined) throw unknownGenome(id);
    const parents = member.parents.flatMap((index) => candidates[index]?.genome ?? []);
    const [first] = parents;
    if (first === undefined) return inputs.seedGenome;
    return Object.entries(member.changes).reduce(
      (child, [gene, value]) => withGene(child, gene, value, parents),
      genomeOf(first),
    );
  }
}

/** Chance of one iteration: it depends on the run's seed and the iteration alone, so an iteration can be done again. */
export function iterationRandom({ inputs }: Engine, iteration: number): Random {
  return makeRandom(inputs.options.seed).fork(`iteration-${iteration}`);
}

/** The candidates of the run by now. */
export function poolOf(engine: Engine): Pool {
  return { state: engine.journal.state, genome: (id) => engine.genome(id) };
}

/** What one rollout is expected to cost: the mean of this run, with a margin, once there is one. */
export function expectedRollout({ inputs }: Engine, { spent }: RunState): CallCost {
  const { expected } = inputs.estimate.rollout;
  const enough = 10;
  const margin = 1.25;
  if (spent.rollouts < enough) return expected;
  return {
    tokens: (spent.tokens / spent.rollouts) * margin,
    usd: (spent.usd / spent.rollouts) * margin,
  };
}

/** Validation tasks of a block: as the options say, or all where they say 0. */
export function blockSize({ inputs, validation }: Pick<Engine, "inputs" | "validation">): number {
  const { race } = inputs.options;
  return race === 0 ? validation.length : Math.min(race, validation.length);
}

/** What may still be spent. While searching, the last race and the sealed test of seed and finalist are held back. */
export function available(engine: Engine): Spend {
  const { state } = engine.journal;
  const { budget } = engine.inputs.options;
  const race = state.stop === undefined ? shareOfBudget(budget, lastShare(engine.inputs.options)) : nothingSpent;
  const held =
    state.phase === "testing"
      ? nothingSpent
      : addSpend(race, rolloutsCost(2 * engine.test.length, expectedRollout(engine, state)));
  const left = remaining(engine.inputs.options.budget, addSpend(state.spent, held));
  const { ceiling } = engine;
  return ceiling === undefined ? left : least(left, remaining(ceiling, state.spent));
}

/** Share of the budget that is held back for the last race. */
export function lastShare({ proposal, final }: Pick<EvolveOptions, "proposal" | "final">): number {
  return proposal === "belief" ? 0 : final;
}

function least(a: Spend, b: Spend): Spend {
  return {
    rollouts: Math.min(a.rollouts, b.rollouts),
    tokens: Math.min(a.tokens, b.tokens),
    usd: Math.min(a.usd, b.usd),
  };
}

function unknownGenome(id: ContentHash): AlleleError {
  return new AlleleError({ code: "unknown-genome", kind: "defect", message: `no candidate of this run is ${id}` });
}
