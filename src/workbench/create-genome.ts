import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { AlleleError, parseYaml, readText } from "../base/index.ts";
import { genomeId, writeGenome, type Genome } from "../genome/index.ts";
import { bareGenome } from "../mutate/index.ts";
import { formatCount, formatMoney, shortId } from "../report/index.ts";
import { choosingGenes } from "./choosing-genes.ts";
import { resolveDataset } from "./references.ts";
import { describeAgent, seedFromDescription, type Seeded, type SeedInputs } from "./seed-genome.ts";
import type { Workbench } from "./workbench.ts";

/** What a genome begins with: a description, from which a model writes it, or the prompt of an agent that exists. */
interface CreateInputs extends Omit<SeedInputs, "describe"> {
  readonly describe?: string | undefined;
  /** File with a system prompt, taken as it is. A YAML head between lines of dashes, as skills have one, is not part of the prompt. */
  readonly system?: string | undefined;
}

/** A genome and the file it was written to, relative to the project. */
interface Created extends Seeded {
  readonly file: string;
}

/**
 * Writes a first genome into the project's folder of genomes. Only a description without a prompt asks a model, see seedFromDescription.
 * Throws `genome-exists`, `no-beginning` without either, `empty-prompt`, and what reading the prompt and seedFromDescription throw.
 */
export async function createGenome(workbench: Workbench, inputs: CreateInputs): Promise<Created> {
  const { root, config } = workbench;
  const file = resolve(root, config.genomes, `${inputs.name}.yaml`);
  if (existsSync(file)) {
    throw new AlleleError({
      code: "genome-exists",
      message: `there is a genome ${inputs.name} already`,
      hint: "Choose another name, or delete the file.",
      where: { file },
    });
  }
  const seeded = await begin(workbench, inputs);
  writeGenome(file, seeded.genome);
  return { ...seeded, file: join(config.genomes, `${inputs.name}.yaml`) };
}

async function begin(workbench: Workbench, inputs: CreateInputs): Promise<Seeded> {
  const { describe, system } = inputs;
  if (system !== undefined) {
    const genome = await aroundPrompt(workbench, inputs, resolve(workbench.root, system));
    return { genome, leftOut: [], tokens: 0, usd: 0 };
  }
  if (describe !== undefined) return seedFromDescription(workbench, { ...inputs, describe });
  throw new AlleleError({
    code: "no-beginning",
    message: "a genome needs something to begin with",
    hint: "Give --describe TEXT, or --system FILE with the prompt of an agent that exists.",
  });
}

const Head = z.looseObject({ description: z.string().optional() });

async function aroundPrompt(workbench: Workbench, inputs: CreateInputs, file: string): Promise<Genome> {
  const [, head, body] = /^---\r?\n([^]*?)\r?\n---\r?\n([^]*)$/.exec(readText(file)) ?? [];
  const prompt = (body ?? readText(file)).trim();
  if (prompt === "") {
    throw new AlleleError({
      code: "empty-prompt",
      message: "the file holds no prompt",
      hint: "Give a file with the text that the agent is told.",
      where: { file },
    });
  }
  // The line of dashes counts, so that a mistake is told with its line in the file.
  const told = head === undefined ? undefined : parseYaml(`\n${head}`, Head, file).description;
  const describe = inputs.describe ?? told ?? "";
  const description = await describeAgent(workbench, { ...inputs, describe });
  const genome = bareGenome(description, { system: prompt, rules: [], answer_format: "" });
  // Only a model in this process tells how likely each answer is.
  if (inputs.dataset === undefined || workbench.config.models.task.kind !== "llama") return genome;
  const { tasks } = await resolveDataset(workbench, inputs.dataset);
  return { ...genome, genes: { ...genome.genes, ...choosingGenes(tasks) } };
}

export function createdJson({ genome, file, leftOut, tokens, usd }: Created): Record<string, unknown> {
  return { genome: genomeId(genome), file, genes: Object.keys(genome.genes), left_out: leftOut, tokens, usd };
}

/** What was written and what to type next, a line each. */
export function renderCreated(created: Created, dataset: string | undefined): string {
  const { genome, file, leftOut, tokens, usd } = created;
  const paid = tokens === 0 ? "no model was asked" : `${formatCount(tokens)} tokens, ${formatMoney(usd)}`;
  return [
    `wrote ${file}: ${Object.keys(genome.genes).length} genes, ${shortId(genomeId(genome))}; ${paid}`,
    ...leftOut,
    "",
    "Next:",
    `  allele genome show ${genome.name}`,
    ...(dataset === undefined ? [] : [`  allele evaluate -g ${genome.name} -d ${dataset}`]),
  ].join("\n");
}
