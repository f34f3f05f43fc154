import { resolve } from "node:path";
import { writeTextAtomic, type ContentHash } from "../base/index.ts";
import { tasksOf, type Dataset, type SplitName, type Task } from "../dataset/index.ts";
import type { Scored } from "../evaluate/index.ts";
import { depthOf, type Genome } from "../genome/index.ts";
import { modelIdentity } from "../providers/index.ts";
import {
  compareRollouts,
  renderText,
  trendBlocks,
  trendPage,
  verdictAt,
  type Estimate,
  type Look,
  type TrendStep,
  type TrendVersion,
  type TrendView,
} from "../report/index.ts";
import { holm, mean, scoreInterval } from "../statistics/index.ts";
import { datasetOfBoth } from "./comparison.ts";
import { measure } from "./evaluation.ts";
import { genomeLog, knownLineage } from "./genomes.ts";
import { openLaboratory } from "./laboratory.ts";
import { measuredReader } from "./measured-reader.ts";
import { hasStore, projectPath } from "./paths.ts";
import { resolveGenome } from "./references.ts";
import type { Workbench } from "./workbench.ts";

interface TrendRequest {
  readonly genome: string;
  readonly dataset?: string | undefined;
  readonly split: SplitName;
  /** Measures what is missing; else only what is known is read. */
  readonly run?: boolean | undefined;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onLive?: ((look: Look) => void) | undefined;
}

/**
 * How a genome and all its known ancestors did on the same tasks, with the model and limits of the present configuration. Reads what was
 * measured, and with `run` measures the rest. Throws what naming and measuring throw, and `dataset-needed`.
 */
export async function versionTrend(workbench: Workbench, request: TrendRequest): Promise<TrendView> {
  const named = resolveGenome(workbench, request.genome);
  const dataset = await datasetOfBoth(workbench, named, named, request.dataset);
  const { known } = knownLineage(workbench, request.genome);
  const log = genomeLog(workbench, request.genome)
    .toReversed()
    .toSorted((a, b) => depthOf(known, a.genome) - depthOf(known, b.genome));
  if (request.run === true) await measureAll(workbench, dataset, known, request);
  const tasks = tasksOf(dataset, request.split);
  const scored = await scoredOf(
    workbench,
    dataset,
    tasks,
    log.map(({ genome }) => genome),
  );
  const base = log.find(({ genome }) => (scored.get(genome) ?? []).length > 0)?.genome;
  const facts = new Map(tasks.map(({ id, family }) => [id, { tags: [], family }]));
  const against = (from: ContentHash, to: ContentHash): TrendStep | undefined => {
    const compared = compareRollouts(scored.get(from) ?? [], scored.get(to) ?? [], facts);
    return compared.n === 0 ? undefined : stepOf(compared);
  };
  const versions = log.map(({ genome, name, parents, changed }): TrendVersion => {
    const from = scoredAncestor(known, scored, genome);
    const step = from === undefined ? undefined : against(from, genome);
    return {
      genome,
      name,
      parents,
      changed,
      score: estimateOf(scored.get(genome) ?? []),
      gain: base === undefined || genome === base ? undefined : against(base, genome),
      step: from === undefined || step === undefined ? undefined : { from, ...step },
    };
  });
  const { models } = workbench.config;
  return {
    label: named.label,
    dataset: dataset.name,
    split: request.split,
    tasks: tasks.length,
    model: modelIdentity(models.task),
    simulated: models.task.kind === "simulated",
    base,
    versions: corrected(versions),
  };
}

async function measureAll(
  workbench: Workbench,
  dataset: Dataset,
  known: ReadonlyMap<ContentHash, Genome>,
  request: TrendRequest,
): Promise<void> {
  const { models, limits, concurrency } = workbench.config;
  const laboratory = await openLaboratory(workbench, {
    dataset,
    model: models.task,
    limits,
    concurrency: request.concurrency ?? concurrency,
  });
  const versions = [...known].map(([id, genome]) => ({ id, genome, label: id }));
  const { split, signal, onLive } = request;
  await measure(
    workbench,
    laboratory,
    versions,
    { split, repeats: 1, signal, onLive },
    `versions of ${request.genome}`,
  );
}

type ScoredOf = ReadonlyMap<ContentHash, readonly Scored[]>;

/** Every repeat, from the first one on, that was scored. */
async function scoredOf(
  workbench: Workbench,
  dataset: Dataset,
  tasks: readonly Task[],
  genomes: readonly ContentHash[],
): Promise<ScoredOf> {
  if (!hasStore(workbench)) return new Map();
  const read = await measuredReader(workbench, dataset);
  const repeatsOf = (genome: ContentHash, task: Task): readonly Scored[] => {
    const found: Scored[] = [];
    for (let next = read(genome, task, 0); next !== undefined; next = read(genome, task, found.length))
      found.push(next);
    return found;
  };
  return new Map(genomes.map((genome) => [genome, tasks.flatMap((task) => repeatsOf(genome, task))]));
}

/** The nearest ancestor by first parents that was scored. */
function scoredAncestor(
  known: ReadonlyMap<ContentHash, Genome>,
  scored: ScoredOf,
  genome: ContentHash,
): ContentHash | undefined {
  for (let at = known.get(genome)?.parents[0]; at !== undefined; at = known.get(at)?.parents[0]) {
    if ((scored.get(at) ?? []).length > 0) return at;
  }
  return undefined;
}

/** Repeats of a task are one observation. */
function estimateOf(scored: readonly Scored[]): Estimate | undefined {
  if (scored.length === 0) return undefined;
  const scores = [...Map.groupBy(scored, ({ task }) => task).values()].map((group) =>
    mean(group.map(({ score }) => score)),
  );
  return { n: scores.length, score: mean(scores), interval: scoreInterval(scores) };
}

function stepOf({ n, difference, interval, p, verdict, needed, families, fixed, broken }: TrendStep): TrendStep {
  return { n, difference, interval, p, verdict, needed, families, fixed, broken };
}

function corrected(versions: readonly TrendVersion[]): readonly TrendVersion[] {
  const adjusted = holm(versions.flatMap(({ gain }) => (gain === undefined ? [] : [gain.p])));
  let next = 0;
  return versions.map((version) => {
    if (version.gain === undefined) return version;
    const p = adjusted[next++] ?? version.gain.p;
    return { ...version, gain: { ...version.gain, p, verdict: verdictAt(version.gain.verdict, p) } };
  });
}

/** The `--json` shape of `genome log --scores`. */
export function versionTrendJson({ versions, base, ...view }: TrendView): Record<string, unknown> {
  return {
    ...view,
    base: base ?? null,
    versions: versions.map(({ score, gain, step, ...version }) => ({
      ...version,
      score: score ?? null,
      gain: gain === undefined ? null : withNeeded(gain),
      step: step === undefined ? null : withNeeded(step),
    })),
  };
}

function withNeeded<Step extends TrendStep>(step: Step): Record<string, unknown> {
  return { ...step, needed: step.needed ?? null };
}

export function renderVersionTrend(view: TrendView, width?: number): string {
  return renderText(`Versions of ${view.label} on ${view.dataset}/${view.split}`, trendBlocks(view), width);
}

/** Writes the trend for the browser. Answers the path written. Throws `write-failed`. */
export function writeVersionTrend(workbench: Workbench, view: TrendView, file: string): string {
  const path = resolve(workbench.root, file);
  writeTextAtomic(path, trendPage(view));
  return projectPath(workbench.root, path);
}
