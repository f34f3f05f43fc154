import type { Genome } from "../../src/genome/index.ts";
import { disposition } from "../../src/providers/simulated/mind.ts";
import { defaultParameters } from "../../src/providers/simulated/parameters.ts";
import { readPrompt } from "../../src/providers/simulated/reading/reading.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";
import { programOf, referenceGenome, seedGenome } from "./desk-laboratory.ts";

/** Genes of the reference that a parent has already. */
export const parents = [[], ["rules"], ["rules", "plan"], ["system", "answer_format", "plan", "tool.order_search"]];
/** Expected mistakes, parent minus child, that count as better or worse: the weakest remedy is worth 0.05. */
export const margin = 0.03;

/** Sum over all habits of the probability that it bites: what the prompt is worth, without the luck of single tasks. */
export function mistakes(genome: Genome): number {
  const { system, tools, demos, strategy } = programOf(genome);
  const definitions = tools.map(({ name, description }) => ({ name, description, parameters: {} }));
  const reading = readPrompt(system, definitions, demos, defaultParameters.attention);
  const plan = strategy.kind === "plan" ? new Map() : undefined;
  const odds = habitNames.map(
    (habit) => disposition({ parameters: defaultParameters, reading, plan }, habit, "").probability,
  );
  return odds.reduce((sum, probability) => sum + probability, 0);
}

export function parentOf(ids: readonly string[]): Genome {
  return ids.reduce(
    (genome: Genome, id) => ({ ...genome, genes: { ...genome.genes, [id]: referenceGenome.genes[id] as never } }),
    seedGenome,
  );
}
