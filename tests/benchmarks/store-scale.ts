import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { canonicalJson, contentHash, type ContentHash, type Json } from "../../src/base/index.ts";
import { genomeId, type Genome } from "../../src/genome/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import {
  countRuns,
  listLabels,
  listRuns,
  openWorkbench,
  profileRows,
  reportRun,
  type Workbench,
} from "../../src/workbench/index.ts";
import { EvolveOptions, readRun, type JournalEvent } from "../../src/evolve/index.ts";
import { ModelConfig } from "../../src/providers/index.ts";
import { median } from "./desk-evolve.ts";

const looks = 15;
/** Of a run: 100 tasks of validation and of test each, and candidates with validation scores of their own. */
const tasks = 100;
const rolloutsOfRun = 1000;

/** What a person asks of a store, in process. `fresh` opens the project each time, as a program that is started anew does. */
const questions: Readonly<Record<string, (workbench: Workbench, run: string) => unknown>> = {
  "`runs` (first twenty)": (workbench) => [listRuns(workbench, { limit: 20 }), countRuns(workbench)],
  "`runs --verdict better --sort gain`": (workbench) =>
    listRuns(workbench, { verdict: "better", order: "gain", limit: 20 }),
  "`show RUN`": (workbench, run) => reportRun(workbench, run),
  "first page (runs, profiles, labels)": (workbench) => [
    listRuns(workbench, { limit: 20 }),
    countRuns(workbench),
    profileRows(workbench),
    listLabels(workbench),
  ],
};

/** A store with many runs against one with ten: the same questions, taken in turns. */
export async function storeScale(): Promise<string> {
  const [small, large] = [makeStore(10), makeStore(1000)];
  try {
    const rows = Object.entries(questions).map(([name, ask]) => {
      const times = { small: [] as number[], large: [] as number[] };
      for (let look = 0; look < looks; look++) {
        times.small.push(timeOf(small, ask));
        times.large.push(timeOf(large, ask));
      }
      return [name, median(times.large) / median(times.small)] as const;
    });
    const control = timeOf(large, readAllJournals) / timeOf(small, readAllJournals);
    return [
      "# A large store",
      "How many times as long the same question takes in a store with 1,000 runs and 1,000,000 evaluations as in one with 10 runs and 10,000 evaluations; medians of " +
        `${looks} looks at each, taken in turns, in process, each with the project opened anew (target: at most 3).`,
      [
        "| question | times as long |",
        "| --- | --- |",
        ...rows.map(([name, ratio]) => `| ${name} | ${ratio.toFixed(2)} |`),
        `| control: a list that reads every journal, as \`runs\` once did (one look) | ${control.toFixed(0)} |`,
      ].join("\n"),
      `Runs have ${rolloutsOfRun} evaluations of ${tasks} tasks a split; rollouts are as small as they can be and have no traces, which lie in a table of their own. The first look after runs were made or have moved on sums each of them up once, about as long as one \`show\` a run; it is not counted here.`,
    ].join("\n\n");
  } finally {
    for (const { folder } of [small, large]) rmSync(folder, { recursive: true, force: true });
  }
}

function readAllJournals({ store, clock }: Workbench): unknown {
  return store.runs.list().map(({ id }) => readRun(store, id, clock));
}

interface Made {
  readonly folder: string;
  readonly run: string;
}

