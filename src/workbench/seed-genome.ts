import { AlleleError } from "../base/index.ts";
import { tasksOf, type Dataset } from "../dataset/index.ts";
import { loadToolModule } from "../evaluate/index.ts";
import { formatGenome, type Genome } from "../genome/index.ts";
import { bareGenome, seedGenome, type AgentDescription } from "../mutate/index.ts";
import { priceOf } from "../providers/index.ts";
import { resolveDataset } from "./references.ts";
import { providerOf, type Workbench } from "./workbench.ts";

export interface SeedInputs {
  /** Kebab-case name of the genome. */
  readonly name: string;
  /** What the agent is for, in the user's words. */
  readonly describe: string;
  /** Its training inputs and its tools are shown to the model. */
  readonly dataset?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A genome that was written from a description, and what that took. */
export interface Seeded {
  readonly genome: Genome;
  /** Parts of the reply that were not taken, one sentence each. */
  readonly leftOut: readonly string[];
  readonly tokens: number;
  readonly usd: number;
}

/**
 * Lets the reflection model write the first genome of an agent from a description: one call, with up to three training inputs and the tools
 * of the dataset. Nothing is kept or written. Throws `empty-description`, `invalid-name`, `unknown-dataset`, `seed-unusable`, and
 * what the model's provider throws.
 */
export async function seedFromDescription(workbench: Workbench, inputs: SeedInputs): Promise<Seeded> {
  if (inputs.describe.trim() === "") {
    throw new AlleleError({
      code: "empty-description",
      message: "the description of the agent is empty",
      hint: "Say in a sentence or two what the agent is for and what a good answer is.",
    });
  }
  const description = await describeAgent(workbench, inputs);
  // What is wrong with the name or the description is said before anything is paid.
  formatGenome(bareGenome(description));
  const { config } = workbench;
  const { task, reflection } = config.models;
  const model = reflection === undefined || typeof reflection === "string" ? task : reflection;
  const provider = providerOf(workbench, model);
  let spent = { tokens: 0, usd: 0 };
  const { genome, leftOut } = await seedGenome(description, async (request) => {
    const reply = await provider.complete({ ...request, model: model.model, seed: 0 }, { signal: inputs.signal });
    const { inputTokens, outputTokens } = reply.usage;
    spent = { tokens: inputTokens + outputTokens, usd: priceOf(model)(model.model, reply.usage) };
    return reply;
  });
  return { genome, leftOut, ...spent };
}

/** The genes that go around the texts of an agent: what a dataset tells of its work and its tools. Throws `unknown-dataset`. */
export async function describeAgent(
  workbench: Workbench,
  { name, describe, dataset: reference }: SeedInputs,
): Promise<AgentDescription> {
  const dataset = reference === undefined ? undefined : await resolveDataset(workbench, reference);
  return {
    name,
    goal: describe.trim(),
    samples: dataset === undefined ? [] : sampleInputs(dataset),
    tools: dataset?.toolModule === undefined ? [] : (await loadToolModule(dataset.toolModule)).tools,
  };
}

const mostSamples = 3;

/** Up to three training inputs, of different kinds where the tags tell kinds apart. */
function sampleInputs(dataset: Dataset): readonly string[] {
  const train = tasksOf(dataset, "train");
  const byKind = Map.groupBy(train, ({ tags }) => tags[0] ?? "");
  const firsts = [...byKind.values()].flatMap((tasks) => tasks.slice(0, 1));
  const others = train.filter((task) => !firsts.includes(task));
  return [...firsts, ...others].slice(0, mostSamples).map(({ input }) => input);
}
