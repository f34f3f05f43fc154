import { makeRandom, type ContentHash, type Json } from "../../src/base/index.ts";
import type { JournalEvent, RunEvent } from "../../src/evolve/index.ts";
import { genomeId, withGene, type Genome } from "../../src/genome/index.ts";
import { openWorkbench } from "../../src/workbench/index.ts";
import { startHeartbeat } from "../../src/workbench/heartbeat.ts";
import { runOf } from "../../src/workbench/run-options.ts";

/** What the benchmark asks of this process: so many events more, at this pace. */
export interface Asked {
  readonly events: number;
  readonly perSecond: number;
}

/** When the run had so many rollouts behind it, in milliseconds since the epoch, one a rollout. */
export interface Told {
  readonly rollouts: number;
  readonly at: readonly number[];
  readonly seconds: number;
}

/** Milliseconds between two portions of events. */
const beat = 5;
const validationTasks = 120;
/** Every so many iterations a child takes its place in the pool. */
const joinEvery = 5;

const [folder = "", run = ""] = process.argv.slice(2);
const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
const { options } = runOf(workbench, run);
const { store } = workbench;
// Held on to: a lock that nobody refers to is let go of with its handle.
process.once("exit", store.runs.lock(run));
store.runs.setStatus(run, "running", Date.now());
const heartbeat = startHeartbeat(workbench, run, options);
const stream = eventsOf(store.genomes.get(options.seedGenome as ContentHash) as Genome);
let index = store.events.list(run).length;
let rollouts = 0;

process.on("message", (asked: Asked) => void hear(asked));

/** Events are told and journalled as the engine does it, in portions, so that the pace is kept on the whole. */
async function hear({ events, perSecond }: Asked): Promise<void> {
  const began = performance.now();
  const at: number[] = [];
  const first = rollouts + 1;
  for (let told = 0; told < events;) {
    const due = Math.min(events, Math.floor(((performance.now() - began) / 1000) * perSecond));
    for (; told < due; told++) {
      const { value: event } = stream.next();
      if (event === undefined) break;
      tell(event);
      if (event.type === "rollout-finished") {
        rollouts += 1;
        at.push(Date.now());
      }
    }
    await new Promise((done) => setTimeout(done, beat));
  }
  process.send?.({ rollouts: first, at, seconds: (performance.now() - began) / 1000 } satisfies Told);
}

function tell(event: RunEvent): void {
  if (event.type !== "batch-started" && event.type !== "rollout-finished") {
    store.events.append(run, [{ index, at: Date.now(), event: event as unknown as Json }]);
    index += 1;
  }
  heartbeat.hear(event);
}

/** A run without end: children of chance, most of which leave after their screen. */
function* eventsOf(seed: Genome): Generator<RunEvent, undefined> {
  const random = makeRandom("live page");
  const train = Array.from({ length: 60 }, (_, task) => `train-${task}`);
  const validation = Array.from({ length: validationTasks }, (_, task) => `validation-${task}`);
  const pool = [genomeId(seed)];
  let best = seed;
  yield* batch(0, "seed", genomeId(seed), validation);
  yield { type: "candidate-accepted", candidate: 0, head: false };
  for (let iteration = 0; ; iteration++) {
    const [parent, operator] = [pool.length - 1, ["diagnose", "reflect", "compress"][iteration % 3] ?? "reflect"];
    const shown = [0, 1, 2].map((task) => train[(iteration * 3 + task) % train.length] ?? "");
    yield { type: "iteration-started", iteration };
    yield { type: "parent-chosen", parent };
    yield* batch(iteration + 1, "evidence", pool[parent] ?? genomeId(seed), shown);
    yield { type: "gene-chosen", parent, gene: "system", operator };
    yield { type: "reflection-answered", spent: { rollouts: 0, tokens: 3000, usd: 0.01 } };
    const value = `You are a helpful assistant. Step ${iteration}: look it up before you answer.`;
    const child = withGene(best, "system", value, [pool[parent] ?? genomeId(seed)]);
    const genome = genomeId(child);
    yield {
      type: "child-proposed",
      genome,
      parents: [parent],
      origin: `${operator} system`,
      hypothesis: `step ${iteration} mends what is left`,
      changes: { system: value },
    };
    yield* batch(iteration + 1, "screen", genome, shown);
    if (iteration % joinEvery === 0) {
      store.genomes.put(genome, child, Date.now());
      yield* batch(iteration + 1, "validation", genome, validation);
      pool.push(genome);
      best = child;
      yield { type: "candidate-accepted", candidate: pool.length - 1, head: false };
    } else yield { type: "child-rejected", before: 2, after: 1, tasks: shown.length };
    yield { type: "iteration-finished", iteration };
  }

  function* batch(
    iteration: number,
    purpose: Extract<JournalEvent, { type: "rollouts-scored" }>["purpose"],
    genome: ContentHash,
    tasks: readonly string[],
  ): Generator<RunEvent> {
    const scores = tasks.map(() => (random.next() < 0.5 ? 0 : 1));
    yield { type: "batch-started", iteration, purpose, genome, tasks: tasks.length };
    for (const [position, task] of tasks.entries()) {
      const score = scores[position];
      yield {
        type: "rollout-finished",
        iteration,
        purpose,
        genome,
        task,
        score,
        reused: false,
        tokens: 900,
        usd: 0.002,
      };
    }
    const spent = { rollouts: tasks.length, tokens: 900 * tasks.length, usd: 0.002 * tasks.length };
    yield { type: "rollouts-scored", purpose, genome, tasks, scores, spent };
  }
}
