/** What the engine itself costs: time outside the evaluator and the reflection model, the journal written to a file on disk. Prints Markdown. */
import { mkdtempSync, rmSync, statfsSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { z } from "zod";
import { makeEventBus, makeRandom, systemClock } from "../../src/base/index.ts";
import type { Rollout } from "../../src/evaluate/index.ts";
import { evolve, EvolveOptions, type EvolveInputs, type RunEvent } from "../../src/evolve/index.ts";
import { genomeId } from "../../src/genome/index.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import { openStore } from "../../src/store/index.ts";
import { dataset, estimate, seedGenome } from "../evolve/scripted.ts";

interface Measurement {
  readonly rollouts: number;
  readonly candidates: number;
  readonly iterations: number;
  /** Milliseconds a rollout: as they pass, and of processor time, all threads together. */
  readonly wall: number;
  readonly processor: number;
  /** Milliseconds of processor time an iteration in the first tenth of the search, and in the last. */
  readonly first: number;
  readonly last: number;
  readonly storeBytes: number;
}

/** A moment of a run. */
interface Moment {
  /** Milliseconds that passed while nobody outside worked. */
  readonly wall: number;
  /** Milliseconds of processor time, that of the outside included. */
  readonly used: number;
  /** How often the outside had worked. */
  readonly works: number;
}

/**
 * Time that passes, and processor time that is used, while nobody outside works. What is outside does not wait, so that lanes do not mix. Its own
 * processor time is found by doing it once more in the end: reading that clock around each call would cost more than the call.
 */
function makeStopwatch(): {
  outside<T>(work: () => T): T;
  now(): Moment;
  /** To be asked when all is done. */
  processor(from: Moment, to: Moment): number;
} {
  const used = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const works: (() => unknown)[] = [];
  let wall = 0;
  let since = performance.now();
  return {
    now: () => ({ wall: wall + performance.now() - since, used: used(), works: works.length }),
    processor: (from, to) => {
      const start = used();
      for (const work of works.slice(from.works, to.works)) work();
      return to.used - from.used - (used() - start);
    },
    outside: (work) => {
      wall += performance.now() - since;
      const result = work();
      works.push(work);
      since = performance.now();
      return result;
    },
  };
}

export async function measureEngine(
  rollouts: number,
  validation: number,
  search: Partial<z.input<typeof EvolveOptions>> = {},
): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), "allele-engine-"));
  const store = openStore(join(folder, "allele.db"));
  try {
    store.runs.create({ id: "bench", options: {}, createdAt: systemClock.now() });
    const stopwatch = makeStopwatch();
    const bus = makeEventBus<RunEvent>();
    const marks: Moment[] = [];
    let done = 0;
    bus.subscribe((event) => {
      if (event.type === "rollouts-scored") done += event.spent.rollouts;
      if (event.type === "iteration-finished") marks.push(stopwatch.now());
    });
    const { system } = seedGenome.genes;
    const inputs: EvolveInputs = {
      run: "bench",
      options: EvolveOptions.parse({ budget: { rollouts }, seed: 1, minibatch: 3, genes: 1, race: 0, ...search }),
      seedGenome: { ...seedGenome, genes: system === undefined ? {} : { system } },
      dataset: dataset({ train: 100, validation, test: 50 }),
      identity: {},
      evaluator: {
        evaluate: async (genome, tasks) => stopwatch.outside(() => tasks.map(({ id }) => roll(genomeId(genome), id))),
      },
      operators: standardOperators.filter(({ name }) =>
        ["reflect", "step", "set-step", "strategy-switch", "bootstrap-demos"].includes(name),
      ),
      reflector: {
        provider: { name: "scripted", complete: async () => stopwatch.outside(() => propose(done)) },
        model: "m",
        price: () => 0,
      },
      estimate,
      store,
      clock: systemClock,
      bus,
    };
    const begin = stopwatch.now();
    const result = await evolve(inputs);
    const end = stopwatch.now();
    const tenth = Math.floor(marks.length / 10);
    const each = (from: Moment | undefined, to: Moment | undefined): number =>
      from === undefined || to === undefined ? Number.NaN : stopwatch.processor(from, to) / tenth;
    return {
      rollouts: result.rollouts,
      candidates: result.candidates.length,
      iterations: result.iterations,
      wall: end.wall / result.rollouts,
      processor: stopwatch.processor(begin, end) / result.rollouts,
      first: each(marks[0], marks[tenth]),
      last: each(marks.at(-1 - tenth), marks.at(-1)),
      storeBytes: statSync(join(folder, "allele.db")).size,
    };
  } finally {
    store.close();
    rmSync(folder, { recursive: true });
  }
}

