import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  AlleleError,
  canonicalJson,
  contentHash,
  didYouMean,
  messageOf,
  type ContentHash,
  type Json,
} from "../base/index.ts";
import { loadDataset, type Dataset } from "../dataset/index.ts";
import { historyOf, type RunHistory } from "../evolve/index.ts";
import { activeGenes, type Genome } from "../genome/index.ts";
import { modelIdentity } from "../providers/index.ts";
import {
  markFront,
  runVerdict,
  taskMatrix,
  type Estimate,
  type FrontPoint,
  type RunReport,
  type RunView,
  type TaskMatrix,
} from "../report/index.ts";
import { mean, scoreInterval } from "../statistics/index.ts";
import { journalReadOnce } from "./journal-read-once.ts";
import { lineageOf } from "./lineage.ts";
import { makeTraceReader, type RolloutsOf } from "./run-traces.ts";
import { reportRun } from "./reporting.ts";
import { reflectionIdentity } from "./reflection-config.ts";
import { runOf, type RunOptions } from "./run-options.ts";
import { DESCRIBED } from "./run-seed.ts";
import { shellWord } from "./shell-word.ts";
import type { Workbench } from "./workbench.ts";

interface ViewOptions {
  /** Tasks whose traces are shown; those that tell the most where none are named. */
  readonly tasks?: readonly string[] | undefined;
}

/**
 * Everything there is to show of a run, whatever its state. Reads the store, and the dataset where it is still there.
 * Throws `unknown-run`, `run-options`, or `unknown-task` when a task was asked for that the run did not measure.
 */
export async function viewRun(workbench: Workbench, run: string, wanted: ViewOptions = {}): Promise<RunView> {
  const store = journalReadOnce(workbench.store);
  const { record, options } = runOf(workbench, run);
  const report = reportRun({ ...workbench, store }, run);
  const history = historyOf(store.events.list(run));
  const { dataset, note } = await datasetIfThere(workbench, options, history);
  const rollouts = rolloutsReader(workbench);
  const matrix = matrixOf(report, history, rollouts, dataset, options);
  const read = makeTraceReader(workbench, history, rollouts);
  const inputs = new Map(dataset?.tasks.map(({ id, input }) => [id, input]));
  const finalist = report.finalist === report.seed.genome ? undefined : report.finalist;
  const tasks = chosenTasks(matrix, wanted.tasks, run);
  return {
    ...report,
    sentence: runVerdict(report),
    asked: {
      seedLabel: options.seedLabel,
      datasetFile: options.dataset,
      purpose: dataset?.description,
      tasks: {
        train: countOf(matrix, dataset, "train"),
        validation: countOf(matrix, dataset, "validation"),
        test: Object.keys(options.testTags).length,
      },
      budget: definedOf(options.evolve.budget),
      taskModel: modelIdentity(options.task),
      reflectionModel: reflectionIdentity(options.reflection),
      started: new Date(record.createdAt).toISOString(),
      updated: new Date(record.updatedAt).toISOString(),
    },
    finalistTest: finalist === undefined ? undefined : testOf(history, finalist),
    progress: { joined: history.joined, incumbents: history.incumbents },
    front: frontOf(workbench, report, history),
    lineage: lineageOf(history.attempts),
    matrix,
    traces: tasks.map((task) => read(task, inputs.get(task), report.seed.genome, finalist)),
    openings: store.testOpenings.list(options.datasetName).map(({ at, purpose, genomes }) => ({
      at: new Date(at).toISOString(),
      purpose,
      genomes,
    })),
    reproduction: { command: commandOf(options), identity: history.identity },
    notes: [...statusNotes(report), ...note],
  };
}

/** Records of rollouts by genome, each genome read once. */
function rolloutsReader({ store }: Workbench): RolloutsOf {
  const known = new Map<ContentHash, ReturnType<RolloutsOf>>();
  return (genome) => {
    const found = known.get(genome) ?? store.rollouts.listByGenome(genome);
    known.set(genome, found);
    return found;
  };
}

async function datasetIfThere(
  workbench: Workbench,
  options: RunOptions,
  history: RunHistory,
): Promise<{ readonly dataset: Dataset | undefined; readonly note: readonly string[] }> {
  const file = resolve(workbench.root, options.dataset);
  const missing = (why: string): { dataset: undefined; note: readonly string[] } => ({
    dataset: undefined,
    note: [
      `The dataset ${options.datasetName} ${why}: what its tasks ask, and the tags of all but the sealed ones, are not shown.`,
    ],
  });
  if (!existsSync(file)) return missing("is gone");
  try {
    const dataset = await loadDataset(file);
    const before = (history.identity as { readonly dataset?: Json } | null)?.dataset;
    const isSame = before === undefined || before === contentHash(dataset.tasks);
    return {
      dataset,
      note: isSame ? [] : [`The dataset ${dataset.name} was changed after the run: tasks may read differently now.`],
    };
  } catch (error) {
    if (error instanceof AlleleError) return missing(`cannot be read (${messageOf(error)})`);
    throw error;
  }
}

