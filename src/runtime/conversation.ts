import type { Message, ToolCall, ToolDefinition } from "../providers/index.ts";
import { putInto } from "./labels.ts";
import { askForNewPlan, inView } from "./plan.ts";
import type { AgentProgram } from "./program.ts";
import { toolDefinition } from "./tool-definitions.ts";
import type { Trace, TraceStep } from "./trace.ts";

/** A rollout as the model saw it, in two parts. */
export interface Conversation {
  /** What stood there before the agent did anything: system prompt, demonstrations, the task as it is put to the model. */
  readonly prompt: readonly Message[];
  /** What the agent did: its replies, results of tools, and what it was told between; ends with its last reply. */
  readonly turns: readonly Message[];
  readonly tools: readonly ToolDefinition[];
}

/** System prompt, demonstrations and earlier turns: what stands before the task. */
export function openingOf(program: AgentProgram, history: readonly Message[] = []): readonly Message[] {
  const system: readonly Message[] = program.system === "" ? [] : [{ role: "system", content: program.system }];
  const demos = program.demos.flatMap(({ input, output }): Message[] => [
    { role: "user", content: input },
    { role: "assistant", content: output },
  ]);
  return [...system, ...demos, ...history];
}

/**
 * The messages of a rollout, from its trace and the program that ran it: those of the last request that was sent, and the reply to it. Ids of
 * tool calls are new (a trace keeps none), and so is the spelling of their arguments. Where a plan was asked for, the plan stands as it was
 * in view; the request for the first one does not.
 */
export function conversationOf(program: AgentProgram, input: string, { steps }: Pick<Trace, "steps">): Conversation {
  const turns: Message[] = [];
  let count = 0;
  for (const [index, step] of steps.entries()) {
    if (step.kind === "plan") {
      if (index > 0 && step.content.trim() !== "") turns.push({ role: "user", content: askForNewPlan });
      turns.push(...inView(step.content));
    } else if (step.kind === "model") {
      const results = steps.slice(index + 1, index + 1 + step.calls).filter((next) => next.kind === "tool");
      const calls = results.map((result): ToolCall => callOf(result, `call_${count++}`));
      turns.push({
        role: "assistant",
        content: step.content,
        ...(calls.length > 0 && { toolCalls: calls }),
      });
      for (const [at, { result }] of results.entries()) {
        turns.push({ role: "tool", toolCallId: calls[at]?.id ?? "", content: result });
      }
    }
  }
  const asked: Message = { role: "user", content: putInto(program.inputForm, input) };
  const offersTools = program.strategy.kind === "react" || program.strategy.kind === "plan";
  return {
    prompt: [...openingOf(program), asked],
    turns,
    tools: offersTools ? program.tools.map(toolDefinition) : [],
  };
}

function callOf({ name, arguments: given }: Extract<TraceStep, { kind: "tool" }>, id: string): ToolCall {
  return { id, name, arguments: typeof given === "string" ? given : JSON.stringify(given) };
}
