import { canonicalJson } from "../base/index.ts";
import type { Scored } from "../evaluate/index.ts";
import type { TraceStep } from "../runtime/index.ts";
import type { Evidence } from "./operator.ts";

/** Longest stretch of each part that is shown, in characters, so that a request stays small whatever the agent did. */
const longest = { input: 1500, steps: 14, arguments: 300, result: 400, thought: 300, answer: 800, feedback: 400 };

/** Most that all examples take together, in characters; what does not fit is left out, the worst example never. */
const mostInAll = 40_000;

/** The evidence as text, worst first: what was asked, what the agent did, how it was judged. Failed rollouts tell nothing and are left out. */
export function describeEvidence(evidence: readonly Evidence[]): string {
  const examples = evidence
    .flatMap(({ task, rollout }) => (rollout.state === "scored" ? [{ task, rollout }] : []))
    .toSorted((a, b) => a.rollout.score - b.rollout.score)
    .map(describeExample);
  let left = mostInAll;
  return examples.filter((example, i) => (left -= example.length) >= 0 || i === 0).join("\n\n");
}

function describeExample(
  { task, rollout }: { readonly task: Evidence["task"]; readonly rollout: Scored },
  position: number,
): string {
  return [
    `## Example ${position + 1}: score ${rollout.score.toFixed(2)}`,
    `### Task\n${cut(task.input, longest.input)}`,
    `### Steps\n${describeSteps(rollout)}`,
    `### Answer\n${rollout.trace.answer.trim() === "" ? "(none)" : cut(rollout.trace.answer, longest.answer)}`,
    `### Feedback\n${rollout.feedback.map((line) => `- ${cut(line, longest.feedback)}`).join("\n")}`,
  ].join("\n");
}

/** One line per step; when there are too many, the first and the last ones. */
function describeSteps({ trace }: Scored): string {
  const lines = trace.steps.map(describeStep).filter((line) => line !== "");
  const half = longest.steps / 2;
  const shown =
    lines.length <= longest.steps
      ? lines
      : [...lines.slice(0, half), `(${lines.length - longest.steps} more)`, ...lines.slice(-half)];
  const end = trace.stop === "answered" ? [] : [`(ended by the ${trace.stop.replace("-", " ")})`];
  return shown.length + end.length === 0 ? "(none)" : [...shown, ...end].map((line) => `- ${line}`).join("\n");
}

function describeStep(step: TraceStep): string {
  switch (step.kind) {
    case "plan":
      return `plan: ${cut(step.content, longest.thought)}`;
    case "model":
      return step.calls === 0 || step.content.trim() === "" ? "" : `thought: ${cut(step.content, longest.thought)}`;
    case "tool": {
      const call = `${step.name} ${cut(canonicalJson(step.arguments), longest.arguments)}`;
      return `called ${call} -> ${step.ok ? "" : "error: "}${cut(step.result, longest.result)}`;
    }
  }
}

/** A text on one line, or its beginning with a mark where it was cut. */
export function cut(text: string, length: number): string {
  const line = text.trim();
  return line.length <= length ? line : `${line.slice(0, length)}… (${line.length - length} characters more)`;
}
