import type { DiffPart } from "../base/index.ts";
import { diffLines } from "../base/index.ts";
import type { Gene, Genome, GenomeDiff } from "../genome/index.ts";
import type { Block } from "./document.ts";

/** A gene's value as text, one thing a line. */
export function geneText(gene: Gene): string {
  switch (gene.type) {
    case "text":
    case "enum":
    case "model":
      return gene.value;
    case "rules":
      return gene.value.map((rule) => `- ${rule}`).join("\n");
    case "set":
      return gene.value.join(", ");
    case "demos":
      return gene.value
        .map(({ input, steps = [], output }) =>
          [`input: ${input}`, ...steps.map((step) => `step: ${step}`), `output: ${output}`].join("\n"),
        )
        .join("\n\n");
    case "tool": {
      const { summary, when, when_not, examples } = gene.value;
      const rows = [
        ["summary", summary],
        ["when", when],
        ["when not", when_not],
        ...examples.map((example) => ["example", example]),
      ];
      return rows
        .filter(([, text]) => text !== "")
        .map(([name, text]) => `${name}: ${text}`)
        .join("\n");
    }
    case "labels":
      return gene.answers.map((answer, i) => `${answer}: ${gene.value[i] ?? ""}`).join("\n");
    case "number":
    case "boolean":
      return String(gene.value);
    case "strategy":
      return Object.entries(gene.value)
        .map(([name, value]) => `${name}: ${value}`)
        .join(", ");
  }
}

/** What changed, gene by gene, as a marked text: `-` taken out, `+` put in. */
export function geneChangeBlocks(diff: GenomeDiff): Block[] {
  return diff.changes.flatMap((change): Block[] => {
    const title: Block = { kind: "paragraph", text: `${change.gene} (${kindOf(change)})` };
    switch (change.kind) {
      case "added":
        return [title, { kind: "code", text: marked([{ kind: "added", text: geneText(change.after) }]) }];
      case "removed":
        return [title, { kind: "code", text: marked([{ kind: "removed", text: geneText(change.before) }]) }];
      case "changed":
        return [title, { kind: "code", text: marked(diffLines(geneText(change.before), geneText(change.after))) }];
    }
  });
}

/** A whole genome, gene by gene. */
export function genomeBlocks(genome: Genome): Block[] {
  const description: Block[] =
    genome.description === undefined ? [] : [{ kind: "paragraph", text: genome.description }];
  const genes = Object.entries(genome.genes).flatMap(([id, gene]): Block[] => [
    { kind: "paragraph", text: `${id} (${gene.type}${gene.evolvable === false ? ", frozen" : ""})` },
    { kind: "code", text: geneText(gene) === "" ? "(empty)" : geneText(gene) },
  ]);
  return [...description, ...genes];
}

function kindOf(change: GenomeDiff["changes"][number]): string {
  return change.kind === "changed" ? `${change.after.type}, changed` : change.kind;
}

function marked(parts: readonly DiffPart[]): string {
  const sign = { same: "  ", removed: "- ", added: "+ " };
  return parts.map(({ kind, text }) => text.replaceAll(/^/gm, sign[kind])).join("\n");
}
