import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom, type Random } from "../../src/base/index.ts";
import { Gene, withGene, type Genome } from "../../src/genome/index.ts";
import { findNearDuplicate, geneDistance, sentenceDistance } from "../../src/mutate/distance.ts";
import { composeAdvice } from "../../src/providers/simulated/reflection/wording.ts";
import { habitNames } from "../../src/providers/simulated/skills/habit-name.ts";
import { arbitraryGene } from "../genome/arbitrary-genome.ts";
import { everyGene } from "./make.ts";

const advice = (count: number, seed: string): readonly string[] => {
  const random = makeRandom(seed);
  return Array.from({ length: count }, (_, i) => composeAdvice(random.pick(habitNames), random.fork(`${i}`)));
};
const withRules = (rules: readonly string[]): Genome => {
  const rulesGene = Gene.parse({ type: "rules", max_items: 60, value: [...rules] });
  return { ...everyGene, genes: { ...everyGene.genes, rules: rulesGene } };
};

/** The same rules as somebody else would type them. */
function retyped(rules: readonly string[], random: Random): readonly string[] {
  const ways: readonly ((rule: string) => string)[] = [
    (rule) => rule.toUpperCase(),
    (rule) => rule.replaceAll(" ", "  "),
    (rule) => rule.replace(/\.$/, "!"),
    (rule) => rule.replaceAll(",", ""),
    (rule) => `"${rule}"`,
  ];
  return random.shuffle(rules).map((rule) => random.pick(ways)(rule));
}

describe("genomes that say the same", () => {
  test("are found however they are typed, in any order", () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = makeRandom(seed);
      const rules = [...new Set(advice(1 + random.int(20), `same ${seed}`))];
      expect(findNearDuplicate(withRules(retyped(rules, random)), [withRules(rules)])).toBeDefined();
    }
  });

  test("are told from those that say something else: at most 2 % of distinct ones are taken for a copy", () => {
    let wrong = 0;
    const count = 1500;
    for (let seed = 0; seed < count; seed++) {
      const random = makeRandom(`distinct ${seed}`);
      const rules = advice(1 + random.int(30), `base ${seed}`);
      const [other = ""] = advice(1, `other ${seed}`);
      const [place, kind] = [random.int(rules.length), random.int(4)];
      const words = (rules[place] ?? "").split(" ");
      const reworded = words.with(random.int(words.length), "lavender").join(" ");
      const ways = [
        [...rules, other],
        rules.with(place, other),
        rules.toSpliced(place, 1),
        rules.with(place, reworded),
      ];
      const changed = ways[kind] ?? rules;
      if (rules.includes(other) && kind < 2) continue;
      if (findNearDuplicate(withRules(changed), [withRules(rules)]) !== undefined) wrong++;
    }
    expect(wrong / count).toBeLessThanOrEqual(0.02);
  });

  test.each([
    ["Always use the order date for the rate.", "Never use the order date for the rate."],
    ["Refuse refunds after 14 days.", "Refuse refunds after 30 days."],
    [
      "Use order_lookup for everything that has to do with one order.",
      "Use order_search for everything that has to do with one order.",
    ],
    [
      "Check the person before the refund is paid out to them.",
      "Check the person after the refund is paid out to them.",
    ],
  ])("a word that turns the sense makes another sentence: %s", (a, b) => {
    expect(sentenceDistance(a, b)).toBe(1);
  });

  test("a rule more in a long list, a tool more in a set, and a step on a fine grid are other genomes", () => {
    const rules = advice(40, "long");
    expect(findNearDuplicate(withRules([...rules, "Greet people by their name."]), [withRules(rules)])).toBeUndefined();
    const universe = Array.from({ length: 60 }, (_, i) => `tool_${i}`);
    const set = (value: readonly string[]): Gene => Gene.parse({ type: "set", universe, value });
    expect(geneDistance(set(universe), set(universe.slice(1)))).toBe(1);
    const number = (value: number): Gene => Gene.parse({ type: "number", min: 0, max: 100, step: 1, value });
    expect(geneDistance(number(50), number(51))).toBeGreaterThanOrEqual(0.05);
  });

  test("a list without its repetition is another list", () => {
    expect(findNearDuplicate(withRules(["Be kind."]), [withRules(["Be kind.", "be kind"])])).toBeUndefined();
  });

  test("a number without a step is near when it moved little, on a logarithmic scale by its ratio", () => {
    const number = (value: number, scale: "linear" | "log"): Gene =>
      Gene.parse({ type: "number", min: 1, max: 10_000, scale, value });
    expect(geneDistance(number(100, "linear"), number(200, "linear"))).toBeLessThan(0.05);
    expect(geneDistance(number(100, "log"), number(200, "log"))).toBeCloseTo(Math.log(2) / Math.log(10_000));
  });

  test("a genome is a copy of itself, and one changed gene of another sense makes it none", () => {
    expect(findNearDuplicate(everyGene, [everyGene])).toBe(everyGene);
    expect(findNearDuplicate(withGene(everyGene, "verify", true), [everyGene])).toBeUndefined();
  });
});

test("the distance of two genes is in [0, 1], symmetric, and 0 to itself", () => {
  fc.assert(
    fc.property(arbitraryGene, arbitraryGene, (a, b) => {
      const distance = geneDistance(a, b);
      expect(distance).toBeGreaterThanOrEqual(0);
      expect(distance).toBeLessThanOrEqual(1);
      expect(geneDistance(b, a)).toBeCloseTo(distance, 10);
      expect(geneDistance(a, structuredClone(a))).toBe(0);
    }),
    { numRuns: 1000 },
  );
});
