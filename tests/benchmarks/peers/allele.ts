import { continueRun, startRun } from "../../../src/workbench/index.ts";
import { countUntil } from "./model-server.ts";
import { inProject } from "./project.ts";
import type { Search, SearchRequest } from "./search.ts";
import { tellRun } from "./tell-run.ts";

interface AlleleRequest extends SearchRequest {
  /** Size of the sealed test, which a run of Allele pays for out of its budget: it is given so much more, twice. */
  readonly testTasks: number;
  readonly search?: Readonly<Record<string, unknown>> | undefined;
}

/** Lets Allele search, with its defaults but for the members of `search`. The sealed test that ends a run is in no figure. */
export async function searchWithAllele(request: AlleleRequest): Promise<Search> {
  return inProject(request, async ({ workbench, genome, model }) => {
    const rollouts = request.budget + 2 * request.testTasks;
    const { dataset, seed, concurrency } = request;
    const run = await startRun(workbench, { genome, dataset, rollouts, seed, concurrency });
    await continueRun(workbench, run, {});
    return tellRun(workbench, run, request.genome, (end) => countUntil(model.calls, end));
  });
}
