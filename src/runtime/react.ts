import type { Message } from "../providers/index.ts";
import type { AgentRun, Ending, RunStrategy } from "./agent-run.ts";
import type { ToolResult } from "./tool-calls.ts";

/** Think, act, observe, until the model answers without calling a tool. */
export const react: RunStrategy<"react"> = (run, { maxSteps }) =>
  loop(run, maxSteps, [...run.opening, { role: "user", content: run.input }]);

/**
 * The agent loop. `start` is the conversation so far; `maxSteps` bounds the model calls of the whole rollout.
 * `observe` may add messages after the results of a round of tool calls.
 */
export async function loop(
  run: AgentRun,
  maxSteps: number,
  start: readonly Message[],
  observe: (
    messages: readonly Message[],
    results: readonly ToolResult[],
  ) => Promise<readonly Message[]> = async () => [],
): Promise<Ending> {
  const messages = [...start];
  while (run.modelCalls() < maxSteps) {
    const stop = run.limitReached();
    if (stop !== undefined) return { answer: "", stop };

    const reply = await run.ask(messages, "with-tools");
    if (reply.toolCalls.length === 0) return { answer: reply.content, stop: "answered" };

    const results = await run.act(reply.toolCalls);
    messages.push({ role: "assistant", content: reply.content, toolCalls: reply.toolCalls });
    for (const { id, content } of results) messages.push({ role: "tool", toolCallId: id, content });
    messages.push(...(await observe(messages, results)));
  }
  return { answer: "", stop: "step-limit" };
}
