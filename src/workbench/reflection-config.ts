import { z } from "zod";
import { ModelConfig, modelIdentity } from "../providers/index.ts";

/**
 * Who proposes: a model; `files`: a person or an agent, who answers requests that lie in the run's folder; `none`: nobody, and then only the operators
 * work that ask no model.
 */
export const ReflectionConfig = z.union([z.enum(["none", "files"]), ModelConfig]);
export type ReflectionConfig = z.infer<typeof ReflectionConfig>;

export function reflectionIdentity(reflection: ReflectionConfig): string {
  return typeof reflection === "string" ? reflection : modelIdentity(reflection);
}
