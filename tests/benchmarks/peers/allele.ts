import { readRun, type JournalEvent } from "../../../src/evolve/index.ts";
import type { Genome } from "../../../src/genome/index.ts";
import type { ContentHash } from "../../../src/base/index.ts";
import { continueRun, startRun, type Workbench } from "../../../src/workbench/index.ts";
import { countUntil, type CallCounts } from "./model-server.ts";
import { inProject } from "./project.ts";
import type { Handed, Search, SearchRequest } from "./search.ts";

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

/** The journal of a run as a search, up to the sealed test. `count` says which calls had ended by a time of the clock. */
export function tellRun(
  { store, clock }: Pick<Workbench, "store" | "clock">,
  run: string,
  seed: Genome,
  count: (time: number) => CallCounts,
): Search {
  const journal = store.events.list(run).map(({ at, event }) => ({ at, event: event as unknown as JournalEvent }));
  const begin = journal[0]?.at ?? 0;
  const end = journal.find(({ event }) => event.type === "test-opened")?.at ?? Number.POSITIVE_INFINITY;
  const { candidates, outcome, stop } = readRun(store, run, clock);
  const picks: Handed[] = [];
  let rollouts = 0;
  const hand = (id: ContentHash | undefined, at: number): void => {
    const genome = id === undefined ? undefined : store.genomes.get(id);
    if (genome === undefined) return;
    const validation = candidates.find((one) => one.genome === id)?.validation.score ?? 0;
    picks.push({ seconds: (at - begin) / 1000, rollouts, validation, candidate: changesOf(seed, genome) });
  };
  for (const { at, event } of journal) {
    if (event.type === "rollouts-scored" && event.purpose !== "test") rollouts += event.spent.rollouts;
    if (event.type === "rollouts-scored" && event.purpose === "seed") hand(event.genome, at);
    if (event.type === "incumbent-raced" && event.committed) hand(candidates[event.challenger]?.genome, at);
  }
  hand(outcome?.finalist, end);
  return { picks, rollouts, calls: count(end), seconds: (end - begin) / 1000, ownCount: rollouts, ended: stop ?? "" };
}

/** The genes of a genome that are not as in the seed. */
function changesOf(seed: Genome, genome: Genome): Handed["candidate"] {
  const changed = Object.entries(genome.genes).filter(
    ([id, { value }]) => JSON.stringify(value) !== JSON.stringify(seed.genes[id]?.value),
  );
  return Object.fromEntries(changed.map(([id, { value }]) => [id, value]));
}
