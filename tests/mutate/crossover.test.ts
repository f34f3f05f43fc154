import { describe, expect, test } from "vitest";
import { withGene } from "../../src/genome/index.ts";
import { standardOperators } from "../../src/mutate/index.ts";
import { everyGene, request } from "./make.ts";

const crossover = standardOperators.find(({ name }) => name === "crossover");
const seed = { genome: everyGene, mean: 0.3 };
const parent = withGene(withGene(everyGene, "rules", ["Be brief.", "Be kind.", "Look first."]), "verify", true);
const crossed = (...genomes: readonly (typeof everyGene)[]) =>
  crossover?.propose(
    request("", undefined, { parent, pool: [seed, ...genomes.map((genome) => ({ genome, mean: 0.5 }))] }),
  );

describe("a crossover", () => {
  test("takes what only the other changed, and joins what both changed", async () => {
    const other = withGene(withGene(everyGene, "rules", ["Be kind.", "Ask twice."]), "tone", "warm");
    expect(await crossed(other)).toMatchObject({
      kind: "child",
      changes: { rules: ["Be kind.", "Look first.", "Ask twice."], tone: "warm" },
    });
  });

  test("finds nothing with an ancestor, a descendant or an empty pool", async () => {
    const child = withGene(parent, "tone", "warm");
    expect(await crossed(child)).toMatchObject({ kind: "nothing", reason: "no-alternative" });
    expect(await crossed()).toMatchObject({ kind: "nothing", reason: "no-alternative" });
  });

  test("leaves frozen genes alone", async () => {
    const freeze = (genome: typeof everyGene) => ({
      ...genome,
      genes: { ...genome.genes, tone: { ...genome.genes["tone"], evolvable: false } as never },
    });
    const other = freeze(withGene(everyGene, "tone", "warm"));
    const proposal = await crossover?.propose(
      request("", undefined, { parent: freeze(parent), pool: [seed, { genome: other, mean: 0.5 }] }),
    );
    expect(proposal).toMatchObject({ kind: "nothing" });
  });
});
