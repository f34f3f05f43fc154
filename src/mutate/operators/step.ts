import type { Gene } from "../../genome/index.ts";
import type { Operator } from "../operator.ts";
import { nothing } from "../reply-text.ts";

type SteppedGene = Extract<Gene, { type: "enum" | "model" | "number" | "boolean" }>;

/** Takes one step from the current value to a neighbour that was not tried before, each equally likely. Needs no model. */
export const step: Operator = {
  name: "step",
  scope: "gene",
  reflects: false,
  applies: isStepped,
  propose: async ({ parent, gene: id, random, tried }) => {
    const gene = parent.genes[id];
    if (gene === undefined || !isStepped(gene)) return nothing("not-applicable", `${id} has no neighbouring values`);
    const options = neighbours(gene).filter((value) => tried?.({ [id]: value }) !== true);
    if (options.length === 0) return nothing("no-alternative", `every neighbour of ${id} was tried`);
    const value = random.pick(options);
    const hypothesis = `${id}: ${String(gene.value)} to ${String(value)}`;
    return { kind: "child", changes: { [id]: value }, hypothesis, flips: [] };
  },
};

function isStepped(gene: Gene): gene is SteppedGene {
  return ["enum", "model", "number", "boolean"].includes(gene.type);
}

/** The values one step away, never the current one, all within the gene's limits. */
function neighbours(gene: SteppedGene): readonly SteppedGene["value"][] {
  switch (gene.type) {
    case "enum":
    case "model":
      return gene.options.filter((option) => option !== gene.value);
    case "boolean":
      return [!gene.value];
    case "number":
      return numberSteps(gene);
  }
}

/**
 * One and three steps either way, on the gene's grid. A gene without a step takes a tenth of its range; on a logarithmic scale a
 * tenth of its range in logarithms, so that up and down are the same factor.
 */
function numberSteps({ min, max, step: width, scale, value }: Extract<Gene, { type: "number" }>): number[] {
  const stride = width ?? (max - min) / 10;
  const factor = (max / min) ** 0.1;
  const moved = (count: number): number => (scale === "log" ? value * factor ** count : value + count * stride);
  const onGrid = (x: number): number => {
    const exact = scale === "log" && width === undefined ? x : min + Math.round((x - min) / stride) * stride;
    return Number(exact.toPrecision(12));
  };
  const steps = [-3, -1, 1, 3].map((count) => {
    const reached = onGrid(moved(count));
    return reached === value ? onGrid(value + Math.sign(count) * stride) : reached;
  });
  return [...new Set(steps)].filter((x) => x !== value && x >= min && x <= max);
}
