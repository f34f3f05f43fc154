import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { genomeId, withGene, type Genome } from "../../src/genome/index.ts";
import { findMerge, pairKey, type Relative } from "../../src/mutate/index.ts";
import { everyGene } from "./make.ts";

const relative = (genome: Genome, parents: readonly number[], mean: number): Relative => ({
  id: genomeId(genome),
  genome,
  parents,
  mean,
});
const seed = relative(everyGene, [], 0.3);
const text = relative(withGene(everyGene, "system", "Serve {shop}."), [0], 0.5);
const tone = relative(withGene(everyGene, "tone", "warm"), [0], 0.4);
const merge = (candidates: readonly Relative[], done: readonly string[] = [], known: readonly string[] = []) =>
  findMerge({
    candidates,
    eligible: candidates.map((_, index) => index),
    done: new Set(done),
    isKnown: (id) => known.includes(id),
    random: makeRandom(1),
  });

describe("a merge", () => {
  test("joins what two candidates changed since their common ancestor", () => {
    const found = merge([seed, text, tone]);
    expect(found).toMatchObject({ better: 1, other: 2, ancestor: 0, changes: { tone: "warm" } });
    expect(found?.genome.genes["system"]?.value).toBe("Serve {shop}.");
    expect(found?.genome.genes["tone"]?.value).toBe("warm");
    expect(found?.genome.parents).toEqual([text.id, tone.id]);
  });

  test("takes the better one's value where both changed a gene", () => {
    const a = relative(withGene(text.genome, "verify", true), [1], 0.5);
    const b = relative(withGene(withGene(everyGene, "system", "Obey {shop}."), "tone", "warm"), [0], 0.6);
    const found = findMerge({
      candidates: [seed, text, a, b],
      eligible: [2, 3],
      done: new Set(),
      isKnown: () => false,
      random: makeRandom(1),
    });
    expect(found).toMatchObject({ better: 3, other: 2, ancestor: 0, changes: { verify: true } });
    expect(found?.genome.genes["system"]?.value).toBe("Obey {shop}.");
  });

  test("joins rules that both changed", () => {
    const a = relative(withGene(everyGene, "rules", ["Be brief.", "Be kind.", "Look first."]), [0], 0.5);
    const b = relative(withGene(everyGene, "rules", ["Be kind.", "Ask twice."]), [0], 0.4);
    expect(merge([seed, a, b])?.changes).toEqual({ rules: ["Be kind.", "Look first.", "Ask twice."] });
  });

  test("finds nothing between a candidate and its descendant", () => {
    const reverted = withGene(text.genome, "system", "You help customers of {shop}.");
    const child = relative(withGene(reverted, "tone", "warm"), [1], 0.6);
    expect(merge([seed, text, child])).toBeUndefined();
  });

  test("is not done twice, and makes no child that is known", () => {
    expect(merge([seed, text, tone], [pairKey(2, 1)])).toBeUndefined();
    const child = merge([seed, text, tone])?.id ?? "";
    expect(merge([seed, text, tone], [], [child])).toBeUndefined();
  });

  test("works when every score is zero", () => {
    const zero = [seed, text, tone].map((candidate) => ({ ...candidate, mean: 0 }));
    expect(merge(zero)).toMatchObject({ ancestor: 0 });
  });

  test("uses the latest common ancestor: a change both inherited stays", () => {
    const a = relative(withGene(text.genome, "tone", "warm"), [1], 0.5);
    const b = relative(withGene(text.genome, "verify", true), [1], 0.6);
    const found = merge([seed, text, a, b]);
    expect(found).toMatchObject({ ancestor: 1, changes: { tone: "warm" } });
    expect(found?.genome.genes["system"]?.value).toBe("Serve {shop}.");
  });

  test("leaves frozen genes alone", () => {
    const freeze = ({ genome, ...rest }: Relative): Relative => ({
      ...rest,
      genome: { ...genome, genes: { ...genome.genes, tone: { ...genome.genes["tone"], evolvable: false } as never } },
    });
    expect(merge([freeze(seed), freeze(text), freeze(tone)])).toBeUndefined();
  });
});
