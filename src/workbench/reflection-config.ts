import { z } from "zod";
import { ModelConfig, modelIdentity } from "../providers/index.ts";

/** What proposes: a model, or none, and then only the operators work that ask no model. */
export const ReflectionConfig = z.union([z.literal("none"), ModelConfig]);
export type ReflectionConfig = z.infer<typeof ReflectionConfig>;

export function reflectionIdentity(reflection: ReflectionConfig): string {
  return typeof reflection === "string" ? reflection : modelIdentity(reflection);
}
