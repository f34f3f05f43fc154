import type { Json, Random } from "../../../base/index.ts";
import type { ToolDefinition } from "../../provider.ts";
import type { HabitName } from "./habit-name.ts";

/** How the model is disposed in this conversation: a pure function of messages, tools, parameters and seed. */
export interface Mind {
  /** Whether a habit bites at this place of this conversation; `site` tells its occurrences apart ("order 2"). Same question, same answer. */
  bites(habit: HabitName, site?: string): boolean;
  /** Whether a numbered plan stands in view. */
  readonly planned: boolean;
  /** Chance for what no habit decides: wording, which digit slips, whether a wrong turn is noticed. */
  random(site: string): Random;
}

export interface ToolCallPlan {
  readonly name: string;
  readonly arguments: Json;
}

export interface ToolResult {
  /** The result as the tool gave it: parsed where it was JSON, else text. */
  readonly value: Json;
  /** True when the tool reported an error. */
  readonly failed: boolean;
  /** The call that it answers, arguments parsed where they were JSON; absent where the conversation does not tell. */
  readonly call?: ToolCallPlan | undefined;
}

/** Something the model can do. */
export interface Skill<Reading = unknown> {
  readonly name: string;
  /** Reads the user's request; undefined when it is not this skill's business. */
  read(request: string, tools: readonly ToolDefinition[]): Reading | undefined;
  /**
   * Does it: yields rounds of tool calls, receives their results in call order, returns the answer. Deterministic in its arguments and the
   * results, so that it can be replayed against a conversation.
   */
  script(
    reading: Reading,
    tools: readonly ToolDefinition[],
    mind: Mind,
  ): Generator<readonly ToolCallPlan[], string, readonly ToolResult[]>;
}
