import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/base/index.ts";
import { formatGenome, type Genome } from "../../../src/genome/index.ts";
import { makeSimulatedProvider, serveOpenAi } from "../../../src/providers/index.ts";
import { openWorkbench, type Workbench } from "../../../src/workbench/index.ts";
import { countedModel, type CountedModel, type Role } from "./model-server.ts";

/** The simulated model is the same in every run; what differs between runs is the optimizer's seed and how replies are sampled. */
const modelSeed = 0;

/**
 * A project in a folder of its own, whose reflection model stands behind an HTTP endpoint that counts and takes its time; so does its task
 * model where latency is asked for, else it runs in this process, which is the same model for less processor time.
 */
export interface Project {
  readonly workbench: Workbench;
  readonly folder: string;
  readonly model: CountedModel;
  /** Base URL of the endpoint, ending in /v1. */
  readonly modelUrl: string;
  readonly genome: string;
}

export interface ProjectOptions {
  readonly genome: Genome;
  readonly seed: number;
  readonly latency?: Readonly<Record<Role, number>> | undefined;
  readonly concurrency: number;
  /** Members of `search` in allele.yaml. */
  readonly search?: Readonly<Record<string, unknown>> | undefined;
}

/** Opens such a project, works in it and leaves nothing behind. */
export async function inProject<T>(options: ProjectOptions, work: (project: Project) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "allele-peers-"));
  const model = countedModel(makeSimulatedProvider({ seed: modelSeed }), { ...options, clock: systemClock });
  const server = await serveOpenAi(model.provider, { port: 0, clock: systemClock });
  const served = (name: Role) => ({ kind: "openai-compatible", base_url: server.url, model: name });
  const task = options.latency === undefined ? { kind: "simulated", seed: modelSeed } : served("task");
  const configuration = {
    allele: "config/1",
    models: { task, reflection: served("reflection") },
    concurrency: options.concurrency,
    ...(options.search === undefined ? {} : { search: options.search }),
  };
  mkdirSync(join(folder, "genomes"));
  writeFileSync(join(folder, "allele.yaml"), JSON.stringify(configuration));
  writeFileSync(join(folder, `genomes/${options.genome.name}.yaml`), formatGenome(options.genome));
  const workbench = openWorkbench({ cwd: folder, environment: {}, log: () => {} });
  try {
    return await work({ workbench, folder, model, modelUrl: server.url, genome: options.genome.name });
  } finally {
    workbench.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
