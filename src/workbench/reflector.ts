import type { Genome } from "../genome/index.ts";
import { allOperators, independentOperators, standardOperators, type Operator } from "../mutate/index.ts";
import { priceOf } from "../providers/index.ts";
import { noReflector, type Reflector } from "../evolve/index.ts";
import { filesProposer } from "./proposals/files-proposer.ts";
import type { ReflectionConfig } from "./reflection-config.ts";
import { providerOf, type Workbench } from "./workbench.ts";

/** The operators of a run. Edits from a stock help models that heed wording more than advice: agents that choose among given answers have such. */
export function operatorsFor(reflection: ReflectionConfig, seed: Genome): readonly Operator[] {
  if (reflection === "none") return independentOperators;
  const labelled = Object.values(seed.genes).some(({ type }) => type === "labels");
  return labelled ? allOperators : standardOperators;
}

export interface ReflectorParts {
  /** Where requests and answers lie, with `files`. */
  readonly folder: string;
  readonly tell: (line: string) => void;
  readonly stopRequested: () => boolean;
}

export function reflectorOf(workbench: Workbench, reflection: ReflectionConfig, parts: ReflectorParts): Reflector {
  if (reflection === "files")
    return { provider: filesProposer({ ...parts, clock: workbench.clock }), model: "files", price: () => 0 };
  if (reflection === "none") return noReflector;
  const price = priceOf(reflection);
  return {
    provider: providerOf(workbench, reflection),
    model: reflection.model,
    price: (usage) => price(reflection.model, usage),
  };
}
