import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Json } from "../../../src/base/index.ts";
import { tasksOf } from "../../../src/dataset/index.ts";
import { genomeId, type Genome } from "../../../src/genome/index.ts";
import { candidateGenome } from "../../../src/workbench/candidate.ts";
import { openLaboratory } from "../../../src/workbench/laboratory.ts";
import { resolveDataset } from "../../../src/workbench/references.ts";
import { openWorkbench } from "../../../src/workbench/index.ts";

export interface Examiner {
  readonly testTasks: number;
  /** The score of a candidate on each task of the sealed test, in the order of the dataset. Throws AlleleError for a candidate that cannot be. */
  examine(seed: Genome, candidate: Readonly<Record<string, unknown>>): Promise<readonly number[]>;
  close(): void;
}

/** Measures final candidates of all optimizers alike, with our own runtime, after their searches. */
export async function openExaminer(dataset: string): Promise<Examiner> {
  const folder = mkdtempSync(join(tmpdir(), "allele-peers-"));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  const { config, store, clock } = workbench;
  const loaded = await resolveDataset(workbench, dataset);
  const { evaluator } = await openLaboratory(workbench, { dataset: loaded, model: config.models.task, ...config });
  const tasks = tasksOf(loaded, "test");
  return {
    testTasks: tasks.length,
    examine: async (seed, candidate) => {
      const genome = candidateGenome(seed, candidate as Readonly<Record<string, Json>>);
      const genomes = [genomeId(genome)];
      store.testOpenings.append({ dataset, genomes, purpose: "bench:peers", at: clock.now() });
      const rollouts = await evaluator.evaluate(genome, tasks);
      return rollouts.map((rollout) => {
        if (rollout.state === "failed") throw new Error(`${rollout.task}: ${rollout.reason}`);
        return rollout.score;
      });
    },
    close: () => {
      workbench.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
