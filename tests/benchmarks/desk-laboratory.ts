import { join } from "node:path";
import { systemClock } from "../../src/base/index.ts";
import { loadDataset, scoreOutcome, tasksOf, type SplitName, type Task } from "../../src/dataset/index.ts";
import { express, loadToolModule, type Scored } from "../../src/evaluate/index.ts";
import { readGenome, type Genome } from "../../src/genome/index.ts";
import type { Provider } from "../../src/providers/index.ts";
import { runAgent, type AgentProgram } from "../../src/runtime/index.ts";

const root = join(import.meta.dirname, "../..");
const dataset = await loadDataset(join(root, "datasets/desk"));
const tools = await loadToolModule(join(root, "datasets/desk/tools.ts"));

export const seedGenome = genomeNamed("desk-seed");
export const referenceGenome = genomeNamed("desk-reference");

export function genomeNamed(name: string): Genome {
  return readGenome(join(root, `genomes/${name}.yaml`));
}

export interface Measured {
  readonly score: number;
  readonly byTag: Readonly<Record<string, number>>;
  readonly scores: readonly number[];
}

/** Runs a genome on every task of a split of desk with the real runtime, without a store. */
export async function measure(
  provider: Provider,
  genome: Genome,
  split: SplitName,
  change: (program: AgentProgram) => AgentProgram = (program) => program,
): Promise<Measured> {
  const program = change(programOf(genome));
  const tasks = tasksOf(dataset, split);
  const scores: number[] = [];
  for (const task of tasks) scores.push((await rollout(provider, program, task)).score);
  const families = [...new Set(tasks.flatMap(({ tags: [family] }) => family ?? []))];
  const byTag = families.map(
    (family) => [family, mean(scores.filter((_, index) => tasks[index]?.tags[0] === family))] as const,
  );
  return { score: mean(scores), byTag: Object.fromEntries(byTag), scores };
}

export function programOf(genome: Genome): AgentProgram {
  return express(genome, tools, { model: "simulated" });
}

export const trainTasks = tasksOf(dataset, "train");

export async function rollout(provider: Provider, program: AgentProgram, task: Task): Promise<Scored> {
  const world = tools.createWorld(task.world);
  try {
    const trace = await runAgent(program, task.input, { provider, world, clock: systemClock, seed: 1 });
    const toolCalls = trace.steps.filter((step) => step.kind === "tool");
    const query = world.query?.bind(world);
    const outcome = { answer: trace.answer, toolCalls, steps: 0, tokens: 0, usd: 0, milliseconds: 0, query };
    const judged = scoreOutcome(task.checks, outcome);
    return { state: "scored", task: task.id, repeat: 0, ...judged, usage: trace.usage, trace };
  } finally {
    world.close?.();
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
