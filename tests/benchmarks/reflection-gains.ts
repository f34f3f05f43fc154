import { makeRandom, type Random } from "../../src/base/index.ts";
import { withGene, type Genome } from "../../src/genome/index.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import type { Provider } from "../../src/providers/index.ts";
import { mean, measure, programOf, referenceGenome, rollout, seedGenome, trainTasks } from "./desk-laboratory.ts";

export interface ChildGain {
  readonly gene: string;
  /** Whether the parent is the seed itself. */
  readonly first: boolean;
  readonly hypothesis: string;
  /** Whether the child was better than its parent on the minibatch it was made from. */
  readonly passed: boolean;
  /** Child minus parent on validation. */
  readonly gain: number;
}

const steps = [[], ["rules"], ["rules", "plan"], ["system", "answer_format", "plan", "tool.order_search"]];

/** Lets the provider reflect on random minibatches of parents between the seed and the reference, one text gene at a time. */
export async function childGains(
  provider: Provider,
  { proposals, minibatch }: { readonly proposals: number; readonly minibatch: number },
): Promise<readonly ChildGain[]> {
  const random = makeRandom("reflection gains");
  const gains: ChildGain[] = [];
  for (const ids of steps) {
    const parent = ids.reduce(
      (genome: Genome, id) => ({ ...genome, genes: { ...genome.genes, [id]: referenceGenome.genes[id] as never } }),
      seedGenome,
    );
    const before = await measure(provider, parent, "validation");
    for (let i = 0; i < proposals / steps.length; i++) {
      const gain = await childGain(provider, parent, before.score, minibatch, random.fork(`${ids.join()} ${i}`));
      if (gain !== undefined) gains.push({ ...gain, first: ids.length === 0 });
    }
  }
  return gains;
}

async function childGain(
  provider: Provider,
  parent: Genome,
  before: number,
  minibatch: number,
  random: Random,
): Promise<Omit<ChildGain, "first"> | undefined> {
  const reflect = standardOperators.find(({ name }) => name === "reflect");
  const prompts = ["system", "rules", "answer_format"];
  const tools = Object.keys(parent.genes).filter((id) => id.startsWith("tool."));
  const genes = random.next() < 0.6 ? prompts : tools;
  const gene = random.pick(genes);
  const tasks = random.shuffle(trainTasks).slice(0, minibatch);
  const evidence = [];
  for (const task of tasks) evidence.push({ task, rollout: await rollout(provider, programOf(parent), task) });
  const proposal = await reflect?.propose({
    parent,
    gene,
    evidence,
    failedAttempts: [],
    random,
    reflect: (request) =>
      provider.complete({ ...request, model: "simulated", seed: random.fork("reply").int(2 ** 31) }),
  });
  if (proposal?.kind !== "child") return undefined;
  const child = withGene(parent, gene, proposal.changes[gene] ?? "");
  const after = [];
  for (const task of tasks) after.push((await rollout(provider, programOf(child), task)).score);
  const passed = mean(after) > mean(evidence.map((one) => one.rollout.score));
  const { score } = await measure(provider, child, "validation");
  return { gene, hypothesis: proposal.hypothesis, passed, gain: score - before };
}
