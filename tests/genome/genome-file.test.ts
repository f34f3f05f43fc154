import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { AlleleError } from "../../src/base/index.ts";
import { formatGenome, parseGenome, readGenome, withGene, writeGenome } from "../../src/genome/index.ts";

const commented = `# Written by hand.
allele: genome/1
name: desk   # the shop's agent

description: Back-office agent of a small web shop


genes:
  # What it is told first.
  system:      { type: text, max_tokens: 1500, value: "You are a clerk." }  # keep it short
  rules:
    type: rules
    value:
    - Always verify.   # learnt in May
    - "Never guess."
  plan:        { type: strategy, value: { kind: react } }
  tools:       { type: set, universe: [order_lookup,   order_search], value: [order_search, order_lookup] }
  long:
    type: text
    value: |
      Line one.
      Line two.
  temperature: { type: number, min: 0, max: 1.0, step: 0.1, value: 0.0 }
`;

function fault(text: string): AlleleError {
  try {
    parseGenome(text, "genomes/desk.yaml");
  } catch (error) {
    if (error instanceof AlleleError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const withGenes = (genes: string): string => `allele: genome/1\nname: desk\ngenes:\n${genes}\n`;

describe("writing over a file", () => {
  test("changes nothing when nothing changed", () => {
    expect(formatGenome(parseGenome(commented, "x"), commented)).toBe(commented);
  });

  test("changes one number and not a character more", () => {
    const warmer = withGene(parseGenome(commented, "x"), "temperature", 0.3, []);
    expect(formatGenome(warmer, commented)).toBe(commented.replace("value: 0.0", "value: 0.3"));
  });

  test("changes one text and not a character more", () => {
    const changed = withGene(parseGenome(commented, "x"), "long", "Line one.\nLine 2: # no comment\n", []);
    expect(formatGenome(changed, commented)).toBe(commented.replace("Line two.", "Line 2: # no comment"));
  });

  test("keeps comments when members come and go", () => {
    const genome = parseGenome(commented, "x");
    const changed = withGene(
      withGene(genome, "rules", ["Never guess.", "Be brief.", "Always verify."], []),
      "plan",
      { kind: "direct" },
      [],
    );
    const text = formatGenome(changed, commented);
    for (const comment of [
      "# Written by hand.",
      "# the shop's agent",
      "# What it is told first.",
      "# keep it short",
      "Always verify. # learnt in May",
    ]) {
      expect(text).toContain(comment);
    }
    expect(text).toContain('- "Never guess."');
    expect(parseGenome(text, "x")).toEqual(changed);
  });

  test("keeps anchors and aliases honest", () => {
    const shared = withGenes("  a: { type: text, value: &shared hello }\n  b: { type: text, value: *shared }");
    const changed = withGene(parseGenome(shared, "x"), "a", "good day", []);
    const text = formatGenome(changed, shared);
    expect(parseGenome(text, "x")).toEqual(changed);
    expect(changed.genes["b"]?.value).toBe("hello");
  });

  test("writes and removes the parents of a child", () => {
    const genome = parseGenome(commented, "x");
    const child = withGene(genome, "system", "You are a clerk. Be brief.");
    const text = formatGenome(child, commented);
    expect(text).toMatch(/^parents:/m);
    expect(parseGenome(text, "x").parents).toEqual(child.parents);
    expect(formatGenome({ ...child, parents: [] }, text)).not.toMatch(/^parents:/m);
  });

  test("refuses to overwrite a file that is no genome", () => {
    const file = join(mkdtempSync(join(tmpdir(), "genome-")), "notes.yaml");
    writeFileSync(file, "shopping: [milk]\n");
    const genome = parseGenome(commented, "x");
    expect(() => writeGenome(file, genome)).toThrow(expect.objectContaining({ code: "wrong-format" }));
    expect(readFileSync(file, "utf8")).toBe("shopping: [milk]\n");
  });
});

describe("writing a new file", () => {
  test("makes folders, and the file reads back as the same genome", () => {
    const file = join(mkdtempSync(join(tmpdir(), "genome-")), "deep", "desk.yaml");
    const genome = parseGenome(commented, "x");
    writeGenome(file, genome);
    expect(readGenome(file)).toEqual(genome);
  });

  test("puts long texts in blocks, small genes on one line, rules one a line, and leaves defaults out", () => {
    const text = formatGenome(parseGenome(commented, "x"));
    expect(text).toContain("value: |\n      Line one.\n      Line two.\n");
    expect(text).toContain("  plan: { type: strategy, value: { kind: react } }\n");
    expect(text).toContain("      - Always verify.\n      - Never guess.\n");
    expect(text).not.toContain("max_tokens");
  });
});

describe("a mistake in a genome file is told with its place and what to do", () => {
  test.each([
    [
      "a truncated file",
      'allele: genome/1\nname: desk\ngenes:\n  system: { type: text, value: "You',
      "malformed-yaml",
      4,
    ],
    ["an empty file", "", "wrong-format", undefined],
    ["an unknown key", withGenes("  system: { type: text, vlue: a }"), "unknown-key", 4],
    ["a key twice", withGenes("  a: { type: text, value: a }\n  a: { type: text, value: b }"), "malformed-yaml", 5],
    ["an unknown gene type", withGenes("  system: { type: txt, value: a }"), "invalid-value", 4],
    ["a file of another format", "allele: dataset/1\nname: desk\n", "wrong-format", 1],
    ["a file from a newer Allele", "allele: genome/99\nname: desk\n", "newer-format", 1],
    ["no genes", "allele: genome/1\nname: desk\ngenes: {}\n", "invalid-value", 3],
    ["a name in capitals", "allele: genome/1\nname: Desk\ngenes: { a: { type: text, value: a } }\n", "invalid-name", 2],
    ["a gene id with a space", withGenes("  my gene: { type: text, value: a }"), "invalid-name", 4],
    [
      "a gene id that JavaScript keeps for itself",
      withGenes("  constructor: { type: text, value: a }"),
      "invalid-name",
      4,
    ],
    [
      "a parent that is no id",
      "allele: genome/1\nname: desk\nparents: [abc]\ngenes: { a: { type: text, value: a } }\n",
      "invalid-value",
      3,
    ],
  ])("%s", (_, text, code, line) => {
    const error = fault(text);
    expect(error.code).toBe(code);
    expect(error.where).toMatchObject({ file: "genomes/desk.yaml", ...(line === undefined ? {} : { line }) });
    expect(error.hint).toMatch(/\w/);
  });

  test("an unknown key brings the nearest known one", () => {
    expect(fault(withGenes("  n: { type: number, min: 0, max: 1, stepp: 0.1, value: 0 }")).message).toContain(
      'did you mean "step"',
    );
  });
});

describe("a value out of its gene's bounds", () => {
  test.each([
    [
      "a number above its maximum",
      "n: { type: number, min: 0, max: 1, value: 1.5 }",
      "out-of-range",
      "n.value: 1.5 is not in [0, 1]",
    ],
    [
      "a number off its step",
      "n: { type: number, min: 0, max: 1, step: 0.1, value: 0.25 }",
      "out-of-range",
      "0.25 is not a whole number of steps",
    ],
    [
      "bounds the wrong way round",
      "n: { type: number, min: 2, max: 1, value: 1 }",
      "invalid-bounds",
      "min 2 is above max 1",
    ],
    [
      "an enum value that is no option",
      "e: { type: enum, options: [brief, full], value: breif }",
      "unknown-option",
      'did you mean "brief"',
    ],
    [
      "a model that is no option",
      "m: { type: model, options: [small, large], value: smal }",
      "unknown-option",
      'did you mean "small"',
    ],
    [
      "a set member outside the universe",
      "s: { type: set, universe: [order_lookup], value: [order_lokup] }",
      "unknown-option",
      'did you mean "order_lookup"',
    ],
    ["a set member twice", "s: { type: set, universe: [a, b], value: [b, b] }", "repeated-member", "twice"],
    ["too many rules", "r: { type: rules, max_items: 1, value: [a, b] }", "out-of-range", "2 rules, max_items is 1"],
    [
      "too many demos",
      "d: { type: demos, max: 1, value: [{ input: a, output: b }, { input: c, output: d }] }",
      "out-of-range",
      "2 demos",
    ],
    ["a text over its tokens", "t: { type: text, max_tokens: 1, value: abcde }", "out-of-range", "about 2 tokens"],
    [
      "a text without its placeholder",
      't: { type: text, placeholders: ["{question}"], value: hello }',
      "missing-placeholder",
      "{question}",
    ],
    [
      "a strategy with too many steps",
      "p: { type: strategy, value: { kind: react, max_steps: 99 } }",
      "invalid-value",
      "60",
    ],
  ])("%s", (_, gene, code, message) => {
    const error = fault(withGenes(`  first: { type: text, value: fine }\n  ${gene}`));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
    expect(error.where).toMatchObject({ file: "genomes/desk.yaml", line: 5 });
    expect(error.where?.column).toBeGreaterThan(3);
    expect(error.hint).toMatch(/\w/);
  });

  test("a value on the edge is allowed", () => {
    const text = withGenes(
      "  n: { type: number, min: -1, max: 0.7, step: 0.1, value: 0.7 }\n  t: { type: text, max_tokens: 1, value: abcd }\n  r: { type: rules, max_items: 1, value: [a] }",
    );
    expect(Object.keys(parseGenome(text, "x").genes)).toEqual(["n", "t", "r"]);
  });
});

describe("the early form genome/0", () => {
  const early = `# early\nallele: genome/0\nname: desk\ncomponents:\n  system: You are a clerk.\n  style: ${"long ".repeat(3000)}\n`;

  test("is read as text genes, however long", () => {
    const { genes } = parseGenome(early, "x");
    expect(genes["system"]).toEqual({ type: "text", value: "You are a clerk.", max_tokens: 1500 });
    expect(Object.keys(genes)).toEqual(["system", "style"]);
  });

  test("is written in the present form", () => {
    const genome = withGene(parseGenome(early, "x"), "system", "You are helpful.", []);
    const text = formatGenome(genome, early);
    expect(text).toContain("# early\nallele: genome/1\n");
    expect(text).not.toContain("components");
    expect(parseGenome(text, "x")).toEqual(genome);
  });

  test("has its mistakes located in the file as it is", () => {
    const wrong = fault("allele: genome/0\nname: desk\ncomponents:\n  system: fine\n  style: [1]\n");
    expect(wrong).toMatchObject({ code: "invalid-value", where: { line: 5, column: 3 } });
    const misnamed = fault("allele: genome/0\nname: desk\ncomponents:\n  system: fine\n  my style: a\n");
    expect(misnamed).toMatchObject({ code: "invalid-name", where: { line: 5, column: 3 } });
  });
});
