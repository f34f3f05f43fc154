import type { Tool } from "./tool.ts";

/** How an agent takes a task apart. */
export type Strategy =
  /** One model call, no tools. */
  | { readonly kind: "direct" }
  /** Think, act, observe, until the model answers without a tool call. */
  | { readonly kind: "react"; readonly maxSteps: number }
  /** First a numbered plan, then the loop of react with the plan in view. */
  | { readonly kind: "plan"; readonly maxSteps: number; readonly replan: "never" | "on-failure" };

/** Bounds on one rollout; reaching one ends it with what it has. */
export interface Limits {
  readonly tokens?: number | undefined;
  readonly usd?: number | undefined;
  readonly milliseconds?: number | undefined;
}

/** All that defines an agent's behaviour: what `runAgent` runs. Knows nothing of genomes. */
export interface AgentProgram {
  readonly system: string;
  /** Shown before the task as user and assistant turns. */
  readonly demos: readonly { readonly input: string; readonly output: string }[];
  readonly tools: readonly Tool<never>[];
  readonly strategy: Strategy;
  readonly limits: Limits;
  readonly model: string;
  readonly temperature?: number | undefined;
  readonly maxOutputTokens?: number | undefined;
}
