import { AlleleError, messageOf, type ContentHash, type Json } from "../base/index.ts";
import { loadDataset, type Dataset } from "../dataset/index.ts";
import type { Scored } from "../evaluate/index.ts";
import { hasKnownCost, modelIdentity, type ModelConfig } from "../providers/index.ts";
import type { RolloutRecord, StoredRollout } from "../store/index.ts";
import type { Trace } from "../runtime/index.ts";
import { datasetPath, resolveGenome, type NamedGenome } from "./references.ts";
import { hasStore, namesIn, searchFolders } from "./paths.ts";
import type { Workbench } from "./workbench.ts";

/** A genome file of the project, or why it cannot be read. */
export interface GenomeFile {
  readonly name: string;
  /** Of the project, not one of those that come with Allele. */
  readonly own: boolean;
  readonly genome: NamedGenome | undefined;
  readonly trouble: string | undefined;
}

/** The genome files of the project, then those that come with Allele, each by name. */
export function listGenomeFiles(workbench: Workbench): readonly GenomeFile[] {
  return namesOf(workbench, "genomes").map(({ name, own }) => {
    try {
      return { name, own, genome: resolveGenome(workbench, `genome:${name}`), trouble: undefined };
    } catch (error) {
      return { name, own, genome: undefined, trouble: messageOf(error) };
    }
  });
}

/** A dataset of the project, or why it cannot be read. */
export interface DatasetEntry {
  readonly name: string;
  /** Of the project, not one of those that come with Allele. */
  readonly own: boolean;
  readonly dataset: Dataset | undefined;
  readonly trouble: string | undefined;
}

/** The datasets of the project, then those that come with Allele, each by the name of their folder. */
export async function listDatasets(workbench: Workbench): Promise<readonly DatasetEntry[]> {
  return Promise.all(
    namesOf(workbench, "datasets").map(async ({ name, own }) => {
      try {
        return { name, own, dataset: await loadDataset(datasetPath(workbench, name)), trouble: undefined };
      } catch (error) {
        if (!(error instanceof AlleleError)) throw error;
        return { name, own, dataset: undefined, trouble: error.message };
      }
    }),
  );
}

function namesOf(
  { root, config }: Workbench,
  kind: "genomes" | "datasets",
): readonly Pick<GenomeFile, "name" | "own">[] {
  const folders = searchFolders(root, config[kind], kind);
  const own = new Set(namesIn(folders.slice(0, 1)));
  return namesIn(folders).map((name) => ({ name, own: own.has(name) }));
}

/** What a rollout came to, beside its trace. */
type KeptRollout = Pick<Scored, "score" | "objectives" | "feedback" | "usage" | "verdicts">;

export interface RolloutView {
  readonly record: RolloutRecord;
  readonly kept: KeptRollout;
  /** Undefined where it was not kept. */
  readonly trace: Trace | undefined;
}

/** A rollout with its trace. Throws `unknown-rollout`. */
export function viewRollout(workbench: Workbench, key: string): RolloutView {
  const record = hasStore(workbench) ? workbench.store.rollouts.get(key as ContentHash) : undefined;
  if (record === undefined) {
    throw new AlleleError({
      code: "unknown-rollout",
      message: `no rollout "${key}"`,
      hint: "Open it from the page of its run or its task.",
    });
  }
  const trace = workbench.store.rollouts.trace(record.key);
  return {
    record,
    kept: record.rollout as unknown as KeptRollout,
    trace: trace === undefined ? undefined : (trace as unknown as Trace),
  };
}

/** Everything that was measured on a task, newest first; of one genome or of all. */
export function taskRollouts(workbench: Workbench, task: string, genome?: string): readonly StoredRollout[] {
  if (!hasStore(workbench)) return [];
  return workbench.store.rollouts.listByTask(task, genome as ContentHash | undefined).toReversed();
}

/** A number that changes when the store does. */
export function storeVersion(workbench: Workbench): number {
  return hasStore(workbench) ? workbench.store.version() : 0;
}

interface ModelSettings {
  readonly role: string;
  readonly identity: string;
  readonly address: string | undefined;
  readonly keyVariable: string | undefined;
  readonly keyIsSet: boolean;
  readonly priceKnown: boolean;
}

/** The configuration as it is in force. No key is in it: keys stand in the environment, and only whether they do is told. */
export interface Settings {
  readonly root: string;
  readonly models: readonly ModelSettings[];
  readonly configuration: Json;
}

export function viewSettings({ config, environment, root }: Workbench): Settings {
  const { task, reflection = task, judge = task } = config.models;
  const roles: readonly (readonly [string, ModelConfig])[] = [
    ["task", task],
    // A person, or nobody, proposes without a model.
    ...(typeof reflection === "string" ? [] : [["reflection", reflection] as const]),
    ["judge", judge],
  ];
  return {
    root,
    models: roles.map(([role, model]) => {
      const keyVariable = model.kind === "openai-compatible" ? model.key_env : undefined;
      return {
        role,
        identity: modelIdentity(model),
        address: model.kind === "openai-compatible" ? model.base_url : undefined,
        keyVariable,
        keyIsSet: keyVariable !== undefined && (environment[keyVariable] ?? "") !== "",
        priceKnown: hasKnownCost(model),
      };
    }),
    configuration: config as unknown as Json,
  };
}
