import type { Demo, ToolText } from "../genome/index.ts";

/** One titled part of the system prompt; nothing when there is nothing to say. */
export function section(title: string, body: string): string {
  return body.trim() === "" ? "" : `## ${title}\n${body.trim()}`;
}

export function bulletedList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

/** "refund_policy" as people write it: "Refund policy". */
export function titleOf(geneId: string): string {
  const words = geneId.replaceAll(/[_.-]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A worked example as one turn of the assistant: its steps as a numbered list, then the answer. */
export function demoAnswer({ steps = [], output }: Demo): string {
  const told = steps.map((step, index) => `${index + 1}. ${step}`).join("\n");
  return told === "" ? output : `${told}\n\n${output}`;
}

/** A tool's description as the model reads it; `base` is the tool's own, for a gene without a summary. */
export function toolDescription(base: string, { summary, when, when_not, examples }: ToolText): string {
  const parts = [
    summary.trim() === "" ? base : summary.trim(),
    when.trim() === "" ? "" : `When to use it: ${when.trim()}`,
    when_not.trim() === "" ? "" : `When not to use it: ${when_not.trim()}`,
    examples.length === 0 ? "" : `Examples:\n${bulletedList(examples)}`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}
