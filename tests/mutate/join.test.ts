import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Gene, withGene } from "../../src/genome/index.ts";
import { joinChanges } from "../../src/mutate/index.ts";
import { joinValues } from "../../src/mutate/join.ts";
import { arbitraryGene } from "../genome/arbitrary-genome.ts";
import { everyGene } from "./make.ts";

const rules = Gene.parse({ type: "rules", value: ["Be brief.", "Be kind."], max_items: 5 });
const text = Gene.parse({ type: "text", value: "You help. Be brief." });
const tool = Gene.parse({ type: "tool", value: { summary: "Finds orders." } });
const toolWith = (more: object) => ({ summary: "Finds orders.", when: "", when_not: "", examples: [], ...more });

describe("two changes of one gene are joined:", () => {
  test("rules that one added and rules that the other took away", () => {
    const joined = joinValues(rules, ["Be brief.", "Be kind.", "Look first."], ["Be kind.", "Ask twice."]);
    expect(joined).toEqual(["Be kind.", "Look first.", "Ask twice."]);
  });

  test("rules that say the same stand there once", () => {
    const [a, b] = [["Look at the order first."], ["look at the order first"]];
    expect(joinValues(rules, [...(rules.value as string[]), ...a], [...(rules.value as string[]), ...b])).toEqual([
      "Be brief.",
      "Be kind.",
      ...a,
    ]);
  });

  test("no more rules than there may be", () => {
    const list = (letter: string): string[] => Array.from({ length: 4 }, (_, i) => `Rule ${letter}${i}.`);
    expect(joinValues({ ...rules, value: [] } as Gene, list("a"), list("b"))).toHaveLength(5);
  });

  test("rules that the other wrote anew stand where the old ones stood, and what both wrote anew stays as the first has it", () => {
    const anew = (...value: string[]): string[] =>
      joinValues(rules, value, ["Say it in ten words.", "Be kind."]) as string[];
    expect(anew("Be brief.", "Be polite.")).toEqual(["Say it in ten words.", "Be polite."]);
    expect(anew("Use one sentence.", "Be kind.")).toEqual(["Use one sentence.", "Be kind."]);
    expect(anew("Be kind.")).toEqual(["Be kind."]);
  });

  test("sentences likewise, never two about the same thing", () => {
    const base = Gene.parse({ type: "text", value: "You help.\nBe brief.\nLook first." });
    expect(joinValues(base, "You help.\nBe brief.\nLook at the order.", "You help.\nUse ten words.\nLook first.")).toBe(
      "You help.\nUse ten words.\nLook at the order.",
    );
    expect(joinValues(base, "You help.\nUse one line.\nLook first.", "You help.\nUse ten words.\nLook first.")).toBe(
      "You help.\nUse one line.\nLook first.",
    );
  });

  test("sentences that each added", () => {
    expect(joinValues(text, "You help. Be brief. Look first.", "You help. Be brief. Ask twice.")).toBe(
      "You help. Be brief. Look first. Ask twice.",
    );
    expect(joinValues(text, "You help.", "You help. Be brief. Ask twice.")).toBe("You help. Ask twice.");
  });

  test("but not two texts when one was written anew", () => {
    expect(joinValues(text, "You help. Be brief. Look first.", "A new text altogether.")).toBeUndefined();
  });

  test("nor when the two together are longer than the gene allows", () => {
    const tight = Gene.parse({ type: "text", value: "You help.", max_tokens: 10 });
    expect(joinValues(tight, "You help. Look at the order first.", "You help. Ask them twice first.")).toBeUndefined();
  });

  test("members of a tool description", () => {
    const joined = joinValues(
      tool,
      toolWith({ when: "Use it for ids." }),
      toolWith({ when_not: "Not for names.", when: "Use it once." }),
    );
    expect(joined).toEqual(toolWith({ when: "Use it for ids. Use it once.", when_not: "Not for names." }));
  });

  test("members of a set", () => {
    const set = Gene.parse({ type: "set", universe: ["a", "b", "c", "d"], value: ["a", "b"] });
    expect(joinValues(set, ["a", "b", "c"], ["b", "d"])).toEqual(["b", "c", "d"]);
  });

  test("numbers meet between the two, on the grid and on the scale", () => {
    const linear = Gene.parse({ type: "number", min: 0, max: 10, step: 1, value: 0 });
    expect(joinValues(linear, 4, 8)).toBe(6);
    const log = Gene.parse({ type: "number", min: 1, max: 10_000, scale: "log", value: 1 });
    expect(joinValues(log, 10, 1000)).toBeCloseTo(100);
  });
});

test("what only one side changed is taken over, whatever the type", () => {
  fc.assert(
    fc.property(arbitraryGene, arbitraryGene, (gene, other) => {
      fc.pre(gene.type === other.type);
      expect(joinValues(gene, gene.value, other.value)).toEqual(other.value);
      expect(joinValues(gene, other.value, gene.value)).toEqual(other.value);
    }),
  );
});

test("several hypotheses make one child", () => {
  const changes = joinChanges(everyGene, [
    { rules: ["Be brief.", "Be kind.", "Look first."] },
    { tone: "warm" },
    { rules: ["Be brief.", "Be kind.", "Ask twice."] },
    { tone: "formal" },
  ]);
  expect(changes).toEqual({ rules: ["Be brief.", "Be kind.", "Look first.", "Ask twice."], tone: "warm" });
  const child = Object.entries(changes).reduce((genome, [id, value]) => withGene(genome, id, value), everyGene);
  expect(child.genes["tone"]?.value).toBe("warm");
});
