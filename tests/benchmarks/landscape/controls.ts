import type { Random } from "../../../src/base/index.ts";
import type { Task } from "../../../src/dataset/index.ts";
import type { Evaluator } from "../../../src/evaluate/index.ts";
import { withGene, type Genome } from "../../../src/genome/index.ts";
import type { Evidence, Operator } from "../../../src/mutate/index.ts";
import type { Landscape as Planted } from "./planted.ts";
import { chanceOf, type Pick, type Search } from "./search.ts";

/** What a control needs of a landscape. */
type Landscape = { readonly [K in "dataset" | "seedGenome" | "evaluator"]: Planted[K] };

interface ControlInputs {
  readonly operator: Operator;
  readonly rollouts: number;
  readonly seed: number;
}

const minibatch = 3;

interface Candidate {
  readonly genome: Genome;
  readonly scores: readonly number[];
  readonly mean: number;
  /** Which gene is changed next; a child goes on where its parent stands. */
  readonly turn: number;
}

/**
 * GEPA's published algorithm with its defaults: a minibatch of three, parents run again for every reflection, a child goes on
 * when its sum is strictly higher, everything that goes on is measured on all of validation, parents are drawn from the
 * per-task winners after a set cover, genes take turns, no merge. Stops when the budget is used up; the last measurement may
 * go over it, as the original's may.
 */
export async function gepa(landscape: Landscape, inputs: ControlInputs): Promise<Search> {
  const { train, validation, evaluator, picks, random, paid } = setUp(landscape, "gepa", inputs);
  const pool: Candidate[] = [];
  await add(landscape.seedGenome, 0);
  let batches: readonly Task[] = [];
  for (let iteration = 0; paid() < inputs.rollouts; iteration++) {
    const draws = random.fork(String(iteration));
    const index = drawParent(pool, draws);
    const parent = pool[index] as Candidate;
    if (batches.length === 0) batches = epoch(train, draws);
    const tasks = batches.slice(0, minibatch);
    batches = batches.slice(minibatch);
    const before = await evidenceOf(evaluator, parent.genome, tasks);
    if (before.every(({ score }) => score === 1)) continue;
    const genes = textGenes(parent.genome);
    pool[index] = { ...parent, turn: parent.turn + 1 };
    const child = await propose(inputs.operator, parent.genome, genes[parent.turn % genes.length] ?? "", before, draws);
    if (child === undefined) continue;
    const after = await evidenceOf(evaluator, child, tasks);
    if (sum(after) > sum(before)) await add(child, parent.turn + 1);
  }
  return { picks, rollouts: paid() };

  async function add(genome: Genome, turn: number): Promise<void> {
    const scores = (await evidenceOf(evaluator, genome, validation)).map(({ score }) => score);
    const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
    pool.push({ genome, scores, mean, turn });
    if (mean > (picks.at(-1)?.reported ?? -1)) picks.push({ rollouts: paid(), genome, reported: mean });
  }
}

/** The cheapest search there is: a child that does strictly better on three tasks takes the place of its parent. No validation. */
export async function climb(landscape: Landscape, inputs: ControlInputs): Promise<Search> {
  const { train, evaluator, picks, random, paid } = setUp(landscape, "climb", inputs);
  let current = landscape.seedGenome;
  for (let iteration = 0; paid() < inputs.rollouts; iteration++) {
    const draws = random.fork(String(iteration));
    const tasks = draws.shuffle(train).slice(0, minibatch);
    const before = await evidenceOf(evaluator, current, tasks);
    if (before.every(({ score }) => score === 1)) continue;
    const genes = textGenes(current);
    const child = await propose(inputs.operator, current, genes[iteration % genes.length] ?? "", before, draws);
    if (child === undefined) continue;
    const after = await evidenceOf(evaluator, child, tasks);
    if (sum(after) <= sum(before)) continue;
    current = child;
    picks.push({ rollouts: paid(), genome: current, reported: sum(after) / after.length });
  }
  return { picks, rollouts: paid() };
}

