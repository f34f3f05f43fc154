import { makeRandom, type Random } from "../../src/base/index.ts";
import { withGene, type Genome } from "../../src/genome/index.ts";
import {
  copiedTextCheck,
  joinChanges,
  proposeChildren,
  standardOperators,
  type Changes,
  type CheckedProposal,
  type Evidence,
  type Operator,
} from "../../src/mutate/index.ts";
import { makeSimulatedProvider } from "../../src/providers/index.ts";
import { mean, programOf, rollout, seedGenome, trainTasks } from "./desk-laboratory.ts";
import { margin, mistakes, parentOf, parents } from "./mistakes.ts";

interface OperatorGains {
  readonly operator: string;
  readonly calls: number;
  readonly refused: number;
  /** Expected mistakes, parent minus child, one a child. */
  readonly gains: readonly number[];
  /** The same for all children of one call joined. */
  readonly joined: readonly number[];
  /** Shown tasks that a child named, and how many of them got better. */
  readonly flips: { readonly named: number; readonly better: number; readonly base: number };
}

/** Lets an operator propose children of parents between the seed and the reference of desk, and counts the mistakes that the simulated model is inclined to with each. */
export async function operatorGains(operator: Operator, trials: number, shown: number): Promise<OperatorGains> {
  const random = makeRandom(`operator gains ${operator.name}`);
  const gains: number[] = [];
  const joined: number[] = [];
  const flips = { named: 0, better: 0, base: 0 };
  let [calls, refused] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const draws = random.fork(`${trial}`);
    const provider = makeSimulatedProvider({ seed: trial % 4 });
    const parent = parentOf(parents[trial % parents.length] ?? []);
    const before = mistakes(parent);
    const evidence: Evidence[] = [];
    for (const task of draws.shuffle(trainTasks).slice(0, shown))
      evidence.push({ task, rollout: await rollout(provider, programOf(parent), task) });
    const results = await proposeChildren(
      operator,
      requestFor(operator, parent, evidence, draws, provider, () => calls++),
      {
        isKnown: () => false,
        findCopied: copiedTextCheck(evidence.map(({ task }) => task.input)),
      },
    );
    const children = results.filter((result) => result.kind === "child");
    refused += results.length - children.length;
    for (const child of children) {
      gains.push(before - mistakes(child.genome));
      await countFlips(provider, child, evidence, flips);
    }
    if (children.length < 2) continue;
    const together = applied(
      parent,
      joinChanges(
        parent,
        children.map(({ changes }) => changes),
      ),
    );
    joined.push(before - mistakes(together));
  }
  return { operator: operator.name, calls, refused, gains, joined, flips };
}

type Provider = ReturnType<typeof makeSimulatedProvider>;

function requestFor(
  operator: Operator,
  parent: Genome,
  evidence: readonly Evidence[],
  random: Random,
  provider: Provider,
  count: () => void,
) {
  const genes = Object.entries(parent.genes).flatMap(([id, gene]) =>
    gene.evolvable !== false && operator.applies(gene) && (gene.type !== "tool" || random.next() < 0.2) ? [id] : [],
  );
  const sample = random.fork("reply").int(2 ** 30);
  return {
    parent,
    gene: operator.scope === "genome" || genes.length === 0 ? "" : random.pick(genes),
    evidence,
    failedAttempts: [],
    random,
    purpose: "Back-office agent of a small web shop.",
    pool: [
      { genome: seedGenome, mean: 0.3 },
      { genome: parentOf(["answer_format", "tool.calculate"]), mean: 0.4 },
    ],
    reflect: (request: Parameters<Provider["complete"]>[0] extends infer R ? Omit<R, "model"> : never) => {
      count();
      return provider.complete({ ...request, model: "simulated", seed: sample } as Parameters<Provider["complete"]>[0]);
    },
  };
}

async function countFlips(
  provider: Provider,
  child: Extract<CheckedProposal, { kind: "child" }>,
  evidence: readonly Evidence[],
  flips: { named: number; better: number; base: number },
): Promise<void> {
  const shown = evidence.filter(({ rollout: before }) => before.state === "scored" && before.score < 1);
  for (const { task, rollout: before } of shown) {
    if (child.flips.length === 0 || before.state !== "scored") continue;
    const better = (await rollout(provider, programOf(child.genome), task)).score > before.score;
    if (child.flips.includes(task.id)) {
      flips.named++;
      if (better) flips.better++;
    } else if (better) flips.base++;
  }
}

function applied(parent: Genome, changes: Changes): Genome {
  return Object.entries(changes).reduce((genome, [id, value]) => withGene(genome, id, value), parent);
}

function line({ operator, calls, refused, gains, joined, flips }: OperatorGains): string {
  const share = (holds: (gain: number) => boolean): string =>
    `${((100 * gains.filter(holds).length) / Math.max(1, gains.length)).toFixed(0)} %`;
  const told = flips.named === 0 ? "-" : `${flips.better}/${flips.named}`;
  const cells = [
    operator,
    calls,
    gains.length,
    refused,
    share((gain) => gain > margin),
    share((gain) => gain < -margin),
    mean(gains).toFixed(3),
    joined.length === 0 ? "-" : `${mean(joined).toFixed(3)} (n ${joined.length})`,
    told,
  ];
  return `| ${cells.join(" | ")} |`;
}

if (import.meta.main) {
  const [trials = "40", shown = "24", only = ""] = process.argv.slice(2);
  console.log(
    "| operator | calls | children | refused | better | worse | mistakes mended | joined | named tasks that got better |",
  );
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const operator of standardOperators.filter(({ name }) => name.includes(only)))
    console.log(line(await operatorGains(operator, Number(trials), Number(shown))));
}
