import { canonicalJson, makeRandom, type Random } from "../base/index.ts";
import type { Task } from "../dataset/index.ts";
import type { Rollout } from "../evaluate/index.ts";
import { activeGenes, genomeId, withGene, type Genome } from "../genome/index.ts";
import { makeChild, type Evidence, type Operator, type Proposal } from "../mutate/index.ts";
import { iterationRandom, type Engine } from "./engine.ts";
import type { IdleReason } from "./event.ts";
import type { Trial } from "./judge.ts";
import { measure } from "./measure.ts";
import { minibatchOf } from "./minibatch.ts";
import { chooseParent } from "./parent.ts";
import { isReflectionFailure, recordedReflection, ReflectionUnaffordable } from "./reflection.ts";

/** Changes one gene of one parent in the light of a minibatch. Undefined when that makes no child worth a rollout. */
export async function proposeMutation(engine: Engine, iteration: number): Promise<Trial | undefined> {
  const { inputs, journal } = engine;
  const random = iterationRandom(engine, iteration);
  const parentIndex = chooseParent(journal.state, inputs.options.parent, random.fork("parent"));
  const parent = journal.state.candidates[parentIndex];
  if (parent === undefined) return undefined;
  const genome = engine.genome(parent.genome);
  const choice = chooseGene(engine, genome, parent.turn, random.fork("gene"));
  const idle = (reason: IdleReason, detail: string, hypothesis = ""): undefined => {
    journal.emit({ type: "child-refused", gene: choice?.gene ?? "", hypothesis, reason, detail });
  };
  if (choice === undefined) return idle("no-operator", "no gene of this genome may evolve");
  journal.emit({ type: "parent-chosen", parent: parentIndex, gene: choice.gene });

  const epochs = makeRandom(inputs.options.seed).fork("minibatches");
  const tasks = minibatchOf(engine.train, inputs.options.minibatch, iteration, epochs);
  const shown = await measure(engine, { genome: parent.genome, tasks, purpose: "evidence", known: parent.train });
  if (!shown.complete) return idle("budget", "the evidence could not be paid for");
  const evidence = pairUp(tasks, shown.rollouts);
  if (evidence.length === 0) return idle("outside-failed", "every rollout of the minibatch failed");
  if (evidence.every(({ score }) => score === 1)) return idle("perfect-minibatch", "the parent makes no mistake here");

  const proposal = await propose(engine, { ...choice, parent: genome, evidence, random });
  if (proposal.kind === "nothing") return idle(proposal.reason, proposal.detail);
  const child = makeChild({
    parent: genome,
    gene: choice.gene,
    value: proposal.value,
    isKnown: (id) => isKnown(engine, id),
    findCopied: engine.findCopied,
  });
  if (child.kind === "refused") return idle(child.reason, child.detail, proposal.hypothesis);
  engine.keep(child.id, child.genome);
  journal.emit({
    type: "child-proposed",
    genome: child.id,
    parents: [parentIndex],
    origin: `${choice.operator.name} ${choice.gene}`,
    gene: choice.gene,
    hypothesis: proposal.hypothesis,
    changes: { [choice.gene]: proposal.value },
  });
  return {
    genome: child.id,
    tasks: evidence.map(({ task }) => task),
    before: evidence.map(({ score }) => score),
    acceptance: inputs.options.acceptance,
  };
}

interface Choice {
  readonly gene: string;
  readonly operator: Operator;
}

/** The next gene in turn, or any, that may evolve and that an operator can work on. */
function chooseGene(engine: Engine, genome: Genome, turn: number, random: Random): Choice | undefined {
  const { options, operators } = engine.inputs;
  const choices = Object.entries(activeGenes(genome))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, gene]) => ({
      gene: id,
      operators: gene.evolvable === false ? [] : operators.filter((operator) => operator.applies(gene)),
    }))
    .filter((choice) => choice.operators.length > 0);
  if (choices.length === 0) return undefined;
  const choice = choices[options.gene === "random" ? random.int(choices.length) : turn % choices.length];
  return choice && { gene: choice.gene, operator: random.pick(choice.operators) };
}

async function propose(
  engine: Engine,
  inputs: Choice & { readonly parent: Genome; readonly evidence: readonly Evidence[]; readonly random: Random },
): Promise<Proposal | { readonly kind: "nothing"; readonly reason: IdleReason; readonly detail: string }> {
  const { gene, operator, parent, evidence, random } = inputs;
  try {
    return await operator.propose({
      parent,
      gene,
      evidence,
      failedAttempts: engine.journal.state.attempts.filter((attempt) => attempt.gene === gene),
      random: random.fork("operator"),
      reflect: recordedReflection(engine, random.fork("reflection").int(2 ** 31)),
      tried: (value) =>
        canonicalJson(value) === canonicalJson(parent.genes[gene]?.value) ||
        isKnown(engine, genomeId(withGene(parent, gene, value))),
      signal: engine.inputs.signal,
    });
  } catch (error) {
    if (error instanceof ReflectionUnaffordable)
      return { kind: "nothing", reason: "budget", detail: "the reflection call could not be paid for" };
    if (isReflectionFailure(error)) return { kind: "nothing", reason: "reflection-failed", detail: error.message };
    throw error;
  }
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
