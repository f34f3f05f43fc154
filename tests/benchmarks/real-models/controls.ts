import { makeRandom, type Random } from "../../../src/base/index.ts";
import type { Task } from "../../../src/dataset/index.ts";
import { solutionOf } from "../../../src/dataset/index.ts";
import type { Evaluator, Rollout } from "../../../src/evaluate/index.ts";
import { withGene, type Genome } from "../../../src/genome/index.ts";
import { independentOperators, type Evidence, type Operator } from "../../../src/mutate/index.ts";
import { mean } from "../../../src/statistics/index.ts";

const prompts = 20;

/** Proposals come from the operators that need neither a model nor a pool. */
const operators = independentOperators.filter(({ scope }) => scope === "gene");

/** One operator and one gene, each drawn evenly, whichever gene is asked for: so GEPA's search gets the same proposals. */
export const anyProposal: Operator = {
  name: "any",
  scope: "gene",
  reflects: false,
  applies: () => true,
  propose: async (request) => {
    const { random, parent } = request;
    for (let attempt = 0; attempt < 10; attempt++) {
      const draws = random.fork(`attempt-${attempt}`);
      const operator = draws.pick(operators);
      const genes = Object.entries(parent.genes).filter(
        ([, gene]) => gene.evolvable !== false && operator.applies(gene),
      );
      if (genes.length === 0) continue;
      const evidence = request.evidence.map((one) => ({ ...one, solution: solutionOf(one.task) }));
      const proposal = await operator.propose({
        ...request,
        evidence,
        gene: draws.pick(genes)[0],
        random: draws.fork("operator"),
      });
      if (proposal.kind === "child") return proposal;
    }
    return { kind: "nothing", reason: "no-alternative", detail: "ten draws made no child" };
  },
};

/** The best on validation of twenty prompts made by one to six random proposals each, for the same rollouts as a search. */
export async function bestOfRandom(inputs: {
  readonly evaluator: Evaluator;
  readonly seedGenome: Genome;
  readonly train: readonly Task[];
  readonly validation: readonly Task[];
  readonly rollouts: number;
  readonly seed: number;
}): Promise<{ readonly genome: Genome; readonly validation: number; readonly rollouts: number }> {
  const { evaluator, seedGenome, train, rollouts } = inputs;
  const random = makeRandom(inputs.seed).fork("best-of-random");
  const shown = random.fork("shown").shuffle(train).slice(0, 16);
  const evidence = pairUp(shown, await evaluator.evaluate(seedGenome, shown));
  const each = Math.max(1, Math.floor((rollouts - shown.length) / prompts));
  const validation = inputs.validation.slice(0, each);
  let best = { genome: seedGenome, mean: -1 };
  for (let i = 0; i < prompts; i++) {
    const genome = await randomPrompt(seedGenome, evidence, random.fork(`prompt-${i}`));
    const scores = (await evaluator.evaluate(genome, validation)).flatMap((rollout) =>
      rollout.state === "scored" ? [rollout.score] : [],
    );
    if (mean(scores) > best.mean) best = { genome, mean: mean(scores) };
  }
  return { genome: best.genome, validation: best.mean, rollouts: shown.length + prompts * validation.length };
}

/** The parent after so many random proposals, each made to what the ones before it came to. */
async function randomlyChanged(
  parent: Genome,
  evidence: readonly Evidence[],
  steps: number,
  random: Random,
): Promise<Genome> {
  let genome = parent;
  for (let step = 0; step < steps; step++) {
    const proposal = await anyProposal.propose({
      parent: genome,
      gene: "",
      evidence,
      failedAttempts: [],
      random: random.fork(`step-${step}`),
      reflect: () => Promise.reject(new Error("nobody reflects")),
    });
    if (proposal.kind === "nothing") continue;
    genome = Object.entries(proposal.changes).reduce((child, [id, value]) => withGene(child, id, value), genome);
  }
  return genome;
}

/** One to six random changes of a genome. */
function randomPrompt(seed: Genome, evidence: readonly Evidence[], random: Random): Promise<Genome> {
  return randomlyChanged(seed, evidence, 1 + random.fork("steps").int(6), random);
}

function pairUp(tasks: readonly Task[], rollouts: readonly Rollout[]): readonly Evidence[] {
  return tasks.flatMap((task, i) => {
    const rollout = rollouts[i];
    return rollout === undefined ? [] : [{ task, rollout }];
  });
}
