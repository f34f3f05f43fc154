import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { makeRandom, readText, systemClock, tryParseJson, type ContentHash } from "../../../src/base/index.ts";
import { loadDataset, type Task } from "../../../src/dataset/index.ts";
import { makeEvaluator, type Evaluator } from "../../../src/evaluate/index.ts";
import { genomeId, type Genome } from "../../../src/genome/index.ts";
import { importSet } from "../../../src/importers/index.ts";
import { makeProvider, ModelConfig, modelIdentity } from "../../../src/providers/index.ts";
import { pairedComparison } from "../../../src/statistics/index.ts";
import { continueRun, openWorkbench, reportRun, startRun } from "../../../src/workbench/index.ts";
import { gepa } from "../landscape/controls.ts";
import { anyProposal, bestOfRandom } from "./controls.ts";
import { plainGenome, type RealTask } from "./tasks.ts";

const root = resolve(import.meta.dirname, "../../..");
const data = resolve(root, "../shared/data");

export interface Sizes {
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Rollouts of each search, the sealed test left out. */
  readonly search: number;
}

/** One search against the plain prompt, on the same sealed test tasks. */
export interface Arm {
  readonly score: number;
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly verdict: string;
  /** Rollouts of the search that were paid. */
  readonly rollouts: number;
}

/** What a study of one task found; arms that were not run yet are missing. */
export interface Found {
  readonly task: string;
  readonly seed: number;
  readonly sizes: Sizes;
  readonly n: number;
  readonly plain: number;
  readonly evolved?: Arm & {
    readonly promoted: boolean;
    readonly tokens: number;
    readonly seconds: number;
    readonly changed: readonly string[];
  };
  readonly random?: Arm;
  readonly gepa?: Arm;
}

export type ArmName = "evolved" | "random" | "gepa";

const model = ModelConfig.parse({
  kind: "llama",
  model: "smollm2-135m-instruct",
  folder: join(root, "models"),
  threads: 1,
  context: 1024,
});

/** Runs one arm of a study in a folder that is kept: what was paid for is not paid again, a run that was cut goes on. */
export async function study(task: RealTask, seed: number, sizes: Sizes, arm: ArmName): Promise<Found> {
  const folder = folderOf(task, seed, sizes);
  await prepare(folder, task, seed, sizes);
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    const dataset = await loadDataset(join(folder, "datasets", task.name));
    const split = (name: Task["split"]): Task[] => dataset.tasks.filter((one) => one.split === name);
    const test = split("test");
    const evaluator = makeEvaluator({
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
    const seedGenome = plainGenome(task);
    const compared = async (genome: Genome, rollouts: number): Promise<Arm & { readonly plain: number }> => {
      const [a, b] = [await scoresOf(evaluator, seedGenome, test), await scoresOf(evaluator, genome, test)];
      const { difference, interval, verdict } = pairedComparison(a, b, makeRandom(0));
      const mean = (scores: readonly number[]): number => scores.reduce((sum, score) => sum + score, 0) / scores.length;
      return { plain: mean(a), score: mean(b), difference, interval, verdict, rollouts };
    };
    const known = read(task, seed, sizes);
    const base = { ...known, task: task.name, seed, sizes, n: test.length };
    if (arm === "evolved") {
      const begun = performance.now();
      if (workbench.store.runs.get("study") === undefined)
        await startRun(workbench, {
          genome: task.name,
          dataset: task.name,
          rollouts: sizes.search + 2 * test.length,
          seed,
          name: "study",
        });
      await continueRun(workbench, "study", {});
      const seconds = (performance.now() - begun) / 1000;
      const report = reportRun(workbench, "study");
      const finalist =
        report.comparison === undefined ? seedGenome : workbench.store.genomes.get(report.finalist as ContentHash);
      const { plain, ...result } = await compared(
        (finalist as Genome | undefined) ?? seedGenome,
        report.rollouts - (report.finalist === report.seed.genome ? 1 : 2) * test.length,
      );
      const changed = Object.keys(seedGenome.genes).filter(
        (id) =>
          JSON.stringify((finalist as Genome | undefined)?.genes[id]?.value) !==
          JSON.stringify(seedGenome.genes[id]?.value),
      );
      const promoted = report.comparison?.verdict === "better";
      return keep(task, { ...base, plain, evolved: { ...result, promoted, tokens: report.tokens, seconds, changed } });
    }
    if (arm === "random") {
      const inputs = {
        evaluator,
        seedGenome,
        train: split("train"),
        validation: split("validation"),
        rollouts: sizes.search,
        seed,
      };
      const best = await bestOfRandom(inputs);
      const { plain, ...result } = await compared(best.genome, best.rollouts);
      return keep(task, { ...base, plain, random: result });
    }
    const search = await gepa(
      { dataset, seedGenome, evaluator },
      { operator: anyProposal, rollouts: sizes.search, seed },
    );
    const { plain, ...result } = await compared(search.picks.at(-1)?.genome ?? seedGenome, search.rollouts);
    return keep(task, { ...base, plain, gepa: result });
  } finally {
    workbench.close();
  }
}

function read(task: RealTask, seed: number, sizes: Sizes): Partial<Found> {
  const file = join(folderOf(task, seed, sizes), "found.json");
  return existsSync(file) ? (tryParseJson(readText(file)) as unknown as Partial<Found>) : {};
}

function keep(task: RealTask, found: Found): Found {
  writeFileSync(join(folderOf(task, found.seed, found.sizes), "found.json"), `${JSON.stringify(found, null, 2)}\n`);
  return found;
}

function folderOf({ name, balance }: RealTask, seed: number, { train, validation, test, search }: Sizes): string {
  return join(
    root,
    "runs/real-models",
    `${name}${balance === true ? "-balanced" : ""}-${seed}-${train}-${validation}-${test}-${search}`,
  );
}

async function prepare(folder: string, task: RealTask, seed: number, sizes: Sizes): Promise<void> {
  if (existsSync(join(folder, "allele.yaml"))) return;
  mkdirSync(join(folder, "genomes"), { recursive: true });
  await importSet({
    form: task.form,
    files: task.files.map((file) => join(data, file)),
    folder: join(folder, "datasets", task.name),
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
  const genome = { allele: "genome/1", name: task.name, genes: plainGenome(task).genes };
  writeFileSync(join(folder, "genomes", `${task.name}.yaml`), JSON.stringify(genome));
  const config = {
    allele: "config/1",
    models: { task: model, reflection: "none" },
    search: { minibatch: 10, screen: 8, race: 12, confirm: 12, lanes: 1, final: 0.15 },
    concurrency: 8,
  };
  writeFileSync(join(folder, "allele.yaml"), JSON.stringify(config));
}

async function scoresOf(evaluator: Evaluator, genome: Genome, tasks: readonly Task[]): Promise<readonly number[]> {
  return (await evaluator.evaluate(genome, tasks)).map((rollout) => {
    if (rollout.state === "failed") throw new Error(`${rollout.task} of ${genomeId(genome)}: ${rollout.reason}`);
    return rollout.score;
  });
}
