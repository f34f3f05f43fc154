import { AlleleError, type ContentHash } from "../base/index.ts";
import type { Dataset, SplitName } from "../dataset/index.ts";
import { readRun } from "../evolve/index.ts";
import type { Surroundings } from "./measured-rollouts.ts";
import { hasStore } from "./paths.ts";
import { resolveDataset, resolveGenome } from "./references.ts";
import { runOf } from "./run-options.ts";
import type { Workbench } from "./workbench.ts";

/** What is exported: genomes, and what they were measured on. */
export interface ExportSource {
  /** As it was named. */
  readonly label: string;
  /** Each once, in the order in which they were named; those of a run in the order in which they joined it. */
  readonly genomes: readonly ContentHash[];
  readonly dataset: Dataset;
  readonly surroundings: Surroundings;
}

interface Named {
  readonly genomes: readonly ContentHash[];
  readonly dataset: string | undefined;
  readonly surroundings: Surroundings | undefined;
}

/**
 * A run means all its candidates, anything else the one genome it names. Dataset, model and limits are those of the first run that was named,
 * where one was, else what was asked for and the configuration. Throws `dataset-needed`, and what naming a genome or a dataset throws.
 */
export async function exportSource(
  workbench: Workbench,
  references: readonly string[],
  asked: string | undefined,
): Promise<ExportSource> {
  const { config } = workbench;
  const named = references.map((reference) => namedBy(workbench, reference));
  const label = references.join(" ");
  const where = asked ?? named.find(({ dataset }) => dataset !== undefined)?.dataset;
  if (where === undefined) {
    throw new AlleleError({
      code: "dataset-needed",
      message: `${label} does not say on which dataset it was measured`,
      hint: "Name it with --dataset, or name a run.",
    });
  }
  return {
    label,
    genomes: [...new Set(named.flatMap(({ genomes }) => genomes))],
    dataset: await resolveDataset(workbench, where),
    surroundings: named.find(({ surroundings }) => surroundings !== undefined)?.surroundings ?? {
      model: config.models.task,
      limits: config.limits,
    },
  };
}

function namedBy(workbench: Workbench, reference: string): Named {
  const name = reference.replace(/^run:/, "");
  if (hasStore(workbench) && workbench.store.runs.get(name) !== undefined) {
    const { options } = runOf(workbench, name);
    const genomes = readRun(workbench.store, name, workbench.clock).candidates.map(({ genome }) => genome);
    return { genomes, dataset: options.dataset, surroundings: { model: options.task, limits: options.limits } };
  }
  const { id, dataset, run } = resolveGenome(workbench, reference);
  const options = run === undefined ? undefined : runOf(workbench, run).options;
  return {
    genomes: [id],
    dataset,
    surroundings: options === undefined ? undefined : { model: options.task, limits: options.limits },
  };
}

/** The splits to export: the sealed one only where it was asked for by name. */
export function exportedSplits(asked: readonly SplitName[] | undefined): readonly SplitName[] {
  return asked === undefined || asked.length === 0 ? ["train", "validation"] : asked;
}
