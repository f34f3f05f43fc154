import type { z } from "zod";

/** What a tool works on: one isolated world per rollout. */
export interface World {
  /** Read-only SQL on the world, for checks. */
  query?(sql: string): readonly Readonly<Record<string, unknown>>[];
  close?(): void;
}

/** What a tool is given besides its arguments. */
export interface ToolContext<W extends World = World> {
  readonly world: W;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Something the agent can do. `run` returns text or JSON-like data; what it throws goes back to the model as an error result
 * and does not end the rollout.
 */
export interface Tool<W extends World = World> {
  readonly name: string;
  readonly description: string;
  readonly parameters: z.ZodType;
  /** Whether calling it can change the world. */
  readonly effect: "read" | "write";
  run(args: never, context: ToolContext<W>): unknown;
}
