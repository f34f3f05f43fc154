import fc from "fast-check";
import { contentHash } from "../../src/base/index.ts";
import { parseGenome, type Gene, type Genome } from "../../src/genome/index.ts";

/** Any text, with the characters that YAML finds hard well represented. */
const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom("a", " ", "\n", ":", "#", "-", "'", '"', "{", "\t", "é", "\r", "|", ">"),
    maxLength: 40,
  }),
  fc.lorem({ maxCount: 40 }),
  fc.constantFrom(
    "yes",
    "null",
    "~",
    "1e3",
    "0x1f",
    "- a",
    "# no comment",
    "a: b",
    "---",
    "...",
    "{question}",
    "&a",
    "*a",
    "!tag",
  ),
);
const line = text.filter((value) => value.length > 0);
const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z_]{0,8}$/), { minLength: 1, maxLength: 5 });
const optional = {
  description: fc.option(text, { nil: undefined }),
  evolvable: fc.option(fc.boolean(), { nil: undefined }),
};

function geneOf<T extends Gene["type"]>(type: T, members: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Gene> {
  const all: fc.Arbitrary<Record<string, unknown>> = fc.record({ ...optional, ...members });
  return all.map(
    (gene) =>
      Object.fromEntries(
        Object.entries({ type, ...gene }).filter(([, value]) => value !== undefined),
      ) as unknown as Gene,
  );
}

const strategy = fc.oneof(
  fc.constant({ kind: "direct" }),
  fc.record({ kind: fc.constant("react"), max_steps: fc.integer({ min: 1, max: 60 }) }),
  fc.record({
    kind: fc.constant("plan"),
    max_steps: fc.integer({ min: 2, max: 60 }),
    replan: fc.constantFrom("never", "on-failure"),
  }),
);

export const arbitraryGene: fc.Arbitrary<Gene> = fc.oneof(
  geneOf("text", { value: text, max_tokens: fc.integer({ min: 400, max: 2000 }) }),
  geneOf("rules", { value: fc.array(line, { maxLength: 6 }), max_items: fc.integer({ min: 6, max: 40 }) }),
  geneOf("demos", {
    value: fc.array(fc.record({ input: line, output: line }), { maxLength: 3 }),
    max: fc.integer({ min: 3, max: 6 }),
  }),
  geneOf("tool", {
    value: fc.record({ summary: text, when: text, when_not: text, examples: fc.array(text, { maxLength: 3 }) }),
  }),
  geneOf("boolean", { value: fc.boolean() }),
  geneOf("strategy", { value: strategy }),
  geneOf("number", {
    min: fc.constant(0),
    max: fc.constant(2),
    step: fc.constant(0.1),
    value: fc.integer({ min: 0, max: 20 }).map((steps) => Number((steps / 10).toFixed(1))),
  }),
  names.chain((options) => geneOf("enum", { options: fc.constant(options), value: fc.constantFrom(...options) })),
  names.chain((universe) => geneOf("set", { universe: fc.constant(universe), value: fc.subarray(universe) })),
);

/** Genomes with every gene type, hard texts and sometimes parents. */
export const arbitraryGenome: fc.Arbitrary<Genome> = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?$/),
    description: fc.option(text, { nil: undefined }),
    genes: fc.dictionary(fc.stringMatching(/^[a-z][a-z_]{1,8}(\.[a-z]{2,4})?$/), arbitraryGene, {
      minKeys: 1,
      maxKeys: 6,
    }),
    parents: fc.array(fc.nat(99).map(contentHash), { maxLength: 2 }),
  })
  .map(({ description, genes, ...rest }) => ({
    ...rest,
    ...(description === undefined ? {} : { description }),
    genes: { ...genes },
  }));

/** A genome from the lines of its genes. */
export function genomeOf(genes: string, head = ""): Genome {
  return parseGenome(`allele: genome/1\nname: desk\n${head}genes:\n${genes.replaceAll(/^/gm, "  ")}\n`, "desk.yaml");
}
