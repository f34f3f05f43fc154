import { AlleleError } from "../base/index.ts";
import type { Gene, GeneType, ToolText } from "../genome/index.ts";

/** The types of gene that can be written as one string, for optimizers that only know strings. */
export const TEXT_TYPES: readonly GeneType[] = ["text", "rules", "tool"];

/** A gene as one string: a text as it is, a rule a line, a tool with a label before each member. Throws AlleleError `no-text-form`. */
export function toTextForm(id: string, gene: Gene): string {
  switch (gene.type) {
    case "text":
      return gene.value;
    case "rules":
      return gene.value.map((rule) => rule.replaceAll(/\s*\n\s*/g, " ")).join("\n");
    case "tool":
      return toolToText(gene.value);
    default:
      throw new AlleleError({
        code: "no-text-form",
        message: `gene "${id}" of type ${gene.type} has no text form`,
        hint: `Genes of type ${TEXT_TYPES.join(", ")} have one; leave the others out.`,
      });
  }
}

/**
 * The value that a string stands for in a gene of this type; a string that is no text form is handed on for the gene to judge.
 * Lenient where a model may have written it: list marks before rules and blank lines are dropped, the case of labels does not matter.
 */
export function fromTextForm(gene: Gene, text: string): unknown {
  if (gene.type === "rules") return linesOf(text).map((line) => line.replace(listMark, ""));
  if (gene.type === "tool") return toolFromText(text);
  return text;
}

const listMark = /^(?:[-*•]|\d{1,3}[.)])\s+/;
const labels = { when: "When to use it:", when_not: "When not to use it:", examples: "Examples:" } as const;

function toolToText({ summary, when, when_not, examples }: ToolText): string {
  const labelled = (label: string, text: string): string => (text.trim() === "" ? "" : `${label} ${text.trim()}`);
  const parts = [
    summary.trim(),
    labelled(labels.when, when),
    labelled(labels.when_not, when_not),
    examples.length === 0 ? "" : [labels.examples, ...examples.map((example) => `- ${example}`)].join("\n"),
  ];
  return parts.filter((part) => part !== "").join("\n");
}

/** What stands before the first label is the summary. A label that comes twice adds to its member. */
function toolFromText(text: string): ToolText {
  const members = { summary: "", when: "", when_not: "", examples: "" };
  let member: keyof ToolText = "summary";
  for (const line of text.split("\n")) {
    const labelled = Object.entries(labels).find(([, label]) =>
      line.trim().toLowerCase().startsWith(label.toLowerCase()),
    );
    const said = labelled === undefined ? line : line.trim().slice(labelled[1].length);
    member = (labelled?.[0] as keyof typeof labels | undefined) ?? member;
    members[member] += `${said}\n`;
  }
  return {
    summary: members.summary.trim(),
    when: members.when.trim(),
    when_not: members.when_not.trim(),
    examples: linesOf(members.examples).map((line) => line.replace(listMark, "")),
  };
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
