import type { Gene, Genome } from "../genome/index.ts";
import { sentencesIn } from "./sentences.ts";
import type { Changes, Evidence } from "./operator.ts";

/** Where a change adds no instructions there is nothing to hold against the evidence. */
const unknown = 0.5;

/**
 * In [0, 1]: how much of what a change adds speaks of what the evidence is about, as the share of its longer words that stand in the
 * feedback on failed tasks or name a tool that was called. General exhortations score low. A prior for what to try first, no verdict:
 * advice that fits every task can be right. 0.5 where no text or rule is added; a description speaks of its tool, not of tasks.
 */
export function groundingOf(parent: Genome, changes: Changes, evidence: readonly Evidence[]): number {
  const known = vocabularyOf(evidence);
  const words = Object.entries(changes).flatMap(([id, value]) => {
    const gene = parent.genes[id];
    if (gene?.type !== "text" && gene?.type !== "rules") return [];
    const before = new Set(textsIn(gene.value).flatMap(sentencesIn));
    const added = textsIn(value)
      .flatMap(sentencesIn)
      .filter((sentence) => !before.has(sentence));
    return added.flatMap((sentence) => [...stemsIn(sentence)]);
  });
  return words.length === 0 ? unknown : words.filter((word) => known.has(word)).length / words.length;
}

function vocabularyOf(evidence: readonly Evidence[]): ReadonlySet<string> {
  const texts = evidence.flatMap(({ rollout }) => {
    if (rollout.state !== "scored" || rollout.score >= 1) return [];
    const tools = rollout.trace.steps.flatMap((step) => (step.kind === "tool" ? [step.name] : []));
    return [...rollout.feedback, ...tools];
  });
  return stemsIn(texts.join("\n"));
}

/** Words of four letters and more by their first five, names of tools taken apart. */
function stemsIn(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
  return new Set(words.map((word) => word.slice(0, 5)));
}

function textsIn(value: Gene["value"]): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
