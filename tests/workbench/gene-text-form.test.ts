import fc from "fast-check";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { readGenome, type Gene } from "../../src/genome/index.ts";
import { fromTextForm, TEXT_TYPES, toTextForm } from "../../src/workbench/gene-text-form.ts";

const genomes = ["desk-seed", "desk-reference"].map((name) =>
  readGenome(resolve(import.meta.dirname, `../../genomes/${name}.yaml`)),
);

test("a gene read back from its text form has the value it had", () => {
  const genes = genomes.flatMap((genome) => Object.entries(genome.genes));
  const written = genes.filter(([, gene]) => TEXT_TYPES.includes(gene.type));
  expect(written.length).toBeGreaterThan(30);
  for (const [id, gene] of written) expect(fromTextForm(gene, toTextForm(id, gene)), id).toEqual(gene.value);
});

test("so has any tool whose texts say none of the labels", () => {
  const line = fc.stringMatching(/^[a-z][a-z ,.]{0,30}[a-z]$/);
  const prose = fc.oneof(
    fc.constant(""),
    line,
    fc.tuple(line, line).map((lines) => lines.join("\n")),
  );
  const value = fc.record({ summary: prose, when: prose, when_not: prose, examples: fc.array(line, { maxLength: 3 }) });
  fc.assert(
    fc.property(value, (tool) => {
      const gene: Gene = { type: "tool", value: tool };
      expect(fromTextForm(gene, toTextForm("tool.x", gene))).toEqual(tool);
    }),
  );
});

test("what a model writes is read leniently", () => {
  const rules: Gene = { type: "rules", max_items: 40, value: [] };
  expect(fromTextForm(rules, "- Look first.\n\n  2) Then write.\n* Then check.\n")).toEqual([
    "Look first.",
    "Then write.",
    "Then check.",
  ]);
  const tool: Gene = { type: "tool", value: { summary: "", when: "", when_not: "", examples: [] } };
  expect(fromTextForm(tool, "Just prose.\nOn two lines.")).toMatchObject({ summary: "Just prose.\nOn two lines." });
});