function matrixOf(
  report: RunReport,
  { measured }: RunHistory,
  rolloutsOf: RolloutsOf,
  dataset: Dataset | undefined,
  options: RunOptions,
): TaskMatrix {
  const tags = new Map(dataset?.tasks.map((task) => [task.id, task.tags]));
  const none = new Map<string, number | null>();
  const finalist = report.candidates.findIndex(({ genome }) => genome === report.finalist);
  const genomes = new Set([report.seed.genome, report.finalist]);
  return taskMatrix({
    candidates: report.candidates.map(
      ({ genome }) => measured.get(genome as ContentHash) ?? { train: none, validation: none, test: none },
    ),
    finalist: finalist > 0 ? finalist : undefined,
    tagsOf: (task) => options.testTags[task] ?? tags.get(task) ?? [],
    repeats: repeatsOf([...genomes].map((genome) => rolloutsOf(genome as ContentHash))),
  });
}

/** Scores of the repeats of a task, by task, one list a genome. Where a repeat was scored twice, the surroundings differed: no repeats. */
function repeatsOf(genomes: readonly ReturnType<RolloutsOf>[]): ReadonlyMap<string, readonly (readonly number[])[]> {
  const found = new Map<string, number[][]>();
  for (const records of genomes) {
    for (const [task, group] of Map.groupBy(records, (record) => record.task)) {
      const isPlain = new Set(group.map(({ repeat }) => repeat)).size === group.length;
      if (!isPlain || group.length < 2) continue;
      const scores = group.map(({ rollout }) => (rollout as unknown as { readonly score: number }).score);
      found.set(task, [...(found.get(task) ?? []), scores]);
    }
  }
  return found;
}

function frontOf({ store }: Workbench, report: RunReport, { measured }: RunHistory): readonly FrontPoint[] {
  const points = report.candidates
    .filter(({ validation }) => validation.n > 0)
    .map(({ index, genome, validation }) => {
      const found = store.genomes.get(genome as ContentHash);
      const known = measured.get(genome as ContentHash);
      const { rollouts, tokens, usd } = known?.spent ?? { rollouts: 0, tokens: 0, usd: 0 };
      const each = Math.max(1, rollouts);
      return {
        candidate: index,
        ...validation,
        interval: scoreInterval([...(known?.validation.values() ?? [])].filter((score) => score !== null)),
        tokens: tokens / each,
        usd: usd / each,
        length: found === undefined ? 0 : lengthOf(found),
      };
    });
  return markFront(points);
}

function testOf({ measured }: RunHistory, genome: string): Estimate | undefined {
  const scores = [...(measured.get(genome as ContentHash)?.test.values() ?? [])].filter((score) => score !== null);
  return scores.length === 0 ? undefined : { n: scores.length, score: mean(scores), interval: scoreInterval(scores) };
}

/** Characters of the values of the genes that shape the agent, as canonical JSON. */
function lengthOf(genome: Genome): number {
  return canonicalJson(Object.values(activeGenes(genome)).map(({ value }) => value)).length;
}

const MOST_TRACES = 8;

function chosenTasks(matrix: TaskMatrix, wanted: readonly string[] | undefined, run: string): readonly string[] {
  const known = matrix.tasks.map(({ task }) => task);
  if (wanted !== undefined && wanted.length > 0) {
    const unknown = wanted.find((task) => !known.includes(task));
    if (unknown === undefined) return [...new Set(wanted)];
    throw new AlleleError({
      code: "unknown-task",
      message: `run ${run} measured nobody on a task "${unknown}"${didYouMean(unknown, known)}`,
      hint: `See its tasks with: allele report ${run} -o tasks.csv`,
    });
  }
  for (const split of ["test", "validation", "train"] as const) {
    const here = matrix.tasks.filter((task) => task.split === split);
    const marked = (mark: "broken" | "fixed"): readonly string[] =>
      here
        .filter(({ marks }) => marks.includes(mark))
        .map(({ task }) => task)
        .slice(0, MOST_TRACES / 2);
    const telling = [...marked("broken"), ...marked("fixed")];
    if (telling.length > 0) return telling;
  }
  return matrix.tasks
    .filter(({ scored, passed }) => passed < scored)
    .map(({ task }) => task)
    .slice(0, MOST_TRACES / 2);
}

function countOf(matrix: TaskMatrix, dataset: Dataset | undefined, split: "train" | "validation"): number {
  return (dataset?.tasks ?? matrix.tasks).filter((task) => task.split === split).length;
}

function definedOf(limits: Readonly<Record<string, number | undefined>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(limits).flatMap(([name, limit]) => (limit === undefined ? [] : [[name, limit]])),
  );
}

/** How it goes on is said by the sentence of a run without a verdict. */
function statusNotes({ run, status }: RunReport): readonly string[] {
  switch (status) {
    case "running":
      return [`Run ${run} is still going, or its process was killed: this is what is known so far.`];
    case "interrupted":
      return ["This is what is known so far."];
    case "failed":
      return ["This is what was known when it failed."];
    default:
      return [];
  }
}

/** The command that starts the same run, from the seed itself where a model wrote it; how it searches comes from `allele.yaml`, as recorded in the identity. */
function commandOf({ seedGenome, seedLabel, datasetName, evolve }: RunOptions): string {
  const budget = Object.entries(definedOf(evolve.budget)).flatMap(([name, limit]) => [`--${name}`, String(limit)]);
  const words = [
    "allele",
    "evolve",
    "-g",
    seedLabel === DESCRIBED ? seedGenome : seedLabel,
    "-d",
    datasetName,
    ...budget,
    "--seed",
    String(evolve.seed),
    ...(evolve.lanes === 1 ? [] : ["--lanes", String(evolve.lanes)]),
  ];
  return words.map(shellWord).join(" ");
}
