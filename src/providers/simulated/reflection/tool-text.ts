import { tryParseJson } from "../../../base/index.ts";
import { member } from "./request.ts";

/** The description of a tool. */
export interface ToolText {
  readonly summary: string;
  readonly when: string;
  readonly when_not: string;
  readonly examples: readonly string[];
}

/** How the members of a description are labelled where it is written as one text. */
const labels = { when: "When to use it:", when_not: "When not to use it:", examples: "Examples:" } as const;

/** Reads a description, as JSON or as one text with labels. */
export function readToolText(current: string): ToolText {
  const value = tryParseJson(current);
  if (value === undefined) return readLabelled(current);
  const textOf = (key: string): string => {
    const found = member(value, key);
    return typeof found === "string" ? found : "";
  };
  const examples = member(value, "examples");
  return {
    summary: textOf("summary"),
    when: textOf("when"),
    when_not: textOf("when_not"),
    examples: Array.isArray(examples)
      ? examples.filter((example): example is string => typeof example === "string")
      : [],
  };
}

function readLabelled(current: string): ToolText {
  const parts = { summary: "", when: "", when_not: "", examples: "" };
  let part: keyof ToolText = "summary";
  for (const line of current.trim().split("\n")) {
    const label = Object.entries(labels).find(([, words]) => line.trim().startsWith(words));
    part = (label?.[0] as keyof typeof labels | undefined) ?? part;
    parts[part] += `${label === undefined ? line : line.trim().slice(label[1].length)}\n`;
  }
  const examples = parts.examples.split("\n").map((line) => line.replace(/^\s*[-*]\s*/, "").trim());
  return {
    summary: parts.summary.trim(),
    when: parts.when.trim(),
    when_not: parts.when_not.trim(),
    examples: examples.filter((line) => line !== ""),
  };
}

/** A description as one text with labels. */
export function writeToolText({ summary, when, when_not: whenNot, examples }: ToolText): string {
  const labelled = (label: string, text: string): string => (text === "" ? "" : `${label} ${text}`);
  return [
    summary,
    labelled(labels.when, when),
    labelled(labels.when_not, whenNot),
    examples.length === 0 ? "" : [labels.examples, ...examples.map((example) => `- ${example}`)].join("\n"),
  ]
    .filter((text) => text !== "")
    .join("\n");
}