/**
 * Parents of GEPA: of the candidates that are best on some validation task, those are taken out, lowest mean first, whose every
 * task has another winner left; then one is drawn in proportion to the tasks it wins.
 */
export function setCoverWeights(
  pool: readonly { readonly scores: readonly number[]; readonly mean: number }[],
): readonly number[] {
  const count = pool[0]?.scores.length ?? 0;
  const fronts = Array.from({ length: count }, (_, task) => {
    const best = Math.max(...pool.map(({ scores }) => scores[task] ?? 0));
    return new Set([...pool.keys()].filter((index) => pool[index]?.scores[task] === best));
  });
  const alive = new Set(fronts.flatMap((front) => [...front]));
  const ascending = [...alive].toSorted((a, b) => (pool[a]?.mean ?? 0) - (pool[b]?.mean ?? 0));
  for (let dropped = true; dropped;) {
    const next = ascending.find(
      (index) =>
        alive.has(index) &&
        fronts.every((front) => !front.has(index) || [...front].some((other) => other !== index && alive.has(other))),
    );
    dropped = next !== undefined;
    if (next !== undefined) alive.delete(next);
  }
  return [...pool.keys()].map((index) => (alive.has(index) ? fronts.filter((front) => front.has(index)).length : 0));
}

function drawParent(pool: readonly Candidate[], random: Random): number {
  return random.fork("parent").weighted(setCoverWeights(pool));
}

/** The training tasks in a new order, filled up to whole minibatches. */
function epoch(train: readonly Task[], random: Random): readonly Task[] {
  const order = random.fork("epoch").shuffle(train);
  return [...order, ...order].slice(0, Math.ceil(order.length / minibatch) * minibatch);
}

interface Shown extends Evidence {
  readonly score: number;
}

async function evidenceOf(evaluator: Evaluator, genome: Genome, tasks: readonly Task[]): Promise<readonly Shown[]> {
  const rollouts = await evaluator.evaluate(genome, tasks);
  return tasks.flatMap((task, i) => {
    const rollout = rollouts[i];
    return rollout?.state === "scored" ? [{ task, rollout, score: rollout.score }] : [];
  });
}

async function propose(
  operator: Operator,
  parent: Genome,
  gene: string,
  evidence: readonly Evidence[],
  random: Random,
): Promise<Genome | undefined> {
  const reply = { content: "", toolCalls: [], usage: { inputTokens: 0, outputTokens: 0 }, finish: "stop" as const };
  const reflect = (): Promise<typeof reply> => Promise.resolve(reply);
  const proposal = await operator.propose({
    parent,
    gene,
    evidence,
    failedAttempts: [],
    random: random.fork("operator"),
    reflect,
  });
  if (proposal.kind === "nothing") return undefined;
  return Object.entries(proposal.changes).reduce((child, [id, value]) => withGene(child, id, value), parent);
}

function setUp(landscape: Landscape, name: string, { seed }: ControlInputs) {
  const { dataset, seedGenome } = landscape;
  let count = 0;
  const evaluator: Evaluator = {
    evaluate: (genome, tasks, options) => {
      count += tasks.length;
      return landscape.evaluator.evaluate(genome, tasks, options);
    },
  };
  const picks: Pick[] = [{ rollouts: 0, genome: seedGenome, reported: -1 }];
  return {
    evaluator,
    picks,
    paid: () => count,
    random: chanceOf(name, seed),
    train: dataset.tasks.filter(({ split }) => split === "train"),
    validation: dataset.tasks.filter(({ split }) => split === "validation"),
  };
}

function textGenes({ genes }: Genome): readonly string[] {
  return Object.keys(genes).filter((id) => genes[id]?.type === "text");
}

function sum(evidence: readonly Shown[]): number {
  return evidence.reduce((total, { score }) => total + score, 0);
}