/** Every child is as good as its parent: half of the tasks are solved by chance, so the pool grows as fast as it can. */
function roll(genome: string, task: string): Rollout {
  const usage = { modelCalls: 1, inputTokens: 90, outputTokens: 10, usd: 0, milliseconds: 1 };
  const score = makeRandom(`${genome} ${task}`).int(2);
  const trace = { steps: [], answer: "", stop: "answered" as const, usage };
  return { state: "scored", task, repeat: 0, score, objectives: {}, feedback: ["scored"], usage, trace };
}

function propose(ordinal: number): Awaited<ReturnType<EvolveInputs["reflector"]["provider"]["complete"]>> {
  const value = `Answer the question, variant ${ordinal}. ${"Look at the order first. ".repeat(60)}`;
  const content = JSON.stringify({ diagnosis: "none", hypothesis: `variant ${ordinal}`, value });
  return { content, toolCalls: [], usage: { inputTokens: 500, outputTokens: 400 }, finish: "stop" };
}

interface Case {
  readonly rollouts: number;
  readonly validation: number;
  readonly search?: Partial<z.input<typeof EvolveOptions>>;
}

/** A table, a row for each case, after a run to warm up. */
async function tableOf(cases: readonly Case[]): Promise<readonly string[]> {
  await measureEngine(2000, 50);
  const rows: string[] = [];
  for (const { rollouts, validation, search } of cases) {
    const found = await measureEngine(rollouts, validation, search);
    const cells = [
      found.rollouts.toLocaleString("en"),
      validation,
      found.candidates.toLocaleString("en"),
      found.iterations.toLocaleString("en"),
      found.processor.toFixed(3),
      found.first.toFixed(2),
      found.last.toFixed(2),
      (found.last / found.first).toFixed(2),
      found.wall.toFixed(3),
      (found.storeBytes / 1e6).toFixed(1),
      Math.round(found.storeBytes / found.rollouts).toLocaleString("en"),
    ];
    rows.push(`| ${cells.join(" | ")} |`);
  }
  return [
    "| rollouts | validation tasks | candidates | iterations | ms a rollout, processor | ms an iteration, first tenth | last tenth | last / first | ms a rollout, wall clock | store MB | bytes a rollout |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ];
}

const TMPFS = 0x01021994;
const place = statfsSync(tmpdir()).type === TMPFS ? "held in memory, where no disk is waited for" : "on a disk";

const how = `Time outside the evaluator and the reflection model, the journal written to a file ${place}. Every child is as good as its parent, each task solved by chance, and there is no race, so that the pool grows as fast as it can. Processor time is that of all threads, garbage collection and the system's share included: what the engine itself takes. Its growth is shown by iteration, since an iteration takes fewer rollouts where more is known already. An iteration waits for the disk twice, once for the reply of the reflection model and once for its journal, since both were paid for.`;

/** Runs of different sizes. */
export async function engineBenchmark(): Promise<string> {
  const table = await tableOf([
    { rollouts: 2000, validation: 50 },
    { rollouts: 20_000, validation: 50 },
    { rollouts: 20_000, validation: 160 },
  ]);
  return [
    "# Engine",
    "",
    `${how} Targets at 20,000 rollouts and 300 candidates: at most 0.3 ms a rollout, the end of the run at most 1.3 times its beginning.`,
    "",
    ...table,
  ].join("\n");
}

/** 50,000 rollouts; smaller runs beside them show whether cost and journal grow with the run. */
export async function engine50k(): Promise<string> {
  const sizes = [10_000, 25_000, 50_000];
  const own = await tableOf(sizes.map((rollouts) => ({ rollouts, validation: 50, search: { check: 0 } })));
  const head = await tableOf(sizes.map((rollouts) => ({ rollouts, validation: 50 })));
  return [
    "# Engine at 50,000 rollouts",
    "",
    `${how} Targets: at most 0.1 ms a rollout at 50,000 rollouts, 700 candidates and 50 validation tasks, flat; the journal written once, so that its size a rollout does not grow with the run. The store also holds the candidates' genomes and the replies of the reflection model.`,
    "",
    "**As in the target**: every child that passes its screen is measured on all of validation (`check: 0`, as GEPA searches), 20 rollouts an iteration.",
    "",
    ...own,
    "",
    "**As Allele searches unless told otherwise**: children of the head are only screened, 7 rollouts an iteration, so that a rollout has to bear three times as much of what an iteration costs (one reflection, one child, its checks, two commits), and the pool is three times as large.",
    "",
    ...head,
  ].join("\n");
}

if (import.meta.main) process.stdout.write(`${await engineBenchmark()}\n`);
