import type { Json } from "../base/index.ts";

export interface TraceUsage {
  readonly modelCalls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  /** Wall clock of the rollout. Not part of anything that must be reproducible. */
  readonly milliseconds: number;
}

export type TraceStep =
  | { readonly kind: "plan"; readonly content: string }
  | { readonly kind: "model"; readonly content: string; readonly calls: number }
  | {
      readonly kind: "tool";
      readonly name: string;
      /** Parsed arguments, or the raw text when it was not JSON. */
      readonly arguments: Json;
      readonly result: string;
      readonly ok: boolean;
    };

/** When a step began, from the beginning of the rollout, and how long it took, in milliseconds of the wall clock. Nothing that must be reproducible. */
export interface StepTime {
  readonly at: number;
  readonly milliseconds: number;
  /** Input and output of the model call together; 0 for a tool. */
  readonly tokens: number;
}

export type StopReason = "answered" | "step-limit" | "token-limit" | "time-limit" | "cost-limit";

/** What happened in a rollout, compact: enough to show it, to score it and to reflect on it. */
export interface Trace {
  readonly steps: readonly TraceStep[];
  /** One for each step; undefined in traces that were kept before times were. */
  readonly times?: readonly StepTime[] | undefined;
  /** Empty when the agent gave none. */
  readonly answer: string;
  readonly stop: StopReason;
  readonly usage: TraceUsage;
}
