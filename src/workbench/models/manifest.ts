import { resolve, join } from "node:path";
import { z } from "zod";
import type { Workbench } from "../workbench.ts";

/** What is known of a fetched model, beside its file. */
export const Manifest = z.strictObject({
  allele: z.literal("model/1"),
  name: z.string(),
  source: z.string(),
  sha256: z.string(),
  bytes: z.number(),
  licence: z.string(),
  architecture: z.string(),
  /** Tokens a second on this machine, measured once, with the date. */
  speed: z
    .strictObject({ input: z.number(), output: z.number(), threads: z.number(), measured: z.string() })
    .optional(),
});
export type Manifest = Readonly<z.infer<typeof Manifest>>;

/** Where fetched models are: the `folder` of the task model where it is of kind llama, else `models`. */
export function modelFolder({ root, config }: Workbench): string {
  const { task } = config.models;
  return resolve(root, task.kind === "llama" ? task.folder : "models");
}

export function modelFile(folder: string, name: string): string {
  return join(folder, `${name}.gguf`);
}

export function manifestFile(folder: string, name: string): string {
  return join(folder, `${name}.json`);
}
