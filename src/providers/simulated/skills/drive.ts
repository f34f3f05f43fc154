import { canonicalJson } from "../../../base/index.ts";
import type { ToolDefinition } from "../../provider.ts";
import type { Mind, Skill, ToolCallPlan, ToolResult } from "./skill.ts";

/** What the model does next: calls tools, or answers. */
export type Action = { readonly calls: readonly ToolCallPlan[] } | { readonly answer: string };

/** What a conversation holds about its last request. */
export interface Situation {
  readonly request: string;
  /** The plan in view, if there is one. */
  readonly plan: string | undefined;
  /** What happened since the request: results by round of calls. */
  readonly rounds: readonly (readonly ToolResult[])[];
}

/**
 * Replays a script against what has happened, and says what comes next. Results are found by their calls, so that a history
 * may be cut, reordered or somebody else's: what the script asks for and the history does not hold is called now. Results
 * that do not tell their calls are taken in turn.
 */
export function nextAction<R>(
  skill: Skill<R>,
  reading: R,
  tools: readonly ToolDefinition[],
  mind: Mind,
  situation: Situation,
): Action {
  const recall = memoryOf(situation.rounds.flat());
  const script = skill.script(reading, tools, mind);
  let step = script.next();
  while (step.done !== true) {
    const results = step.value.map(recall);
    const missing = step.value.filter((_, index) => results[index] === undefined);
    if (missing.length > 0) return { calls: missing };
    step = script.next(results.filter((result) => result !== undefined));
  }
  return { answer: step.value };
}

/** Hands out each result once. */
function memoryOf(results: readonly ToolResult[]): (call: ToolCallPlan) => ToolResult | undefined {
  const nameless = results.filter(({ call }) => call === undefined);
  const known = Map.groupBy(
    results.filter(({ call }) => call !== undefined),
    ({ call }) => keyOf(call),
  );
  return (call) => known.get(keyOf(call))?.shift() ?? nameless.shift();
}

function keyOf(call: ToolCallPlan | undefined): string {
  return call === undefined ? "" : `${call.name} ${canonicalJson(call.arguments)}`;
}
