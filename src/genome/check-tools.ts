import { AlleleError, didYouMean } from "../base/index.ts";
import type { Genome } from "./genome.ts";

/**
 * Checks that every tool a genome speaks of exists: each `tool.NAME` gene, and each member of the `tools` set and of its universe.
 * Throws AlleleError `unknown-tool` with the nearest name.
 */
export function checkAgainstTools(genome: Genome, toolNames: readonly string[]): void {
  for (const { gene, tool } of namedTools(genome)) {
    if (toolNames.includes(tool)) continue;
    throw new AlleleError({
      code: "unknown-tool",
      message: `genes.${gene}: there is no tool "${tool}"${didYouMean(tool, toolNames)}`,
      hint:
        toolNames.length === 0
          ? "The dataset brings no tools; remove the gene."
          : `The tools are ${[...toolNames].toSorted().join(", ")}.`,
    });
  }
}

function namedTools(genome: Genome): { readonly gene: string; readonly tool: string }[] {
  return Object.entries(genome.genes).flatMap(([gene, content]) => {
    if (gene.startsWith("tool.")) return [{ gene, tool: gene.slice("tool.".length) }];
    if (gene !== "tools" || content.type !== "set") return [];
    return [...new Set([...content.value, ...content.universe])].map((tool) => ({ gene, tool }));
  });
}
