import { describe, expect, test } from "vitest";
import { Gene, genomeId } from "../../src/genome/index.ts";
import { copiedTextCheck, makeChild } from "../../src/mutate/index.ts";
import { everyGene } from "./make.ts";

const inputs = {
  parent: everyGene,
  isKnown: () => false,
  findCopied: copiedTextCheck([
    "Please tell me whether the order 4711 that I placed on Monday can still be changed today.",
  ]),
};
const refused = (reason: string) => expect.objectContaining({ kind: "refused", reason });
const withText = (value: string) => makeChild({ ...inputs, changes: { system: value } });

describe("a child", () => {
  test("is the parent with one value changed", () => {
    const child = withText("You are kind to customers of {shop}.");
    if (child.kind !== "child") throw new Error(child.detail);
    expect(child.id).toBe(genomeId(child.genome));
    expect(child.genome.parents).toEqual([genomeId(everyGene)]);
    const { system: before, ...others } = everyGene.genes;
    const { system: after, ...same } = child.genome.genes;
    expect(same).toEqual(others);
    expect(after).toEqual({ ...before, value: "You are kind to customers of {shop}." });
  });

  test("is refused when it loses a placeholder, is empty, too long or the same", () => {
    expect(withText("You are kind.")).toEqual(refused("lost-placeholder"));
    expect(withText(" ")).toEqual(refused("empty-value"));
    expect(withText(`{shop} ${"word ".repeat(100)}`)).toEqual(refused("invalid-value"));
    expect(withText("You help customers of {shop}.")).toEqual(refused("unchanged"));
  });

  test.each([
    ["rules", ["a", "b", "c", "d", "e"], "invalid-value"],
    ["rules", ["x".repeat(601)], "too-long"],
    ["tool.search", { summary: "x".repeat(2001), when: "", when_not: "", examples: [] }, "too-long"],
    ["temperature", 1.5, "invalid-value"],
    ["temperature", 0.35, "invalid-value"],
    ["tone", "rude", "invalid-value"],
    ["tools", ["search", "shell"], "invalid-value"],
    ["plan", { kind: "react", max_steps: 1000 }, "invalid-value"],
    ["verify", "yes", "invalid-value"],
    ["nowhere", "x", "invalid-value"],
  ] as const)("is refused when %s becomes %j", (gene, value, reason) => {
    expect(makeChild({ ...inputs, changes: { [gene]: value as Gene["value"] } })).toEqual(refused(reason));
  });

  test("is refused when its gene is frozen", () => {
    const frozen = Gene.parse({ type: "text", value: "Fixed.", evolvable: false });
    const parent = { ...everyGene, genes: { ...everyGene.genes, frozen } };
    expect(makeChild({ ...inputs, parent, changes: { frozen: "Loose." } })).toEqual(refused("frozen-gene"));
  });

  test.each(["policy", "policies.refunds", "checks", "permissions", "budget.usd", "secrets"])(
    "is refused when it touches %s, whatever the genome file says",
    (id) => {
      const parent = { ...everyGene, genes: { ...everyGene.genes, [id]: Gene.parse({ type: "text", value: "a" }) } };
      expect(makeChild({ ...inputs, parent, changes: { [id]: "b" } })).toEqual(refused("protected-gene"));
    },
  );

  test("is refused when it was met before", () => {
    expect(makeChild({ ...inputs, changes: { verify: true }, isKnown: () => true })).toEqual(refused("duplicate"));
  });

  test("is refused when it copies ten words in a row from a training task", () => {
    expect(withText("{shop}: whether the order 4711 that I placed on Monday can still be")).toEqual(
      refused("copied-text"),
    );
    expect(withText("{shop}: say whether the order can still be changed today.")).toMatchObject({ kind: "child" });
  });

  test("may keep what its parent had already", () => {
    const copied = "whether the order 4711 that I placed on Monday can still be changed";
    const system = Gene.parse({ type: "text", value: copied });
    const parent = { ...everyGene, genes: { ...everyGene.genes, system } };
    expect(makeChild({ ...inputs, parent, changes: { system: `${copied} soon. Be kind.` } })).toMatchObject({
      kind: "child",
    });
  });

  test("may show a training task as an example", () => {
    const demo = {
      input: "Please tell me whether the order 4711 that I placed on Monday can still be changed.",
      output: "Yes.",
    };
    expect(makeChild({ ...inputs, changes: { demos: [demo] } })).toMatchObject({ kind: "child" });
  });
});