function timeOf({ folder, run }: Made, ask: (workbench: Workbench, run: string) => unknown): number {
  const start = process.hrtime.bigint();
  const workbench = opened(folder);
  ask(workbench, run);
  workbench.close();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

function opened(folder: string): Workbench {
  return openWorkbench({ cwd: folder, environment: {}, log: () => {} });
}

/** Writes past the store's own methods, which sync every write to the disk; the forms are the store's. */
function makeStore(runs: number): Made {
  const folder = mkdtempSync(join(tmpdir(), "allele-scale-"));
  const workbench = opened(folder);
  workbench.store.runs.list();
  workbench.close();
  const database = openDatabase(join(folder, "runs/allele.db"));
  database.pragma("synchronous = OFF");
  const insert = {
    run: database.prepare("INSERT INTO runs VALUES (?, 'finished', ?, ?, ?)"),
    stale: database.prepare("INSERT INTO unsummarized_runs VALUES (?)"),
    event: database.prepare("INSERT INTO events VALUES (?, ?, 0, ?)"),
    genome: database.prepare("INSERT INTO genomes VALUES (?, ?, 0) ON CONFLICT DO NOTHING"),
    rollout: database.prepare("INSERT INTO rollouts VALUES (NULL, ?, ?, ?, ?, 0, ?, 0)"),
    opening: database.prepare("INSERT INTO test_openings VALUES (NULL, 'scale', '[]', ?, 0)"),
  };
  database.transaction(() => {
    for (let index = 0; index < runs; index++) {
      const run = `run-${index}`;
      const genomes = Array.from({ length: rolloutsOfRun / tasks }, (_, candidate) => genomeOf(index, candidate));
      const ids = genomes.map(genomeId);
      for (const [position, genome] of genomes.entries())
        insert.genome.run(ids[position], canonicalJson(genome as unknown as Json));
      insert.run.run(run, canonicalJson(optionsOf(ids[0] as ContentHash)), index, index);
      insert.stale.run(run);
      insert.opening.run(run);
      for (const [position, event] of journal(ids, index).entries()) {
        insert.event.run(run, position, canonicalJson(event as unknown as Json));
      }
      for (const [candidate, id] of ids.entries()) {
        for (let task = 0; task < tasks; task++) {
          const key = contentHash(`${index} ${candidate} ${task}`);
          insert.rollout.run(key, id, `validation-${task}`, "validation", rolloutOf((task + candidate) % 2));
        }
      }
    }
  })();
  database.close();
  const again = opened(folder);
  listRuns(again);
  again.close();
  return { folder, run: `run-${Math.floor(runs / 2)}` };
}

function rolloutOf(score: number): string {
  const usage = { modelCalls: 3, inputTokens: 900, outputTokens: 100, usd: 0, milliseconds: 1000 };
  return canonicalJson({ score, objectives: { answer: score }, feedback: ["As it is."], usage });
}

function genomeOf(run: number, candidate: number): Genome {
  const value = `You are clerk ${run}, version ${candidate}.`;
  return { name: `clerk-${run % 20}`, genes: { system: { type: "text", value, max_tokens: 500 } }, parents: [] };
}

function optionsOf(seed: ContentHash): Json {
  const task = ModelConfig.parse({ kind: "simulated" });
  return {
    version: 1,
    seedGenome: seed,
    seedLabel: "clerk",
    dataset: "datasets/scale/dataset.yaml",
    datasetName: "scale",
    testTags: Object.fromEntries(Array.from({ length: tasks }, (_, i) => [`test-${i}`, [`tag-${i % 5}`]])),
    task,
    reflection: task,
    limits: { tokens: 60_000, seconds: 300 },
    evolve: EvolveOptions.parse({ budget: { rollouts: rolloutsOfRun }, seed: 0, concurrency: 8 }),
  } as unknown as Json;
}

/** A run whose candidates all join the pool, and whose last one is better on the test. */
function journal(ids: readonly ContentHash[], seed: number): readonly JournalEvent[] {
  const names = (split: string): readonly string[] => Array.from({ length: tasks }, (_, i) => `${split}-${i}`);
  const scored = (purpose: "seed" | "validation" | "test", genome: ContentHash, share: number): JournalEvent => ({
    type: "rollouts-scored",
    purpose,
    genome,
    tasks: names(purpose === "test" ? "test" : "validation"),
    scores: names("").map((_, i) => ((i * 7 + seed) % tasks < share * tasks ? 1 : 0)),
    spent: { rollouts: tasks, tokens: 1000 * tasks, usd: 0 },
  });
  const [first = "s256:" as ContentHash] = ids;
  const last = ids.at(-1) ?? first;
  const test = (share: number): { n: number; score: number; interval: readonly [number, number] } => ({
    n: tasks,
    score: share,
    interval: [share - 0.1, share + 0.1],
  });
  return [
    { type: "run-started", identity: { surroundings: {} }, genome: first, validation: names("validation") },
    scored("seed", first, 0.4),
    { type: "candidate-accepted", candidate: 0, head: false },
    ...ids.slice(1).flatMap((genome, index): readonly JournalEvent[] => [
      { type: "iteration-started", iteration: index },
      { type: "parent-chosen", parent: index },
      { type: "gene-chosen", parent: index, gene: "system", operator: "reflect" },
      {
        type: "child-proposed",
        genome,
        parents: [index],
        origin: "reflect system",
        hypothesis: "It helps.",
        changes: { system: "You are a clerk." },
      },
      scored("validation", genome, 0.4 + 0.03 * index),
      { type: "candidate-accepted", candidate: index + 1, head: false },
      { type: "iteration-finished", iteration: index },
    ]),
    { type: "run-stopped", reason: "budget-rollouts" },
    { type: "test-opened", genomes: [first, last], tasks },
    scored("test", first, 0.4),
    scored("test", last, 0.6),
    {
      type: "run-finished",
      outcome: {
        winner: last,
        finalist: last,
        seedTest: test(0.4),
        finalistTest: test(0.6),
        difference: 0.2,
        interval: [0.1, 0.3],
        p: 0.001,
        verdict: "better",
      },
    },
  ];
}
