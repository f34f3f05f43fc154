import { describe, expect, test } from "vitest";
import type { ContentHash } from "../../src/base/index.ts";
import {
  activeGenes,
  ancestorsOf,
  checkAgainstTools,
  commonAncestors,
  depthOf,
  diffGenomes,
  genomeId,
  patchGenome,
  withGene,
  type Lineage,
} from "../../src/genome/index.ts";
import { genomeOf } from "./arbitrary-genome.ts";

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe("changing a gene", () => {
  const genome = genomeOf(`system: { type: text, value: hello }
temperature: { type: number, min: 0, max: 1, value: 0, evolvable: false }
tools: { type: set, universe: [a, b, c], value: [a] }`);

  test("gives a child with its parent's id", () => {
    const child = withGene(genome, "system", "good day");
    expect(child.genes["system"]?.value).toBe("good day");
    expect(child.parents).toEqual([genomeId(genome)]);
    expect(genome.genes["system"]?.value).toBe("hello");
  });

  test("a frozen gene cannot be changed", () => {
    expect(() => withGene(genome, "temperature", 0.5)).toThrow(code("frozen-gene"));
  });

  test("a gene that is not there cannot be changed, and the nearest is named", () => {
    expect(() => withGene(genome, "systen", "x")).toThrow(/did you mean "system"/);
    expect(() => withGene(genome, "toString", "x")).toThrow(code("unknown-gene"));
  });

  test("a value of another type is refused", () => {
    expect(() => withGene(genome, "system", ["hello"])).toThrow(code("wrong-type"));
    expect(() => withGene(genome, "tools", "a")).toThrow(code("wrong-type"));
  });

  test("a value out of bounds is refused", () => {
    expect(() => withGene(genome, "tools", ["z"])).toThrow(code("unknown-option"));
    expect(() => withGene(genome, "system", "x".repeat(6001))).toThrow(code("out-of-range"));
  });

  test("equal sets make equal genomes, in whatever order they are given", () => {
    expect(genomeId(withGene(genome, "tools", ["c", "a"]))).toBe(genomeId(withGene(genome, "tools", ["a", "c"])));
  });
});

describe("conditional genes", () => {
  const genes = (kind: string, depth: number): string => `plan: { type: strategy, value: { kind: ${kind} } }
planner: { type: text, active: { gene: plan, is: plan }, value: Plan first. }
depth: { type: number, min: 1, max: 5, active: { gene: plan, is: [plan, react] }, value: ${depth} }
deep: { type: text, active: { gene: depth, is: 3 }, value: Go deep. }`;

  test("are active only while the other gene matches, itself being active", () => {
    expect(Object.keys(activeGenes(genomeOf(genes("direct", 3))))).toEqual(["plan"]);
    expect(Object.keys(activeGenes(genomeOf(genes("react", 3))))).toEqual(["plan", "depth", "deep"]);
    expect(Object.keys(activeGenes(genomeOf(genes("plan", 2))))).toEqual(["plan", "planner", "depth"]);
  });

  test("change the identity while active and not while inactive", () => {
    const asleep = genomeOf(genes("direct", 3));
    expect(genomeId(withGene(asleep, "planner", "Another plan."))).toBe(genomeId(asleep));
    const awake = genomeOf(genes("plan", 3));
    expect(genomeId(withGene(awake, "planner", "Another plan."))).not.toBe(genomeId(awake));
  });

  test.each([
    [
      "a gene that is not there",
      "a: { type: text, active: { gene: modee, is: x }, value: a }\nmode: { type: enum, options: [x], value: x }",
      'did you mean "mode"',
    ],
    [
      "a value that never comes",
      "a: { type: text, active: { gene: mode, is: fsat }, value: a }\nmode: { type: enum, options: [fast], value: fast }",
      'did you mean "fast"',
    ],
    [
      "a gene that cannot decide",
      "a: { type: text, active: { gene: b, is: x }, value: a }\nb: { type: text, value: x }",
      "cannot decide",
    ],
    [
      "a circle",
      "a: { type: boolean, active: { gene: b, is: true }, value: true }\nb: { type: boolean, active: { gene: a, is: true }, value: true }",
      "a -> b -> a",
    ],
    ["themselves", "a: { type: boolean, active: { gene: a, is: true }, value: true }", "a -> a"],
  ])("cannot depend on %s", (_, text, message) => {
    expect(() => genomeOf(text)).toThrow(code("invalid-condition"));
    expect(() => genomeOf(text)).toThrow(message);
    expect(() => genomeOf(text)).toThrow(
      expect.objectContaining({ where: expect.objectContaining({ file: "desk.yaml", line: 4 }) }),
    );
  });
});

