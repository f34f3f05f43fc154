import { tryParseJson } from "../../../base/index.ts";
import type { Message, ToolDefinition } from "../../provider.ts";
import type { Mind, Skill, ToolCallPlan, ToolResult } from "./skill.ts";

/** What the model does next: calls tools, or answers. */
export type Action = { readonly calls: readonly ToolCallPlan[] } | { readonly answer: string };

/** A conversation cut at its last request. */
export interface Situation {
  /** What the user wants, with the numbers an earlier turn named where this one only points at them. */
  readonly request: string;
  /** The plan that the model wrote for this request, if it stands in view. */
  readonly plan: string | undefined;
  /** What happened since the request: results by round of calls. */
  readonly rounds: readonly (readonly ToolResult[])[];
}

const goOn = /^\W*(?:carry out|follow|execute|now (?:carry|follow|execute)|go ahead|proceed|continue)\b.{0,200}$/is;

/** Finds the last request of a conversation and what was done about it. */
export function readSituation(messages: readonly Message[]): Situation {
  const lastUser = messages.findLastIndex(({ role }) => role === "user");
  const previous = messages[lastUser - 1];
  const told = messages[lastUser]?.content ?? "";
  const plan =
    previous?.role === "assistant" &&
    (previous.toolCalls ?? []).length === 0 &&
    isPlan(previous.content) &&
    goOn.test(told)
      ? previous.content
      : undefined;
  const at =
    plan === undefined ? lastUser : messages.findLastIndex(({ role }, index) => role === "user" && index < lastUser);
  return {
    request: withAntecedents(messages[at]?.content ?? "", messages.slice(0, Math.max(0, at))),
    plan,
    rounds: roundsAfter(messages.slice(lastUser + 1)),
  };
}

/** Whether a text is a numbered list of at least two steps. */
export function isPlan(text: string): boolean {
  return (text.match(/^\s*(?:step\s*)?\d+[.):]\s+\S/gim) ?? []).length >= 2;
}

/** Replays a script against what has happened, and says what comes next. Histories that the script would not have made end it early. */
export function nextAction<R>(
  skill: Skill<R>,
  reading: R,
  tools: readonly ToolDefinition[],
  mind: Mind,
  situation: Situation,
): Action {
  const script = skill.script(reading, tools, mind);
  let step = script.next();
  for (const results of situation.rounds) {
    if (step.done === true) break;
    step = script.next(results);
  }
  return step.done === true ? { answer: step.value } : { calls: step.value };
}

/** "Cancel it": the numbers of the latest order or customer that was spoken of. */
function withAntecedents(request: string, earlier: readonly Message[]): string {
  if (
    /\b[OC]-\d{3,}\b/.test(request) ||
    !/\b(it|its|that one|this one|that order|this order|the order|the same)\b/i.test(request)
  )
    return request;
  const spoken = earlier.filter(({ role }) => role === "user").map(({ content }) => content);
  const number = spoken.toReversed().flatMap((content) => content.match(/\b[OC]-\d{3,}\b/g) ?? [])[0];
  return number === undefined || spoken.length === 0 || !isFollowUp(earlier) ? request : `${request} (${number})`;
}

/** Worked examples precede the first real request too; a follow-up has tool results or an answer right before it and no system text between. */
function isFollowUp(earlier: readonly Message[]): boolean {
  return earlier.at(-1)?.role === "assistant" && earlier.length > 2;
}

function roundsAfter(messages: readonly Message[]): readonly (readonly ToolResult[])[] {
  const rounds: ToolResult[][] = [];
  for (const message of messages) {
    if (message.role === "assistant" && (message.toolCalls ?? []).length > 0) rounds.push([]);
    else if (message.role === "tool") rounds.at(-1)?.push(resultOf(message.content));
  }
  return rounds.filter((round) => round.length > 0);
}

function resultOf(content: string): ToolResult {
  const value = tryParseJson(content) ?? content;
  const failed = (typeof value === "object" && value !== null && "error" in value) || /^\s*error\b/i.test(content);
  return { value, failed };
}
