import type { Json } from "../base/index.ts";

/** What a rollout left behind, as checks see it. */
export interface Outcome {
  /** The agent's final answer; empty when it gave none. */
  readonly answer: string;
  /** In call order. `ok` is false when the tool reported an error. */
  readonly toolCalls: readonly { readonly name: string; readonly arguments: Json; readonly ok: boolean }[];
  /** Model calls made. */
  readonly steps: number;
  /** Input and output tokens together. */
  readonly tokens: number;
  readonly usd: number;
  readonly milliseconds: number;
  /** Runs a read-only SQL query on the task's world after the run. Absent when the world has no database. */
  readonly query?: ((sql: string) => readonly Readonly<Record<string, unknown>>[]) | undefined;
}

/** What a check found. `score` in [0, 1]; `feedback` says what was right or wrong in one sentence. */
export interface CheckResult {
  readonly score: number;
  readonly feedback: string;
}
