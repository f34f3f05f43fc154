import { makeRandom } from "../../src/base/index.ts";
import { withGene, type Gene, type Genome } from "../../src/genome/index.ts";
import type { Evidence, ProposeRequest } from "../../src/mutate/index.ts";
import { makeSimulatedProvider } from "../../src/providers/index.ts";
import { programOf, referenceGenome, rollout, seedGenome, trainTasks } from "../benchmarks/desk-laboratory.ts";

const provider = makeSimulatedProvider({ seed: 0 });

/** The seed of desk with genes of the types it lacks, and half of the rules it should have. */
export const deskParent: Genome = { ...withGene(seedGenome, "rules", firstRules(5)), parents: [] };

export const moreGenes: Readonly<Record<string, Gene>> = {
  reasoning: { type: "enum", options: ["none", "brief", "full"], value: "none" },
  max_output_tokens: { type: "number", min: 100, max: 8000, value: 1000 },
  parallel_tools: { type: "boolean", value: false },
  labels: { type: "labels", answers: ["positive", "negative"], value: ["positive", "negative"] },
  demos: {
    type: "demos",
    max: 4,
    value: [
      { input: "How many cups are there?", output: "Answer: 9" },
      { input: "What does a spoon cost?", output: "Answer: 2.50" },
    ],
  },
  model: { type: "model", options: ["simulated", "other"], value: "simulated" },
};

/** What the simulated model did with the parent on so many training tasks. */
export async function deskEvidence(tasks: number, parent: Genome = deskParent): Promise<readonly Evidence[]> {
  const evidence: Evidence[] = [];
  for (const task of makeRandom("evidence").shuffle(trainTasks).slice(0, tasks))
    evidence.push({ task, rollout: await rollout(provider, programOf(parent), task) });
  return evidence;
}

/** A request whose reflection model is the simulated one; `calls` counts what it was asked. */
export function deskRequest(
  gene: string,
  seed: number,
  evidence: readonly Evidence[],
  more: Partial<ProposeRequest> = {},
): ProposeRequest & { readonly calls: () => number } {
  let calls = 0;
  return {
    parent: { ...deskParent, genes: { ...deskParent.genes, ...moreGenes } },
    gene,
    evidence,
    failedAttempts: [],
    purpose: "Back-office agent of a small web shop.",
    random: makeRandom(seed),
    reflect: (request) => provider.complete({ ...request, model: "simulated", seed: seed * 100 + calls++ }),
    calls: () => calls,
    ...more,
  };
}

function firstRules(count: number): string[] {
  const gene = referenceGenome.genes["rules"];
  if (gene?.type !== "rules") throw new Error("the reference has no rules");
  return gene.value.slice(0, count);
}
