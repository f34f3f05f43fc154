import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeRandom, systemClock, type ContentHash } from "../../../src/base/index.ts";
import { loadDataset, solutionOf, type Task } from "../../../src/dataset/index.ts";
import { makeEvaluator, type Evaluator } from "../../../src/evaluate/index.ts";
import { historyOf, type RunHistory } from "../../../src/evolve/index.ts";
import { genomeId, type Gene, type Genome } from "../../../src/genome/index.ts";
import { importSet } from "../../../src/importers/index.ts";
import { makeProvider, modelIdentity } from "../../../src/providers/index.ts";
import { mean, pairedComparison } from "../../../src/statistics/index.ts";
import { continueRun, openWorkbench, reportRun, startRun, type Workbench } from "../../../src/workbench/index.ts";
import { gepa } from "../landscape/controls.ts";
import { anyProposal, bestOfRandom } from "./controls.ts";
import {
  foundOf,
  keepFound,
  type Arm,
  type ArmName,
  type Control,
  type Evolved,
  type Found,
  type Sizes,
} from "./found.ts";
import { model } from "./model.ts";
import { plainGenome, type RealTask } from "./tasks.ts";

const root = resolve(import.meta.dirname, "../../..");
const data = resolve(root, "../shared/data");

/** The last one that changed the search. */
export const commit = execFileSync("git", ["log", "-1", "--format=%h", "--", "src"], {
  cwd: root,
  encoding: "utf8",
}).trim();
/** What a run of `evolve` is called, by the commit of its search. */
const runOf = (searched: string | undefined): string => `study-${searched ?? "first"}`;

/** Runs one arm of a study in a folder that is kept: what was paid for is not paid again, a run that was cut goes on. */
export async function study(task: RealTask, seed: number, sizes: Sizes, arm: ArmName): Promise<Found> {
  const folder = join(root, "runs/real-models", `${task.name}-${seed}-${Object.values(sizes).join("-")}`);
  const { tasks } = await prepare(folder, task, seed, sizes);
  const split = (name: Task["split"]): Task[] => tasks.filter((one) => one.split === name);
  const [train, validation, test] = [split("train"), split("validation"), split("test")];
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    const evaluator = evaluatorOn(workbench);
    const seedGenome = plainGenome(task, train);
    const plain = await outcomeOf(evaluator, seedGenome, test);
    const compared = async (genome: Genome, rollouts: number): Promise<Arm> => {
      const own = await outcomeOf(evaluator, genome, test);
      const { difference, interval, verdict } = pairedComparison(plain.scores, own.scores, makeRandom(0));
      return { score: mean(own.scores), difference, interval, verdict, rollouts, mostGiven: own.mostGiven, commit };
    };
    const besideEvolved = async (genome: Genome, rollouts: number): Promise<Control> => {
      const arm = await compared(genome, rollouts);
      const evolvedGenome = finalistOf(workbench, seedGenome, runOf(known?.evolved?.commit));
      if (evolvedGenome === undefined) return arm;
      const [own, other] = [await outcomeOf(evaluator, genome, test), await outcomeOf(evaluator, evolvedGenome, test)];
      const { difference, interval } = pairedComparison(own.scores, other.scores, makeRandom(0));
      return { ...arm, evolvedAhead: { difference, interval } };
    };
    const known = foundOf(task.name, seed, sizes);
    const base: Found = {
      ...known,
      task: task.name,
      seed,
      sizes,
      n: test.length,
      plain: { score: mean(plain.scores), mostGiven: plain.mostGiven },
      ...(task.answers !== undefined && {
        mostFrequent: shareOfMost(test.map((one) => solutionOf(one) ?? "")),
      }),
    };
    const earlier = arm === "evolved" &&
      known?.evolved !== undefined && { earlier: [...(known.earlier ?? []), known.evolved] };
    const found = { ...base, [arm]: await run(), ...earlier };
    keepFound(found);
    return found;

    async function run(): Promise<Control | Evolved> {
      if (arm === "evolved") return evolved(workbench, task, { seed, sizes, seedGenome, test, compared });
      const rollouts = sizes.search;
      if (arm === "random") {
        const best = await bestOfRandom({ evaluator, seedGenome, train, validation, rollouts, seed });
        return besideEvolved(best.genome, best.rollouts);
      }
      const dataset = await loadDataset(join(folder, "datasets", task.name));
      const searched = await gepa({ dataset, seedGenome, evaluator }, { operator: anyProposal, rollouts, seed });
      return besideEvolved(searched.picks.at(-1)?.genome ?? seedGenome, searched.rollouts);
    }
  } finally {
    workbench.close();
  }
}

interface Parts {
  readonly seed: number;
  readonly sizes: Sizes;
  readonly seedGenome: Genome;
  readonly test: readonly Task[];
  readonly compared: (genome: Genome, rollouts: number) => Promise<Arm>;
}

