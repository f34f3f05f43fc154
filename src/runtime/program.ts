import type { Tool } from "./tool.ts";

/** How an agent takes a task apart. */
export type Strategy =
  /** One model call, no tools. */
  | { readonly kind: "direct" }
  /**
   * One model call that generates nothing: the likeliest of these answers; `calibrated`: over how likely each is anyway, for a task that says
   * nothing; with `references`: made as likely in the mean as they are right there. Needs a model that tells log-probabilities.
   */
  | {
      readonly kind: "choose";
      readonly choices: readonly string[];
      readonly calibrated: boolean;
      /** Tasks as they are put to the model, each with the position of its right choice. */
      readonly references?: readonly { readonly input: string; readonly choice: number }[] | undefined;
    }
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
  /** How a task is put to the model; `{input}` stands for it. Absent: as it is. */
  readonly inputForm?: string | undefined;
  /** The answers there are, and how each is worded for the model. The agent answers with the first one whose wording its reply holds. */
  readonly labels?: readonly Label[] | undefined;
}

export interface Label {
  readonly answer: string;
  readonly wording: string;
}
