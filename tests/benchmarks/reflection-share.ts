import { makeRandom, systemClock, type Random } from "../../src/base/index.ts";
import type { Genome } from "../../src/genome/index.ts";
import { proposeChildren, standardOperators, type Evidence, type Operator } from "../../src/mutate/index.ts";
import { makeSimulatedProvider, serveOpenAi, type Provider } from "../../src/providers/index.ts";
import { wilsonInterval } from "../../src/statistics/index.ts";
import { candidateGenome } from "../../src/workbench/candidate.ts";
import { toTextForm } from "../../src/workbench/gene-text-form.ts";
import { traceText } from "../../src/workbench/trace-text.ts";
import { programOf, rollout, trainTasks } from "./desk-laboratory.ts";
import { margin, mistakes, parentOf, parents } from "./mistakes.ts";
import { describeComponents } from "./peers/arena.ts";
import { installPeers } from "./peers/install.ts";
import { countedModel } from "./peers/model-server.ts";
import { missing, optimizers } from "./peers/optimizers.ts";
import { rewriteWithPeer, type Case } from "./peers/peer.ts";

/** Training tasks that every proposal is made from: as many as fit all optimizers. */
const shown = 6;

/** A parent, a gene of it and what the parent did on some tasks. */
interface Situation {
  readonly parent: Genome;
  readonly gene: string;
  readonly evidence: readonly Evidence[];
  readonly random: Random;
}

/** What became of the proposals of one form of request. */
interface Share {
  readonly form: string;
  /** Expected mistakes, parent minus child, one for each child. */
  readonly gains: readonly number[];
  /** Proposals that could not be children. */
  readonly refused: number;
}

/** How often an edit truly mends something, by the form in which it is asked for: the same parents, genes and evidence for all. */
export async function reflectionShare(count = 200): Promise<string> {
  const situations = await Promise.all(Array.from({ length: count }, (_, i) => situation(i)));
  const model = countedModel(makeSimulatedProvider({ seed: 0 }), { seed: 0, clock: systemClock });
  const shares = [
    await shareOfOperator("reflect", situations, model.provider),
    await shareOfOperator("diagnose", situations, model.provider),
  ];
  const left: string[] = [];
  const installed = installPeers();
  const server = await serveOpenAi(model.provider, { port: 0, clock: systemClock });
  try {
    for (const optimizer of optimizers.filter(({ name, driver }) => driver !== undefined && name !== "gepa-parallel")) {
      const reason = missing(optimizer, installed);
      if (reason !== undefined || optimizer.driver === undefined) left.push(`${optimizer.title}: ${reason}`);
      else {
        const cases = situations.map(caseOf);
        const components = describeComponents(situations[0]?.parent ?? parentOf([]));
        const texts = await rewriteWithPeer({ cases, components, modelUrl: server.url }, optimizer.driver);
        shares.push(shareOfTexts(optimizer.title, situations, texts));
      }
    }
  } finally {
    await server.close();
  }
  return [
    `${count} situations on desk: one of four parents between the seed and the reference, one gene of type text, rules or tool, ${shown} training tasks. Useful is an edit with which the sum of the probabilities of all mistakes falls by more than ${margin}, harmful one with which it rises by so much. Intervals are 95 % (Wilson). \`diagnose\` sees all genes and chooses which one to change, several times in one reply; the others are told which.`,
    table(shares),
    ...left.map((line) => `Left out: ${line}.`),
  ].join("\n\n");
}

async function situation(index: number): Promise<Situation> {
  const random = makeRandom(`reflection share ${index}`);
  const parent = parentOf(parents[index % parents.length] ?? []);
  const provider = makeSimulatedProvider({ seed: 0 });
  const ids = Object.keys(describeComponents(parent));
  const tools = ids.filter((id) => id.startsWith("tool."));
  const gene = random.pick(random.next() < 0.6 ? ids.filter((id) => !tools.includes(id)) : tools);
  const evidence: Evidence[] = [];
  for (const task of random.shuffle(trainTasks).slice(0, shown))
    evidence.push({ task, rollout: await rollout(provider, programOf(parent), task) });
  return { parent, gene, evidence, random };
}

async function shareOfOperator(name: string, situations: readonly Situation[], provider: Provider): Promise<Share> {
  const operator = standardOperators.find((one) => one.name === name) as Operator;
  const gains: number[] = [];
  let refused = 0;
  for (const { parent, gene, evidence, random } of situations) {
    const request = {
      parent,
      gene: operator.scope === "genome" ? "" : gene,
      evidence,
      failedAttempts: [],
      random: random.fork(name),
      purpose: "Back-office agent of a small web shop.",
      reflect: (asked: Omit<Parameters<Provider["complete"]>[0], "model">) =>
        provider.complete({ ...asked, model: "reflection" }),
    };
    const results = await proposeChildren(operator, request, { isKnown: () => false, findCopied: () => undefined });
    for (const result of results) {
      if (result.kind === "child") gains.push(mistakes(parent) - mistakes(result.genome));
      else refused += 1;
    }
  }
  return { form: `Allele, \`${name}\``, gains, refused };
}

function caseOf({ parent, gene, evidence }: Situation): Case {
  const value = parent.genes[gene];
  if (value === undefined) throw new Error(`no gene ${gene}`);
  const examples = evidence.flatMap(({ task, rollout: seen }) => {
    if (seen.state !== "scored") return [];
    const { score, feedback, trace } = seen;
    return [
      {
        id: task.id,
        task: task.id,
        input: task.input,
        score,
        feedback,
        answer: trace.answer,
        trace: traceText(task.input, trace),
      },
    ];
  });
  return { component: gene, current: toTextForm(gene, value), examples };
}

/** A text that is the old one or makes no genome is a refused proposal, as it is one of ours. */
function shareOfTexts(form: string, situations: readonly Situation[], texts: readonly string[]): Share {
  const children = situations.flatMap(({ parent, gene }, i) => {
    try {
      const child = candidateGenome(parent, { [gene]: texts[i] ?? "" });
      return child === parent ? [] : [{ parent, child }];
    } catch {
      return [];
    }
  });
  const gains = children.map(({ parent, child }) => mistakes(parent) - mistakes(child));
  return { form, gains, refused: situations.length - children.length };
}

function table(shares: readonly Share[]): string {
  const rows = shares.map(({ form, gains, refused }) => {
    const useful = gains.filter((gain) => gain > margin).length;
    const harmful = gains.filter((gain) => gain < -margin).length;
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / Math.max(1, gains.length);
    return `| ${[form, gains.length, refused, withInterval(useful, gains.length), withInterval(harmful, gains.length), mean.toFixed(3)].join(" | ")} |`;
  });
  return [
    "| asked by | edits | refused | useful | harmful | mistakes mended, mean |",
    "| --- | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

function withInterval(hits: number, count: number): string {
  if (count === 0) return "";
  const [low, high] = wilsonInterval(hits, count);
  return `${(hits / count).toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}]`;
}

if (import.meta.main) console.log(await reflectionShare(Number(process.argv[2] ?? 200)));
