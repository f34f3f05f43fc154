import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { parseYaml, readText } from "../base/index.ts";
import { EvolveOptions } from "../evolve/index.ts";
import { ModelConfig } from "../providers/index.ts";
import { ReflectionConfig } from "./reflection-config.ts";

export const CONFIG_FILE = "allele.yaml";

/** The meaning of `allele.yaml`. Every member has a default: without the file, everything runs on the embedded simulated model. */
export const Config = z.strictObject({
  allele: z.literal("config/1"),
  /** Models by role; `reflection` and `judge` default to `task`. `reflection: none` leaves out what asks a reflection model. */
  models: z
    .strictObject({ task: ModelConfig, reflection: ReflectionConfig.optional(), judge: ModelConfig.optional() })
    .default({ task: ModelConfig.parse({ kind: "simulated" }) }),
  /** Default budget of `evolve`; the command line overrides each member. */
  budget: z
    .strictObject({
      rollouts: z.int().positive().optional(),
      tokens: z.int().positive().optional(),
      usd: z.number().positive().optional(),
      minutes: z.number().positive().optional(),
    })
    .default({ rollouts: 2000 }),
  /** How `evolve` searches; every member has a default, see docs/configuration.md. */
  search: EvolveOptions.omit({ budget: true, seed: true, concurrency: true })
    .extend({ proposal: EvolveOptions.shape.proposal.unwrap().optional() })
    .prefault({}),
  /** Rollouts at once. */
  concurrency: z.int().min(1).max(1024).default(8),
  /** The SQLite file of the store, relative to the configuration. */
  store: z.string().default("runs/allele.db"),
  genomes: z.string().default("genomes"),
  datasets: z.string().default("datasets"),
  /** Bounds on one rollout. */
  limits: z
    .strictObject({
      /** Input and output tokens of all its model calls. */
      tokens: z.int().positive().default(60_000),
      usd: z.number().positive().optional(),
      /** After this a rollout counts as failed outside, not as a wrong answer. */
      seconds: z.number().positive().default(300),
    })
    .prefault({}),
  promotion: z
    .strictObject({
      /** A winner may use at most this many times the tokens (and money) of what it replaces. */
      max_cost_ratio: z.number().positive().default(6),
    })
    .prefault({}),
});
export type Config = Readonly<z.infer<typeof Config>>;

/** Reads `allele.yaml` in `folder`, or answers the defaults. Throws AlleleError with file, line and column. */
export function loadConfig(folder: string): Config {
  const file = resolve(folder, CONFIG_FILE);
  if (!existsSync(file)) return Config.parse({ allele: "config/1" });
  return parseYaml(readText(file), Config, file);
}
