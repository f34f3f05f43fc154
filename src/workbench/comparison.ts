import { AlleleError } from "../base/index.ts";
import type { Dataset, SplitName } from "../dataset/index.ts";
import { modelIdentity } from "../providers/index.ts";
import { compareRollouts, type Comparison, type Look } from "../report/index.ts";
import { measure } from "./evaluation.ts";
import { openLaboratory } from "./laboratory.ts";
import { resolveDataset, resolveGenome, type NamedGenome } from "./references.ts";
import type { Workbench } from "./workbench.ts";

export interface CompareRequest {
  readonly a: string;
  readonly b: string;
  readonly dataset?: string | undefined;
  readonly split: SplitName;
  readonly repeats: number;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onLive?: ((look: Look) => void) | undefined;
}

export interface ComparisonResult {
  readonly comparison: Comparison;
  readonly a: NamedGenome;
  readonly b: NamedGenome;
  readonly dataset: string;
  /** Its `dataset.yaml`. */
  readonly datasetFile: string;
  readonly split: SplitName;
  readonly model: string;
  readonly simulated: boolean;
}

/** Is B better than A? Both on the same tasks; what was measured before is read back. */
export async function compareGenomes(workbench: Workbench, request: CompareRequest): Promise<ComparisonResult> {
  const a = resolveGenome(workbench, request.a);
  const b = resolveGenome(workbench, request.b);
  return compareNamed(workbench, a, b, request);
}

/** As compareGenomes, for genomes that are at hand. */
export async function compareNamed(
  workbench: Workbench,
  a: NamedGenome,
  b: NamedGenome,
  request: Omit<CompareRequest, "a" | "b">,
): Promise<ComparisonResult> {
  const dataset = await datasetOfBoth(workbench, a, b, request.dataset);
  const model = workbench.config.models.task;
  const laboratory = await openLaboratory(workbench, {
    dataset,
    model,
    limits: workbench.config.limits,
    concurrency: request.concurrency ?? workbench.config.concurrency,
  });
  const purpose = `compare ${a.label} ${b.label}`;
  const { rollouts, tasks } = await measure(workbench, laboratory, [a, b], request, purpose);
  const facts = new Map(tasks.map((task) => [task.id, task]));
  return {
    comparison: compareRollouts(rollouts[0] ?? [], rollouts[1] ?? [], facts),
    a,
    b,
    dataset: dataset.name,
    datasetFile: dataset.file,
    split: request.split,
    model: modelIdentity(model),
    simulated: model.kind === "simulated",
  };
}

/** The dataset to compare two genomes on: the one asked for, else the one that B or A comes from. Throws `dataset-needed`. */
export async function datasetOfBoth(
  workbench: Workbench,
  a: NamedGenome,
  b: NamedGenome,
  asked: string | undefined,
): Promise<Dataset> {
  const reference = asked ?? b.dataset ?? a.dataset;
  if (reference === undefined) {
    throw new AlleleError({
      code: "dataset-needed",
      message: `neither ${a.label} nor ${b.label} says on which dataset to compare them`,
      hint: "Name one with --dataset.",
    });
  }
  return resolveDataset(workbench, reference);
}
