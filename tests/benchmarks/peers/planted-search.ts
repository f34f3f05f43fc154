import { systemClock } from "../../../src/base/index.ts";
import { evolve, EvolveOptions } from "../../../src/evolve/index.ts";
import type { Operator } from "../../../src/mutate/index.ts";
import { candidateGenome } from "../../../src/workbench/candidate.ts";
import { scriptedInputs } from "../../evolve/scripted.ts";
import { reflectOperator } from "../landscape/operators.ts";
import { planted as plantedLandscape } from "../landscape/planted.ts";
import { tellRun } from "./tell-run.ts";
import { worldOf } from "./planted-stage.ts";
import type { Search, SearchRequest } from "./search.ts";
import type { Examiner } from "./sealed.ts";

/** Allele's engine on a landscape, with the operator that the peers' reflection model works by; its calls take as long as theirs. */
export async function searchPlantedWithAllele(
  request: SearchRequest & { readonly search?: Readonly<Record<string, unknown>> | undefined },
): Promise<Search> {
  const { landscape, evaluator } = worldOf(request);
  const { dataset, seedGenome, options } = landscape;
  const { budget, seed, concurrency, latency, search = {} } = request;
  const operator = reflectOperator(options);
  let reflections = 0;
  const counted: Operator = {
    ...operator,
    propose: async (asked) => {
      reflections += 1;
      if (latency !== undefined) await systemClock.sleep(latency.reflection);
      return operator.propose(asked);
    },
  };
  const rollouts = budget + 2 * options.tasks.test;
  const inputs = scriptedInputs({
    clock: systemClock,
    inputs: {
      options: EvolveOptions.parse({ ...search, budget: { rollouts }, seed, concurrency }),
      seedGenome,
      dataset,
      evaluator,
      operators: [counted],
    },
  });
  try {
    await evolve(inputs);
    const calls = { task: evaluator.paid(), reflection: reflections, failed: 0, busy: evaluator.busy() };
    return tellRun(inputs, inputs.run, seedGenome, () => calls);
  } finally {
    inputs.store.close();
  }
}

/** Here the worth of a prompt is known: one figure stands for the sealed test, the true score over 2,000 tasks. */
export function plantedExaminer(seed: number): Examiner {
  const landscape = plantedLandscape(seed);
  return {
    testTasks: 0,
    examine: async (_seed, candidate) => [
      landscape.trueScore(candidateGenome(landscape.seedGenome, candidate as Record<string, string>)),
    ],
    close: () => {},
  };
}
