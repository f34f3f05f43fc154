import { tryParseJson } from "../../base/index.ts";
import type { Message } from "../provider.ts";
import type { Demo } from "./reading/demos.ts";
import { isPlan, readsAsCarryOn, withoutPlanRequest } from "./planning.ts";
import { inContext } from "./skills/follow-up.ts";
import type { ToolCallPlan, ToolResult } from "./skills/skill.ts";

/** A conversation as the model takes it: what it was told before, what is wanted now, and what has been done about it. */
export interface Conversation {
  readonly system: string;
  readonly demos: readonly Demo[];
  /** What the user wants, without a wish for a plan; with what it needs from earlier turns to be understood. */
  readonly request: string;
  /** The last message asks for a numbered plan. */
  readonly wantsPlan: boolean;
  /** The plan in view, the newest one. */
  readonly plan: string | undefined;
  /** Results since the request, by round of calls. */
  readonly rounds: readonly (readonly ToolResult[])[];
}

/** Takes a conversation apart by reading it: examples, requests, plans and wishes for plans are known by what they say. */
export function readConversation(messages: readonly Message[]): Conversation {
  const system = messages.flatMap(({ role, content }) => (role === "system" ? [content] : [])).join("\n\n");
  const turns = messages.filter(({ role }) => role !== "system");
  let request = { at: -1, text: "" };
  let plan: string | undefined;
  let wantsPlan = false;
  turns.forEach((turn, index) => {
    if (turn.role === "assistant" && wantsPlan && (turn.toolCalls ?? []).length === 0) {
      plan = turn.content;
      wantsPlan = false;
    }
    if (turn.role !== "user") return;
    const previous = turns[index - 1];
    const before = previous?.role === "assistant" && isPlan(previous.content) ? previous.content : undefined;
    if (before !== undefined && readsAsCarryOn(turn.content)) {
      plan = before;
      wantsPlan = false;
      return;
    }
    const asked = withoutPlanRequest(turn.content);
    wantsPlan = asked !== undefined;
    const text = asked ?? turn.content;
    if (asked !== undefined && asked.trim() === "" && request.at >= 0) return;
    request = { at: index, text: inContext(text.trim(), turns.slice(0, index)) };
    plan = undefined;
  });
  const before = turns.slice(0, Math.max(0, request.at));
  return {
    system,
    demos: demosOf(before),
    request: request.text,
    wantsPlan,
    plan,
    rounds: roundsOf(turns.slice(request.at + 1)),
  };
}

/** Pairs of a user's and an assistant's turn before the request. */
function demosOf(turns: readonly Message[]): readonly Demo[] {
  return turns.flatMap((turn, index) => {
    const reply = turns[index + 1];
    const pair = turn.role === "user" && reply?.role === "assistant" && (reply.toolCalls ?? []).length === 0;
    return pair ? [{ input: turn.content, output: reply.content }] : [];
  });
}

function roundsOf(turns: readonly Message[]): readonly (readonly ToolResult[])[] {
  const rounds: ToolResult[][] = [];
  const calls = new Map<string, ToolCallPlan>();
  for (const turn of turns) {
    if (turn.role === "assistant" && (turn.toolCalls ?? []).length > 0) rounds.push([]);
    if (turn.role === "assistant") {
      for (const call of turn.toolCalls ?? []) {
        calls.set(call.id, { name: call.name, arguments: tryParseJson(call.arguments) ?? call.arguments });
      }
    }
    if (turn.role === "tool") rounds.at(-1)?.push({ ...resultOf(turn.content), call: calls.get(turn.toolCallId) });
  }
  return rounds.filter((round) => round.length > 0);
}

function resultOf(content: string): ToolResult {
  const value = tryParseJson(content) ?? content;
  const failed = typeof value === "object" && value !== null && "error" in value;
  return { value, failed: failed || (typeof value === "string" && /^\s*error\b/i.test(value)) };
}
