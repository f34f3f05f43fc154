import { AlleleError } from "../base/index.ts";
import type { CallCost } from "../evolve/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import { bareGenome } from "../mutate/index.ts";
import { resolveGenome, type NamedGenome } from "./references.ts";
import { describeAgent, seedFromDescription, type SeedInputs } from "./seed-genome.ts";
import type { Workbench } from "./workbench.ts";

/** How a seed is named that a model wrote from a description. */
export const DESCRIBED = "a description";

/** What a run begins with. */
interface Beginning {
  /** Anything that names a genome. */
  readonly genome?: string | undefined;
  /** What the agent is for; a model writes the genome. */
  readonly describe?: string | undefined;
  readonly dataset: string;
}

/** The seed of a run, as far as it is known before anything is paid: of a description the genome around it, without the texts to be written. */
export async function seedInHand(workbench: Workbench, request: Beginning): Promise<NamedGenome> {
  const inputs = described(request);
  if (inputs === undefined) return resolveGenome(workbench, request.genome ?? "");
  return named(bareGenome(await describeAgent(workbench, inputs)));
}

/** The seed of a run and what it took: nothing for a genome that is there, one call of the reflection model for a description. */
export async function beginning(
  workbench: Workbench,
  request: Beginning,
  signal: AbortSignal | undefined,
): Promise<{ readonly seed: NamedGenome; readonly spent: CallCost }> {
  const inputs = described(request);
  if (inputs === undefined) {
    return { seed: resolveGenome(workbench, request.genome ?? ""), spent: { tokens: 0, usd: 0 } };
  }
  const { genome, leftOut, tokens, usd } = await seedFromDescription(workbench, { ...inputs, signal });
  for (const sentence of leftOut) workbench.log("info", sentence);
  return { seed: named(genome), spent: { tokens, usd } };
}

/** Undefined where a genome is named. Throws `no-beginning` where neither is given, `two-beginnings` where both are. */
function described({ genome, describe, dataset }: Beginning): SeedInputs | undefined {
  if (genome !== undefined && describe !== undefined) {
    throw new AlleleError({
      code: "two-beginnings",
      message: "a run begins with a genome or with a description, not with both",
      hint: "Leave out --genome or --describe.",
    });
  }
  if (genome === undefined && describe === undefined) {
    throw new AlleleError({
      code: "no-beginning",
      message: "a run needs something to begin with",
      hint: "Give --genome NAME, or --describe TEXT and a model writes the seed.",
    });
  }
  return describe === undefined ? undefined : { name: nameFrom(dataset), describe, dataset };
}

/** The last word of a dataset's name or path, in kebab case. */
function nameFrom(dataset: string): string {
  const word =
    dataset
      .replace(/\/?(dataset\.ya?ml)?$/, "")
      .split("/")
      .at(-1) ?? "";
  const kebab = word
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return /^[a-z]/.test(kebab) ? kebab : "agent";
}

function named(genome: Genome): NamedGenome {
  return { genome, id: genomeId(genome), label: DESCRIBED };
}
