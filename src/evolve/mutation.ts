import { makeRandom, type Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import { activeGenes, genomeId, withGene, type Gene, type Genome } from "../genome/index.ts";
import { makeChild, type Evidence, type Operator, type Proposal } from "../mutate/index.ts";
import { chooseParent, geneRules, parentRules } from "../select/index.ts";
import { iterationRandom, type Engine } from "./engine.ts";
import type { IdleReason } from "./event.ts";
import type { Trial } from "./judge.ts";
import { measure } from "./measure.ts";
import { minibatchOf } from "./minibatch.ts";
import type { Candidate } from "./state.ts";
import { isReflectionFailure, recordedReflection, ReflectionUnaffordable } from "./reflection.ts";

/** Changes some genes of one parent in the light of a minibatch. Undefined when that makes no child worth a rollout. */
export async function proposeMutation(engine: Engine, iteration: number): Promise<Trial | undefined> {
  const { inputs, journal } = engine;
  const random = iterationRandom(engine, iteration);
  const index = chooseParent(parentRules[inputs.options.parent], journal.state.frontier, random.fork("parent"));
  const parent = journal.state.candidates[index];
  if (parent === undefined) return undefined;
  journal.emit({ type: "parent-chosen", parent: index });

  const epochs = makeRandom(inputs.options.seed).fork("minibatches");
  const tasks = minibatchOf(engine.train, inputs.options.minibatch, iteration, epochs);
  const shown = await measure(engine, { genome: parent.genome, tasks, purpose: "evidence", known: parent.train });
  const evidence = pairUp(tasks, shown.rollouts);
  const flaw = flawOf(evidence, shown.complete);
  if (flaw !== undefined) return refuse(engine, "", flaw);

  const changes = await proposeChanges(engine, { index, turn: parent.turn, evidence, random });
  const before = engine.genome(parent.genome);
  const genome = changes.reduce((child, { gene, value }) => withGene(child, gene, value, [parent.genome]), before);
  const id = genomeId(genome);
  const [first] = changes;
  if (first === undefined) return undefined;
  const hypothesis = changes.map((change) => change.hypothesis).join(" ");
  if (isKnown(engine, id)) {
    return refuse(engine, first.gene, { reason: "duplicate", detail: `proposed before as ${id}` }, hypothesis);
  }
  engine.keep(id, genome);
  journal.emit({
    type: "child-proposed",
    genome: id,
    parents: [index],
    origin: changes.map(({ operator, gene }) => `${operator} ${gene}`).join(", "),
    hypothesis,
    changes: Object.fromEntries(changes.map(({ gene, value }) => [gene, value])),
  });
  return {
    genome: id,
    tasks: evidence.map(({ task }) => task),
    before: evidence.map(({ score }) => score),
    acceptance: inputs.options.acceptance,
  };
}

interface Change {
  readonly gene: string;
  readonly operator: string;
  readonly value: Gene["value"];
  readonly hypothesis: string;
}

/** Asks the genes in their turn until enough have a valid change to offer. What is refused is journalled. */
async function proposeChanges(
  engine: Engine,
  inputs: {
    readonly index: number;
    readonly turn: number;
    readonly evidence: readonly Evidence[];
    readonly random: Random;
  },
): Promise<readonly Change[]> {
  const { index, turn, evidence, random } = inputs;
  const { options } = engine.inputs;
  const parent = engine.genome((engine.journal.state.candidates[index] as Candidate).genome);
  const genes = evolvableGenes(engine, parent);
  const records = genes.map(({ gene }) => engine.journal.state.genes[gene] ?? { tried: 0, gained: 0 });
  const start = geneRules[options.gene].choose({ records, turn, random: random.fork("gene") })[0] ?? 0;
  const order = [...genes.slice(start), ...genes.slice(0, start)];
  const changes: Change[] = [];
  for (const { gene, operators } of order) {
    if (changes.length === options.genes) break;
    const draws = random.fork(gene);
    const operator = draws.pick(operators);
    engine.journal.emit({ type: "gene-chosen", parent: index, gene, operator: operator.name });
    const proposal = await propose(engine, { gene, operator, parent, evidence, random: draws });
    if (proposal.kind === "nothing") {
      if (proposal.reason === "no-alternative") continue;
      refuse(engine, gene, proposal);
      if (proposal.reason === "reflection-failed" || proposal.reason === "budget") break;
      continue;
    }
    const { changes: proposed, hypothesis } = proposal;
    const child = makeChild({ parent, changes: proposed, isKnown: () => false, findCopied: engine.findCopied });
    if (child.kind === "refused") refuse(engine, gene, child, hypothesis);
    else
      changes.push(
        ...Object.entries(proposed).map(([id, value]) => ({ gene: id, operator: operator.name, value, hypothesis })),
      );
  }
  if (changes.length === 0 && order.length > 0) {
    refuse(engine, "", { reason: "no-alternative", detail: "no gene of this parent had a valid change to offer" });
  }
  return changes;
}

interface Idle {
  readonly reason: IdleReason;
  readonly detail: string;
}

type MaybeProposal = Extract<Proposal, { kind: "child" }> | ({ readonly kind: "nothing" } & Idle);

/** By gene, in the order of their names, the operators that can work on it. */
function evolvableGenes(
  { inputs }: Engine,
  genome: Genome,
): readonly { readonly gene: string; readonly operators: readonly Operator[] }[] {
  return Object.entries(activeGenes(genome))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .filter(([, { evolvable }]) => evolvable !== false)
    .map(([id, gene]) => ({
      gene: id,
      operators: inputs.operators.filter((operator) => operator.scope === "gene" && operator.applies(gene)),
    }))
    .filter(({ operators }) => operators.length > 0);
}

async function propose(
  engine: Engine,
  inputs: {
    readonly gene: string;
    readonly operator: Operator;
    readonly parent: Genome;
    readonly evidence: readonly Evidence[];
    readonly random: Random;
  },
): Promise<MaybeProposal> {
  const { gene, operator, parent, evidence, random } = inputs;
  try {
    return await operator.propose({
      parent,
      gene,
      evidence,
      failedAttempts: engine.journal.state.attempts.filter((attempt) => attempt.gene === gene),
      random: random.fork("operator"),
      reflect: recordedReflection(engine, random.fork("reflection").int(2 ** 31)),
      tried: (changes) =>
        isKnown(
          engine,
          genomeId(Object.entries(changes).reduce((child, [id, value]) => withGene(child, id, value), parent)),
        ),
      signal: engine.inputs.signal,
    });
  } catch (error) {
    if (error instanceof ReflectionUnaffordable)
      return { kind: "nothing", reason: "budget", detail: "the reflection call could not be paid for" };
    if (isReflectionFailure(error)) return { kind: "nothing", reason: "reflection-failed", detail: error.message };
    throw error;
  }
}

/** Why nothing can be learnt from a minibatch, or undefined. */
function flawOf(evidence: readonly { readonly score: number }[], complete: boolean): Idle | undefined {
  if (!complete) return { reason: "budget", detail: "the evidence could not be paid for" };
  if (evidence.length === 0) return { reason: "outside-failed", detail: "every rollout of the minibatch failed" };
  const perfect = evidence.every(({ score }) => score === 1);
  return perfect ? { reason: "perfect-minibatch", detail: "the parent makes no mistake here" } : undefined;
}

function refuse({ journal }: Engine, gene: string, { reason, detail }: Idle, hypothesis = ""): undefined {
  journal.emit({ type: "child-refused", gene, hypothesis, reason, detail });
}

/** Whether this run has met the genome, in the pool or among the children that were tried. */
export function isKnown({ journal }: Engine, id: string): boolean {
  const { candidates, attempts } = journal.state;
  return candidates.some(({ genome }) => genome === id) || attempts.some(({ genome }) => genome === id);
}

function pairUp(tasks: readonly Task[], rollouts: readonly Rollout[]): (Evidence & { readonly score: number })[] {
  return tasks.flatMap((task, i) => {
    const rollout = rollouts[i];
    return rollout?.state === "scored" ? [{ task, rollout, score: rollout.score }] : [];
  });
}
