import { z } from "zod";
import { AlleleError, didYouMean, type Json } from "../base/index.ts";
import { EvolveOptions } from "../evolve/index.ts";
import { ModelConfig } from "../providers/index.ts";
import type { RunRecord } from "../store/index.ts";
import { Config } from "./config.ts";
import { ReflectionConfig } from "./reflection-config.ts";
import type { Workbench } from "./workbench.ts";

/** Everything a run was started with, resolved and frozen: a resume needs nothing else. */
export const RunOptions = z.strictObject({
  version: z.literal(1),
  seedGenome: z.string(),
  /** How the user named the seed. */
  seedLabel: z.string(),
  /** The dataset's `dataset.yaml`; relative to the project where it is inside. */
  dataset: z.string(),
  datasetName: z.string(),
  /** Tags of the test tasks, so that a report needs no dataset. */
  testTags: z.record(z.string(), z.array(z.string())),
  /** Families of the test tasks that have one. */
  testFamilies: z.record(z.string(), z.string()).default({}),
  task: ModelConfig,
  reflection: ReflectionConfig,
  limits: Config.shape.limits,
  evolve: EvolveOptions,
});
export type RunOptions = Readonly<z.infer<typeof RunOptions>>;

/** A run of the store and its options. Throws `unknown-run` (with the nearest name) or `run-options` when an other version wrote them. */
export function runOf(workbench: Workbench, run: string): { readonly record: RunRecord; readonly options: RunOptions } {
  const record = workbench.store.runs.get(run);
  if (record === undefined) {
    const known = workbench.store.runs.names();
    throw new AlleleError({
      code: "unknown-run",
      message: `no run "${run}"${didYouMean(run, known)}`,
      hint: known.length === 0 ? "Start one with: allele evolve" : "List the runs with: allele runs",
    });
  }
  const options = RunOptions.safeParse(record.options);
  if (options.success) return { record, options: options.data };
  throw new AlleleError({
    code: "run-options",
    message: `run "${run}" was recorded in a form that this version of Allele does not read`,
    hint: "Use the version that recorded it, or start a new run.",
    cause: options.error,
  });
}

/** The form in which the store keeps options. */
export function optionsJson(options: RunOptions): Json {
  return options as unknown as Json;
}
