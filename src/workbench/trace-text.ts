import { canonicalJson } from "../base/index.ts";
import type { Trace, TraceStep } from "../runtime/index.ts";

/** What happened in a rollout, for people and for reflection models: what was asked, a line for each step, the answer. */
export function traceText(input: string, { steps, answer, stop }: Trace): string {
  const done = steps.map(stepText).filter((line) => line !== "");
  const end = stop === "answered" ? [] : [`- (ended by the ${stop.replace("-", " ")})`];
  return [
    `Task: ${input.trim()}`,
    `Steps:\n${done.length + end.length === 0 ? "(none)" : [...done, ...end].join("\n")}`,
    `Answer: ${answer.trim() === "" ? "(none)" : answer.trim()}`,
  ].join("\n\n");
}

/** The model's last word is the answer and not told twice. */
function stepText(step: TraceStep): string {
  switch (step.kind) {
    case "plan":
      return `- plan: ${step.content.trim()}`;
    case "model":
      return step.calls === 0 || step.content.trim() === "" ? "" : `- thought: ${step.content.trim()}`;
    case "tool":
      return `- called ${step.name} ${canonicalJson(step.arguments)} -> ${step.ok ? "" : "error: "}${step.result.trim()}`;
  }
}
