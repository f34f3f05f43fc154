import type { Clock, ContentHash } from "../../../src/base/index.ts";
import { readRun, type JournalEvent } from "../../../src/evolve/index.ts";
import type { Genome } from "../../../src/genome/index.ts";
import { shrinkScores } from "../../../src/statistics/index.ts";
import type { Store } from "../../../src/store/index.ts";
import type { CallCounts } from "./model-server.ts";
import type { Handed, Search } from "./search.ts";

/** The journal of a run of Allele as a search, up to the sealed test. `count` says which calls had ended by a time of the clock. */
export function tellRun(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  run: string,
  seed: Genome,
  count: (time: number) => CallCounts,
): Search {
  const journal = store.events.list(run).map(({ at, event }) => ({ at, event: event as unknown as JournalEvent }));
  const begin = journal[0]?.at ?? 0;
  const end = journal.find(({ event }) => event.type === "test-opened")?.at ?? Number.POSITIVE_INFINITY;
  const { candidates, outcome, stop } = readRun(store, run, clock);
  const picks: Handed[] = [];
  const pool: ContentHash[] = [];
  const scores: Scores = new Map();
  let rollouts = 0;
  let best: ContentHash | undefined;
  const hand = (id: ContentHash | undefined, at: number): void => {
    const genome = id === undefined ? undefined : store.genomes.get(id);
    if (id === undefined || genome === undefined) return;
    const validation = mean([...(scores.get(id)?.values() ?? [])]);
    picks.push({ seconds: (at - begin) / 1000, rollouts, validation, candidate: changesOf(seed, genome) });
  };
  for (const { at, event } of journal) {
    if (event.type === "rollouts-scored" && event.purpose !== "test") rollouts += event.spent.rollouts;
    if (event.type === "rollouts-scored" && event.purpose === "seed") pool.push(event.genome);
    if (event.type === "candidate-accepted" && event.candidate > 0) {
      const accepted = candidates[event.candidate]?.genome;
      if (accepted !== undefined) pool.push(accepted);
    } else if (!isValidation(event)) continue;
    if (event.type === "rollouts-scored") keep(scores, event);
    const now = mostPromising(pool, scores);
    if (now !== best) hand(now, at);
    best = now;
  }
  hand(outcome?.finalist, end);
  return { picks, rollouts, calls: count(end), seconds: (end - begin) / 1000, ownCount: rollouts, ended: stop ?? "" };
}

type Scored = Extract<JournalEvent, { type: "rollouts-scored" }>;
/** By genome and validation task. */
type Scores = Map<ContentHash, Map<string, number>>;

function isValidation(event: JournalEvent): event is Scored {
  return event.type === "rollouts-scored" && (event.purpose === "seed" || event.purpose === "validation");
}

function keep(scores: Scores, { genome, tasks, scores: found }: Scored): void {
  const known = scores.get(genome) ?? new Map<string, number>();
  for (const [i, task] of tasks.entries()) {
    const score = found[i];
    if (score !== null && score !== undefined) known.set(task, score);
  }
  scores.set(genome, known);
}

/** The member of the pool with the best scores on validation, luck taken off: what a run that is stopped then races first. */
function mostPromising(pool: readonly ContentHash[], scores: Scores): ContentHash | undefined {
  const measured = pool.filter((id) => (scores.get(id)?.size ?? 0) > 0);
  if (measured.length === 0) return undefined;
  const tasks = [...new Set(measured.flatMap((id) => [...(scores.get(id)?.keys() ?? [])]))];
  const { values } = shrinkScores(measured.map((id) => tasks.map((task) => scores.get(id)?.get(task))));
  return measured[values.indexOf(Math.max(...values))];
}

/** The genes of a genome that are not as in the seed. */
function changesOf(seed: Genome, genome: Genome): Handed["candidate"] {
  const changed = Object.entries(genome.genes).filter(
    ([id, { value }]) => JSON.stringify(value) !== JSON.stringify(seed.genes[id]?.value),
  );
  return Object.fromEntries(changed.map(([id, { value }]) => [id, value]));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
