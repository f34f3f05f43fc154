/**
 * What the engine itself costs: time outside the evaluator and the reflection model, the journal written to a file on disk.
 * Prints Markdown. Targets: 20,000 rollouts and 300 candidates at no more than 0.3 ms a rollout, the last thousand at no more
 * than 1.3 times the first thousand.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
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
  readonly milliseconds: number;
  /** Milliseconds a rollout: over all, the first thousand and the last thousand. */
  readonly each: number;
  readonly first: number;
  readonly last: number;
  readonly journalBytes: number;
  /** Milliseconds of processor time a rollout, all threads together. */
  readonly processor: number;
}

/**
 * Time that passes, and processor time that is used, while nobody outside works; in milliseconds. What is outside does not wait, so that lanes
 * do not mix. Its own processor time is found by doing it all once more in the end: reading that clock around each call would cost more than the call.
 */
function makeStopwatch(): {
  outside<T>(work: () => T): T;
  elapsed(): number;
  processor(): number;
} {
  const used = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const works: (() => unknown)[] = [];
  let wall = 0;
  let since = performance.now();
  const usedBefore = used();
  return {
    elapsed: () => wall + performance.now() - since,
    processor: () => {
      const all = used() - usedBefore;
      const start = used();
      for (const work of works) work();
      return all - (used() - start);
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
    const marks: { rollouts: number; at: number }[] = [];
    let done = 0;
    bus.subscribe((event) => {
      if (event.type === "rollouts-scored") done += event.spent.rollouts;
      if (event.type === "iteration-finished") marks.push({ rollouts: done, at: stopwatch.elapsed() });
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
    const result = await evolve(inputs);
    const start = marks[0] ?? { rollouts: 0, at: 0 };
    const end = marks.at(-1) ?? start;
    const at = (count: number) => marks.find((mark) => mark.rollouts >= count) ?? end;
    const rate = (from: typeof start, to: typeof start): number => (to.at - from.at) / (to.rollouts - from.rollouts);
    const milliseconds = stopwatch.elapsed();
    return {
      rollouts: result.rollouts,
      candidates: result.candidates.length,
      iterations: result.iterations,
      milliseconds,
      each: milliseconds / result.rollouts,
      first: rate(start, at(start.rollouts + 1000)),
      last: rate(at(end.rollouts - 1000), end),
      processor: stopwatch.processor() / result.rollouts,
      journalBytes: statSync(join(folder, "allele.db")).size,
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

/** A table of runs of different sizes. */
export async function engineBenchmark(): Promise<string> {
  await measureEngine(2000, 50);
  const rows: string[] = [];
  for (const [rollouts, validation] of [
    [2000, 50],
    [20_000, 50],
    [20_000, 160],
  ] as const) {
    const found = await measureEngine(rollouts, validation);
    const cells = [
      found.rollouts.toLocaleString("en"),
      validation,
      found.candidates,
      found.iterations.toLocaleString("en"),
      found.each.toFixed(3),
      found.first.toFixed(3),
      found.last.toFixed(3),
      (found.last / found.first).toFixed(2),
      (found.journalBytes / 1e6).toFixed(1),
    ];
    rows.push(`| ${cells.join(" | ")} |`);
  }
  return [
    "# Engine",
    "",
    "Time outside the evaluator and the reflection model, the journal written to a file. Every child is measured on all of validation (no race), so that the pool grows large. Targets at 20,000 rollouts and 300 candidates: at most 0.3 ms a rollout, the last thousand at most 1.3 times the first thousand.",
    "",
    "| rollouts | validation tasks | candidates | iterations | ms a rollout | first 1,000 | last 1,000 | last / first | store MB |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

/** 50,000 rollouts with a pool of some 700 candidates; smaller runs beside it show whether cost and journal grow with the run. */
export async function engine50k(): Promise<string> {
  await measureEngine(2000, 50);
  const rows: string[] = [];
  for (const rollouts of [10_000, 25_000, 50_000]) {
    const found = await measureEngine(rollouts, 50);
    const cells = [
      found.rollouts.toLocaleString("en"),
      found.candidates,
      found.each.toFixed(3),
      found.processor.toFixed(3),
      found.first.toFixed(3),
      found.last.toFixed(3),
      (found.last / found.first).toFixed(2),
      (found.journalBytes / 1e6).toFixed(1),
      Math.round(found.journalBytes / found.rollouts),
    ];
    rows.push(`| ${cells.join(" | ")} |`);
  }
  return [
    "# Engine at 50,000 rollouts",
    "",
    "As in the page on the engine: time outside the evaluator and the reflection model, 50 validation tasks, no race. Targets: at most 0.1 ms a rollout, flat; the journal written once, so that its size a rollout does not grow with the run. Wall clock is for the most part waiting for the disk: an iteration syncs twice, once for the reply of the reflection model and once for its journal, since both were paid for. Processor time (all threads, garbage collection and the system's share too) is what the engine itself takes. The store also holds the candidates' genomes and the replies of the reflection model.",
    "",
    "| rollouts | candidates | ms a rollout | of processor time | first 1,000 | last 1,000 | last / first | store MB | bytes a rollout |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows,
  ].join("\n");
}

if (import.meta.main) process.stdout.write(`${await engineBenchmark()}\n`);
