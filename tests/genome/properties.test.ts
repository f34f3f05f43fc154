import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "../../src/base/index.ts";
import { diffGenomes, formatGenome, genomeId, parseGenome, patchGenome, withGene } from "../../src/genome/index.ts";
import { arbitraryGene, arbitraryGenome } from "./arbitrary-genome.ts";

test("a genome written to a file and read back is the same genome", () => {
  fc.assert(
    fc.property(arbitraryGenome, (genome) => {
      expect(canonicalJson(parseGenome(formatGenome(genome), "x"))).toBe(canonicalJson(genome));
    }),
    { numRuns: 200 },
  );
});

test("any genome can be written over the file of any other, and over its own file without a change", () => {
  fc.assert(
    fc.property(arbitraryGenome, arbitraryGenome, (old, now) => {
      const file = formatGenome(old);
      expect(formatGenome(old, file)).toBe(file);
      expect(canonicalJson(parseGenome(formatGenome(now, file), "x"))).toBe(canonicalJson(now));
    }),
    { numRuns: 200 },
  );
});

test("identity does not depend on names, descriptions, parents, order of genes, flags or bounds", () => {
  fc.assert(
    fc.property(arbitraryGenome, fc.string(), fc.boolean(), (genome, description, evolvable) => {
      const genes = Object.entries(genome.genes).map(([id, gene]) => {
        const wider =
          gene.type === "text" ? { max_tokens: gene.max_tokens + 1 } : gene.type === "number" ? { max: 9 } : {};
        return [id, { ...gene, ...wider, description, evolvable }] as const;
      });
      const other = {
        name: "other",
        description,
        genes: Object.fromEntries(genes.toReversed()),
        parents: [genomeId(genome)],
      };
      expect(genomeId(other)).toBe(genomeId(genome));
    }),
  );
});

test("identity depends on every value", () => {
  fc.assert(
    fc.property(arbitraryGenome, arbitraryGene, fc.nat(), (genome, gene, place) => {
      const ids = Object.keys(genome.genes);
      const id = ids[place % ids.length] as string;
      const old = genome.genes[id];
      fc.pre(canonicalJson([old?.type, old?.value]) !== canonicalJson([gene.type, gene.value]));
      expect(genomeId({ genes: { ...genome.genes, [id]: gene } })).not.toBe(genomeId(genome));
    }),
  );
});

test("withGene gives a genome that is valid itself, or throws and leaves the parent alone", () => {
  fc.assert(
    fc.property(arbitraryGenome, arbitraryGene, fc.nat(), (genome, { value }, place) => {
      const ids = Object.keys(genome.genes);
      const id = ids[place % ids.length] as string;
      const before = canonicalJson(genome);
      let child: ReturnType<typeof withGene> | undefined;
      try {
        child = withGene(genome, id, value);
      } catch (error) {
        expect(error).toMatchObject({ name: "AlleleError", code: expect.stringMatching(/^[a-z-]+$/) });
      }
      expect(canonicalJson(genome)).toBe(before);
      if (child === undefined) return;
      expect(canonicalJson(parseGenome(formatGenome(child), "x"))).toBe(canonicalJson(child));
      expect(child.parents).toEqual([genomeId(genome)]);
      for (const other of ids) if (other !== id) expect(child.genes[other]).toEqual(genome.genes[other]);
    }),
    { numRuns: 200 },
  );
});

test("patching a genome with its difference from another gives the genes of the other", () => {
  fc.assert(
    fc.property(arbitraryGenome, arbitraryGenome, (a, b) => {
      expect(canonicalJson(patchGenome(a, diffGenomes(a, b)).genes)).toBe(canonicalJson(b.genes));
      expect(diffGenomes(a, a).changes).toEqual([]);
    }),
  );
});

test("the parts of a text change join to the old and the new text", () => {
  fc.assert(
    fc.property(fc.lorem(), fc.lorem(), (before, after) => {
      const [a, b] = [before, after].map((value) =>
        parseGenome(
          formatGenome({ name: "x", genes: { system: { type: "text", max_tokens: 1500, value } }, parents: [] }),
          "x",
        ),
      );
      const change = a === undefined || b === undefined ? undefined : diffGenomes(a, b).changes[0];
      fc.pre(change?.kind === "changed");
      const parts = change.parts ?? [];
      const join = (kind: string): string =>
        parts
          .filter((part) => part.kind !== kind)
          .map((part) => part.text)
          .join("");
      expect(join("added")).toBe(before);
      expect(join("removed")).toBe(after);
    }),
  );
});
