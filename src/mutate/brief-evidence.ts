import { canonicalJson } from "../base/index.ts";
import type { Scored } from "../evaluate/index.ts";
import { cut } from "./evidence-text.ts";
import type { Evidence } from "./operator.ts";

/** One rollout as it is told among many. `number` names it in the request and in the reply. */
export interface Example {
  readonly number: number;
  readonly task: string;
  readonly score: number;
  readonly text: string;
}

/** Longest stretch of each part of a failed example and of one that went well, in characters. */
const failedLength = { task: 400, steps: 10, call: 110, result: 90, answer: 240, feedback: 260 };
const solvedLength = { task: 140 };

/** Rollouts in brief, numbered from 1, the worst first. Rollouts that failed outside tell nothing and are left out. */
export function briefExamples(evidence: readonly Evidence[]): readonly Example[] {
  return evidence
    .flatMap(({ task, rollout }) => (rollout.state === "scored" ? [{ input: task.input, rollout }] : []))
    .toSorted((a, b) => a.rollout.score - b.rollout.score)
    .map(({ input, rollout }, i) => ({
      number: i + 1,
      task: rollout.task,
      score: rollout.score,
      text: `## Example ${i + 1}: score ${rollout.score.toFixed(2)}\n${rollout.score < 1 ? failed(input, rollout) : solved(input, rollout)}`,
    }));
}

function failed(input: string, { trace, feedback }: Scored): string {
  return [
    `### Task\n${cut(input, failedLength.task)}`,
    `### Steps\n${stepsOf({ trace })}`,
    `### Answer\n${trace.answer.trim() === "" ? "(none)" : cut(trace.answer, failedLength.answer)}`,
    `### Feedback\n${feedback.map((line) => `- ${cut(line, failedLength.feedback)}`).join("\n")}`,
  ].join("\n");
}

/** Only what it was about and which tools led there. */
function solved(input: string, { trace }: Scored): string {
  const tools = trace.steps.flatMap((step) => (step.kind === "tool" ? [step.name] : []));
  return `### Task\n${cut(input, solvedLength.task)}\n### Steps\n${tools.length === 0 ? "(none)" : tools.join(", ")}`;
}

/** One line per call; when there are too many, the first and the last ones. */
function stepsOf({ trace }: Pick<Scored, "trace">): string {
  const calls = trace.steps.flatMap((step) => {
    if (step.kind !== "tool") return [];
    const told = step.ok ? "" : "error: ";
    const asked = cut(canonicalJson(step.arguments), failedLength.call);
    return [`- ${step.name} ${asked} -> ${told}${cut(step.result, failedLength.result)}`];
  });
  const half = failedLength.steps / 2;
  const shown =
    calls.length <= failedLength.steps
      ? calls
      : [...calls.slice(0, half), `- (${calls.length - failedLength.steps} more)`, ...calls.slice(-half)];
  const end = trace.stop === "answered" ? [] : [`- (ended by the ${trace.stop.replace("-", " ")})`];
  return shown.length + end.length === 0 ? "(none)" : [...shown, ...end].join("\n");
}
