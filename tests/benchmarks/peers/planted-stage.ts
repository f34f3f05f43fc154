import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/base/index.ts";
import { serveOpenAi } from "../../../src/providers/index.ts";
import { serveService } from "../../../src/workbench/evaluation-server.ts";
import { makeEvaluationService } from "../../../src/workbench/evaluation-service.ts";
import { openWorkbench } from "../../../src/workbench/index.ts";
import { planted as plantedLandscape, type Landscape } from "../landscape/planted.ts";
import { describeComponents } from "./arena.ts";
import { countedModel, countUntil } from "./model-server.ts";
import { plantedReflection, withWorkers, type CountedEvaluator } from "./planted-world.ts";
import type { SearchRequest } from "./search.ts";
import { whileServing, type Stage } from "./stage.ts";

/** Name of the arena in which the worth of every prompt is known; another landscape for each seed. */
export const planted = "planted";

/** The landscape of a seed, and workers that measure genomes on it. */
export function worldOf({ seed, latency, concurrency }: SearchRequest): {
  readonly landscape: Landscape;
  readonly evaluator: CountedEvaluator;
} {
  const landscape = plantedLandscape(seed);
  const workers = { workers: concurrency, latency: latency?.task ?? 0, clock: systemClock };
  return { landscape, evaluator: withWorkers(landscape, workers) };
}

/** A landscape behind the evaluation endpoint, and its reflection model behind the other. */
export async function onPlantedStage<T>(request: SearchRequest, work: (stage: Stage) => Promise<T>): Promise<T> {
  const { landscape, evaluator } = worldOf(request);
  const folder = mkdtempSync(join(tmpdir(), "allele-planted-"));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  const model = countedModel(plantedReflection(landscape), { ...request, clock: systemClock });
  const server = await serveOpenAi(model.provider, { port: 0, clock: systemClock });
  const service = makeEvaluationService({
    workbench,
    laboratory: { dataset: landscape.dataset, tools: undefined, provider: model.provider, evaluator },
    model: workbench.config.models.task,
    seed: landscape.seedGenome,
    allowTest: false,
    log: () => {},
  });
  try {
    return await whileServing(
      (serving) => serveService(service, { ...serving, port: 0, host: "127.0.0.1", clock: systemClock }),
      (evaluation) =>
        work({
          evaluation,
          modelUrl: server.url,
          model,
          components: describeComponents(landscape.seedGenome),
          scratch: folder,
          counts: () => ({
            ...countUntil(model.calls, Number.POSITIVE_INFINITY),
            task: evaluator.paid(),
            busy: evaluator.busy(),
          }),
        }),
    );
  } finally {
    workbench.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