describe("tools", () => {
  const known = ["order_lookup", "order_search"];

  test("that exist are accepted", () => {
    const genome = genomeOf(`tools: { type: set, universe: [order_lookup, order_search], value: [order_lookup] }
tool.order_search: { type: tool, value: { summary: Finds orders. } }`);
    expect(() => checkAgainstTools(genome, known)).not.toThrow();
  });

  test.each([
    [
      "a tool gene",
      "tool.order_serch: { type: tool, value: { summary: Finds orders. } }",
      'tool.order_serch: there is no tool "order_serch" (did you mean "order_search"?)',
    ],
    [
      "the set of tools",
      "tools: { type: set, universe: [order_lokup], value: [order_lokup] }",
      'did you mean "order_lookup"',
    ],
    [
      "the universe alone",
      "tools: { type: set, universe: [order_lookup, refund], value: [order_lookup] }",
      'there is no tool "refund"',
    ],
  ])("that do not exist are an error in %s", (_, gene, message) => {
    expect(() => checkAgainstTools(genomeOf(gene), known)).toThrow(code("unknown-tool"));
    expect(() => checkAgainstTools(genomeOf(gene), known)).toThrow(message);
  });
});

describe("lineage", () => {
  const id = (name: string): ContentHash => `s256:${name}`;
  const lineage: Lineage = new Map(
    Object.entries({
      seed: [],
      a: ["seed"],
      b: ["seed"],
      c: ["a"],
      merged: ["c", "b"],
      late: ["merged"],
      stray: ["lost"],
    }).map(([child, parents]) => [id(child), { parents: parents.map(id) }]),
  );

  test("ancestors come nearest first, each once", () => {
    expect(ancestorsOf(lineage, id("late"))).toEqual(["merged", "c", "b", "a", "seed"].map(id));
    expect(ancestorsOf(lineage, id("seed"))).toEqual([]);
  });

  test("a parent that is not known is named", () => {
    expect(ancestorsOf(lineage, id("stray"))).toEqual([id("lost")]);
  });

  test("the common ancestors are the latest shared ones", () => {
    expect(commonAncestors(lineage, id("c"), id("b"))).toEqual([id("seed")]);
    expect(commonAncestors(lineage, id("late"), id("c"))).toEqual([id("c")]);
    expect(commonAncestors(lineage, id("a"), id("stray"))).toEqual([]);
  });

  test("depth is the longest way to a seed", () => {
    expect(["seed", "a", "b", "c", "merged", "late"].map((name) => depthOf(lineage, id(name)))).toEqual([
      0, 1, 1, 2, 3, 4,
    ]);
  });

  test("ten thousand generations and damaged parents that form a circle are no trouble", () => {
    const long: Lineage = new Map(
      Array.from({ length: 10_000 }, (_, index) => [
        id(String(index)),
        { parents: index === 0 ? [] : [id(String(index - 1))] },
      ]),
    );
    expect(depthOf(long, id("9999"))).toBe(9999);
    const circle: Lineage = new Map([
      [id("x"), { parents: [id("y")] }],
      [id("y"), { parents: [id("x")] }],
    ]);
    expect(ancestorsOf(circle, id("x"))).toEqual([id("y")]);
    expect(depthOf(circle, id("x"))).toBeGreaterThan(0);
  });
});

describe("diff and patch", () => {
  const before = genomeOf(
    "system: { type: text, value: Be kind. }\nrules: { type: rules, value: [a, b] }\nold: { type: boolean, value: true }",
  );
  const after = genomeOf(
    "system: { type: text, value: Be very kind. }\nrules: { type: rules, value: [a, c] }\nnew: { type: boolean, value: true }",
  );

  test("tell what was added, removed and changed, with the words", () => {
    const { changes } = diffGenomes(before, after);
    expect(changes.map(({ kind, gene }) => `${kind} ${gene}`)).toEqual([
      "added new",
      "removed old",
      "changed rules",
      "changed system",
    ]);
    expect(changes[3]).toMatchObject({
      parts: [
        { kind: "same", text: "Be " },
        { kind: "added", text: "very " },
        { kind: "same", text: "kind." },
      ],
    });
  });

  test("a patch keeps changes made elsewhere", () => {
    const elsewhere = { ...before, genes: { ...before.genes, extra: { type: "boolean" as const, value: false } } };
    const patched = patchGenome(elsewhere, diffGenomes(before, after));
    expect(Object.keys(patched.genes).toSorted()).toEqual(["extra", "new", "rules", "system"]);
    expect(patched.parents).toEqual([genomeId(elsewhere)]);
  });

  test.each([
    ["a gene that changed in between", withGene(before, "system", "Be brief.")],
    [
      "a gene that came in between",
      { ...before, genes: { ...before.genes, new: { type: "boolean" as const, value: false } } },
    ],
    [
      "a gene that went in between",
      { ...before, genes: { system: before.genes["system"] ?? { type: "boolean", value: true } } },
    ],
  ] as const)("a patch conflicts with %s", (_, target) => {
    expect(() => patchGenome(target, diffGenomes(before, after))).toThrow(code("patch-conflict"));
  });
});
