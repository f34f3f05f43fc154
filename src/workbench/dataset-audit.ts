import { contentHash, type ContentHash } from "../base/index.ts";
import { auditData, datasetStatistics, type Dataset, type Task } from "../dataset/index.ts";
import { auditMeasured, loadToolModule, makeRolloutKeys, type MeasuredTask } from "../evaluate/index.ts";
import { readRun } from "../evolve/index.ts";
import { modelIdentity, type ModelConfig } from "../providers/index.ts";
import type { Trace } from "../runtime/index.ts";
import { pairedPlan } from "../statistics/index.ts";
import type { Config } from "./config.ts";
import { programLimits } from "./laboratory.ts";
import { hasStore } from "./paths.ts";
import { resolveDataset } from "./references.ts";
import { listRuns } from "./run-list.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** One thing about a dataset that its author should look at. */
export interface AuditFinding {
  readonly kind:
    | "mislabelled"
    | "leak"
    | "near-duplicate"
    | "answer-in-input"
    | "flaky"
    | "unsolved"
    | "saturated"
    | "small-split"
    | "small-tag";
  /** Undefined where the finding is about a split or a tag. */
  readonly task: string | undefined;
  readonly split: string;
  readonly detail: string;
}

export interface DatasetAudit {
  readonly dataset: string;
  readonly tasks: number;
  /** Tasks that at least one candidate was measured on, and how many candidates there are. */
  readonly measured: { readonly tasks: number; readonly candidates: number; readonly rollouts: number };
  readonly effect: number;
  readonly power: number;
  readonly findings: readonly AuditFinding[];
}

export interface AuditRequest {
  readonly dataset: string;
  /** Only what candidates of these runs did; by default all that was ever measured on the tasks as they are now. */
  readonly runs?: readonly string[] | undefined;
  /** Difference that a split should be able to show, and how surely. */
  readonly effect: number;
  readonly power: number;
}

/** With fewer tasks of a tag in validation and test together, its line in a table says nearly nothing. */
const fewestOfTag = 10;

/** Looks for what is wrong with a dataset, in the data and in what was measured on it. Runs nothing. Throws `unknown-dataset`, `unknown-run`. */
export async function auditDataset(workbench: Workbench, request: AuditRequest): Promise<DatasetAudit> {
  const dataset = await resolveDataset(workbench, request.dataset);
  const measured = await measuredTasks(workbench, dataset, request.runs);
  const scores = measured.flatMap((task) => task.scores);
  const found: readonly AuditFinding[] = [
    ...auditMeasured(measured),
    ...auditData(dataset).map(({ kind, task, split, detail }) => ({ kind, task, split, detail })),
    ...smallSplits(dataset, request),
    ...smallTags(dataset),
  ];
  return {
    dataset: dataset.name,
    tasks: dataset.tasks.length,
    measured: {
      tasks: measured.filter((task) => task.scores.length > 0).length,
      candidates: new Set(scores.map(({ genome }) => genome)).size,
      rollouts: scores.length,
    },
    effect: request.effect,
    power: request.power,
    findings: order.flatMap((kind) => found.filter((finding) => finding.kind === kind)),
  };
}

/** The worst for a verdict first. */
const order: readonly AuditFinding["kind"][] = [
  "mislabelled",
  "leak",
  "near-duplicate",
  "answer-in-input",
  "flaky",
  "unsolved",
  "saturated",
  "small-split",
  "small-tag",
];

/** Every rollout in the store whose key says that it is of the task as it is now, under the present configuration or that of a run. */
async function measuredTasks(
  workbench: Workbench,
  dataset: Dataset,
  runs: readonly string[] | undefined,
): Promise<readonly MeasuredTask[]> {
  const only = runs === undefined ? undefined : new Set(runs.flatMap((run) => candidatesOf(workbench, run)));
  if (!hasStore(workbench)) return [];
  const { store } = workbench;
  const keys = await keysOf(workbench, dataset, runs);
  const isCurrent = (task: Task, genome: ContentHash, repeat: number, key: ContentHash): boolean =>
    keys.some((own) => contentHash(own.keyOf(genome, task, repeat)) === key);
  return dataset.tasks.map((task) => ({
    task: task.id,
    split: task.split,
    scores: store.rollouts
      .listByTask(task.id)
      .filter(({ genome, repeat, key }) => (only?.has(genome) ?? true) && isCurrent(task, genome, repeat, key))
      .map(({ genome, repeat, key, rollout }) => ({
        genome,
        repeat,
        score: (rollout as unknown as { readonly score: number }).score,
        answer: () => (store.rollouts.trace(key) as unknown as Trace | undefined)?.answer ?? "",
      })),
  }));
}

function candidatesOf({ store, clock }: Workbench, run: string): readonly string[] {
  return readRun(store, run, clock).candidates.map(({ genome }) => genome);
}

/** One maker of keys for each model and limits that rollouts of this dataset may have been run with. */
async function keysOf(
  workbench: Workbench,
  dataset: Dataset,
  runs: readonly string[] | undefined,
): Promise<readonly ReturnType<typeof makeRolloutKeys>[]> {
  const { config } = workbench;
  const tools = dataset.toolModule === undefined ? undefined : (await loadToolModule(dataset.toolModule)).version;
  // What another version of Allele recorded is listed with "?" for a model, and cannot be read.
  const listed = listRuns(workbench, { dataset: dataset.name }).filter(({ model }) => model !== "?");
  const known = runs ?? listed.map(({ run }) => run);
  const used: readonly { readonly model: ModelConfig; readonly limits: Config["limits"] }[] = [
    { model: config.models.task, limits: config.limits },
    ...known.map((run) => runOf(workbench, run).options).map(({ task, limits }) => ({ model: task, limits })),
  ];
  const parts = used.map(({ model, limits }) => ({
    tools,
    limits: programLimits(limits),
    model: modelIdentity(model),
    judge: modelIdentity(config.models.judge ?? model),
    seed: 0,
  }));
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()].map(makeRolloutKeys);
}

function smallSplits({ tasks }: Dataset, { effect, power }: AuditRequest): readonly AuditFinding[] {
  return (["validation", "test"] as const).flatMap((split): readonly AuditFinding[] => {
    const n = tasks.filter((task) => task.split === split).length;
    const { needed, detectable } = pairedPlan([], { effect, power, tasks: n });
    if (needed <= n) return [];
    const least = detectable === undefined ? "no difference at all" : `differences from ${detectable.toFixed(3)} on`;
    const detail = `${n} tasks show ${least} with probability ${power}; ${effect} needs ${needed} (assuming that one task in four comes out differently)`;
    return [{ kind: "small-split", task: undefined, split, detail }];
  });
}

function smallTags(dataset: Dataset): readonly AuditFinding[] {
  return datasetStatistics(dataset).byTag.flatMap(({ tag, bySplit }): readonly AuditFinding[] => {
    const n = bySplit.validation + bySplit.test;
    if (n >= fewestOfTag) return [];
    const detail = `tag ${tag} has ${n} tasks in validation and test: too few to say anything of it`;
    return [{ kind: "small-tag", task: undefined, split: "-", detail }];
  });
}
