import { canonicalJson } from "../base/index.ts";
import type { Gene, Genome } from "../genome/index.ts";
import { cut } from "./evidence-text.ts";

/** Longest that a gene is told in passing, in characters. */
export const briefLength = 240;

/** What a value of a gene must keep to, one sentence part each; empty where only its type bounds it. */
export function limitsOf(gene: Gene): readonly string[] {
  switch (gene.type) {
    case "text": {
      const kept = gene.placeholders ?? [];
      return [
        `at most ${gene.max_tokens} tokens`,
        ...(kept.length > 0 ? [`must contain, exactly as written: ${kept.join(" ")}`] : []),
      ];
    }
    case "rules":
      return [`at most ${gene.max_items} rules`];
    case "demos":
      return [`at most ${gene.max} examples`];
    case "enum":
    case "model":
      return [`one of ${gene.options.join(", ")}`];
    case "set":
      return [`some of ${gene.universe.join(", ")}`];
    case "number":
      return [`from ${gene.min} to ${gene.max}${gene.step === undefined ? "" : ` in steps of ${gene.step}`}`];
    case "boolean":
      return ["true or false"];
    case "strategy":
      return ["at most 60 steps"];
    case "labels":
      return [`one wording for each of ${gene.answers.join(", ")}, in this order`];
    case "tool":
      return [];
  }
}

/** A gene's value in full, in the form in which edits count its parts. */
export function valueText(gene: Gene): string {
  switch (gene.type) {
    case "text":
      return gene.value;
    case "rules":
      return gene.value.length === 0 ? "(no rules yet)" : gene.value.map((rule, i) => `${i + 1}. ${rule}`).join("\n");
    case "tool":
      return JSON.stringify(gene.value, null, 2);
    case "demos":
      return `${gene.value.length} examples`;
    default:
      return typeof gene.value === "string" ? gene.value : canonicalJson(gene.value);
  }
}

/** In a fence longer than any inside the text. */
export function fenced(text: string): string {
  const longestInside = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = "`".repeat(longestInside + 1);
  return `${fence}\n${text}\n${fence}`;
}

/** Every gene but those named, one line each. */
export function describeRest(genome: Genome, ids: readonly string[]): string {
  const others = Object.entries(genome.genes).filter(([other]) => !ids.includes(other));
  if (others.length === 0) return "(nothing else)";
  return others.map(([other, gene]) => `- ${other} (${gene.type}): ${brief(gene)}`).join("\n");
}

function brief(gene: Gene): string {
  switch (gene.type) {
    case "rules":
      return gene.value.length === 0 ? "(none)" : cut(gene.value.join(" "), briefLength);
    case "tool":
      return cut(gene.value.summary, briefLength);
    default:
      return cut(valueText(gene), briefLength);
  }
}
