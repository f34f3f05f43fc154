import { AlleleError, canonicalJson, contentHash, type Json } from "../base/index.ts";
import { reflectionPrompts } from "../mutate/index.ts";
import type { Engine } from "./engine.ts";
import { ownRuleNames } from "./rules.ts";

/** Everything that decides how a run goes, and nothing else: two runs with the same identity have the same journal. */
export function runIdentity({ inputs }: Engine): { readonly [part: string]: Json } {
  const { options, seedGenome, dataset, operators, reflector, estimate, identity, rules } = inputs;
  const { concurrency: _, ...search } = options;
  return {
    options: search as unknown as Json,
    genome: contentHash(seedGenome.genes),
    dataset: contentHash(dataset.tasks),
    operators: operators.map(({ name }) => name),
    ...ownRuleNames(rules),
    prompts: reflectionPrompts.version,
    reflection: reflector.model,
    estimate: estimate as unknown as Json,
    surroundings: identity,
  };
}

/** Refuses to continue a run with other inputs than it was started with. Throws AlleleError `run-differs`. */
export function requireSameRun(engine: Engine): void {
  const before = partsOf(engine.journal.state.identity);
  const now = partsOf(runIdentity(engine));
  const changed = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (part) => canonicalJson(now[part] ?? null) !== canonicalJson(before[part] ?? null),
  );
  if (changed.length === 0) return;
  throw new AlleleError({
    code: "run-differs",
    message: `the run "${engine.inputs.run}" was started with another ${changed.join(", ")}`,
    hint: "Undo the change to resume it, or start a new run.",
  });
}

/** The parts of an identity by name, those of the surroundings beside the others. */
function partsOf(identity: Json | undefined): { readonly [part: string]: Json } {
  const { surroundings, ...parts } = identity as { readonly [part: string]: Json };
  return { ...parts, ...(surroundings as { readonly [part: string]: Json }) };
}