async function evolved(workbench: Workbench, task: RealTask, parts: Parts): Promise<Evolved> {
  const { seed, sizes, seedGenome, test, compared } = parts;
  const { store } = workbench;
  const begun = performance.now();
  const run = runOf(commit);
  if (store.runs.get(run) === undefined)
    await startRun(workbench, {
      genome: task.name,
      dataset: task.name,
      rollouts: sizes.search + 2 * test.length,
      seed,
      name: run,
    });
  await continueRun(workbench, run, {});
  const seconds = (performance.now() - begun) / 1000;
  const report = reportRun(workbench, run);
  const finalist = finalistOf(workbench, seedGenome, run) ?? seedGenome;
  const tested = genomeId(finalist) === genomeId(seedGenome) ? 1 : 2;
  const changes = Object.entries(finalist.genes).filter(
    ([id, { value }]) => JSON.stringify(value) !== JSON.stringify(seedGenome.genes[id]?.value),
  );
  return {
    ...(await compared(finalist, report.rollouts - tested * test.length)),
    promoted: report.comparison?.verdict === "better",
    tokens: report.tokens,
    seconds,
    changed: Object.fromEntries(changes.map(([id, gene]) => [id, inWords(gene)])),
    operators: operatorsOf(historyOf(store.events.list(run)), genomeId(finalist)),
  };
}

/** Operators that made children, with how many of them the finalist descends from. */
function operatorsOf({ attempts }: RunHistory, finalist: ContentHash): Evolved["operators"] {
  const joined = attempts.filter(({ fate }) => fate.kind === "accepted");
  const at = new Map(joined.map((one) => [one.fate.kind === "accepted" ? one.fate.candidate : 0, one]));
  const line = new Set(joined.filter(({ genome }) => genome === finalist));
  for (const { parents } of line)
    for (const parent of parents) {
      const ancestor = at.get(parent);
      if (ancestor !== undefined) line.add(ancestor);
    }
  return [...Map.groupBy(joined, ({ operator }) => operator)].map(([operator, own]) => ({
    operator,
    children: own.length,
    ancestors: own.filter((one) => line.has(one)).length,
  }));
}

/** What the finished run of a study ended with, the seed where nothing was better; undefined while there is no such run. */
function finalistOf(workbench: Workbench, seedGenome: Genome, run: string): Genome | undefined {
  if (workbench.store.runs.get(run) === undefined) return undefined;
  const { comparison, finalist, status } = reportRun(workbench, run);
  if (status !== "finished") return undefined;
  return (comparison && workbench.store.genomes.get(finalist as ContentHash)) ?? seedGenome;
}

function inWords({ type, value }: Gene): string {
  if (type === "demos") {
    const { length } = value as readonly unknown[];
    return length === 1 ? "1 example" : `${length} examples`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}

function evaluatorOn(workbench: Workbench): Evaluator {
  return makeEvaluator({
    store: workbench.store,
    provider: makeProvider(model, { clock: systemClock, random: makeRandom(0), environment: {} }),
    tools: undefined,
    customChecks: new Map(),
    clock: systemClock,
    model: model.model,
    modelIdentity: modelIdentity(model),
    concurrency: 8,
    limits: { tokens: 60_000, usd: undefined },
  });
}

/** The project of a study: its dataset, the plain genome and the configuration. */
export async function prepare(
  folder: string,
  task: RealTask,
  seed: number,
  sizes: Sizes,
): Promise<Awaited<ReturnType<typeof loadDataset>>> {
  const place = join(folder, "datasets", task.name);
  if (!existsSync(place)) {
    mkdirSync(join(folder, "genomes"), { recursive: true });
    await importSet({
      form: task.form,
      files: task.files.map((file) => join(data, file)),
      folder: place,
      name: task.name,
      settings: {},
      licence: task.licence,
      sample: {
        seed,
        shares: { train: 0.3, validation: 0.35, test: 0.35 },
        limits: sizes,
        balance: task.balance ?? false,
      },
    });
  }
  const dataset = await loadDataset(place);
  const train = dataset.tasks.filter(({ split }) => split === "train");
  const genome = { allele: "genome/1", name: task.name, genes: plainGenome(task, train).genes };
  writeFileSync(join(folder, "genomes", `${task.name}.yaml`), JSON.stringify(genome));
  const config = {
    allele: "config/1",
    models: { task: model, reflection: "none" },
    concurrency: 8,
  };
  writeFileSync(join(folder, "allele.yaml"), JSON.stringify(config));
  return dataset;
}

interface Outcome {
  readonly scores: readonly number[];
  readonly mostGiven: number;
}

async function outcomeOf(evaluator: Evaluator, genome: Genome, tasks: readonly Task[]): Promise<Outcome> {
  const rollouts = (await evaluator.evaluate(genome, tasks)).map((rollout) => {
    if (rollout.state === "failed") throw new Error(`${rollout.task} of ${genomeId(genome)}: ${rollout.reason}`);
    return rollout;
  });
  return {
    scores: rollouts.map(({ score }) => score),
    mostGiven: shareOfMost(rollouts.map(({ trace }) => trace.answer)),
  };
}

/** In (0, 1]: how much of a list its commonest member makes up. */
function shareOfMost(texts: readonly string[]): number {
  return Math.max(...[...Map.groupBy(texts, (text) => text).values()].map(({ length }) => length)) / texts.length;
}
