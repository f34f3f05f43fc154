import type { ChatReply, Choices, Message, ToolCall } from "../providers/index.ts";
import type { Strategy } from "./program.ts";
import type { ToolResult } from "./tool-calls.ts";
import type { StopReason } from "./trace.ts";

/** How a rollout ended. */
export interface Ending {
  /** Empty when the agent gave none. */
  readonly answer: string;
  readonly stop: StopReason;
}

/** One rollout under way: all that a strategy may do. What it does is counted and written into the trace. */
export interface AgentRun {
  /** The task as it is put to the model. */
  readonly input: string;
  /** A task that says nothing, put in the same way. */
  readonly blank: string;
  /** System prompt, demonstrations and earlier turns: what stands before the task. */
  readonly opening: readonly Message[];
  /** Model calls made. */
  modelCalls(): number;
  /** The limit that has been reached, if any. To be asked before each model call. */
  limitReached(): StopReason | undefined;
  /** One model call. Rejects with ProviderError, or AlleleError `interrupted`. */
  ask(messages: readonly Message[], tools: "with-tools" | "without-tools", choices?: Choices): Promise<ChatReply>;
  /** One model call without tools, whose reply is kept as a plan. */
  askForPlan(messages: readonly Message[]): Promise<string>;
  /** Runs the tool calls of one reply; results in the order of the calls. */
  act(calls: readonly ToolCall[]): Promise<readonly ToolResult[]>;
}

/** A way of taking a task apart: resolves with the ending, whatever the model and the tools do. */
export type RunStrategy<K extends Strategy["kind"]> = (
  run: AgentRun,
  strategy: Extract<Strategy, { kind: K }>,
) => Promise<Ending>;
