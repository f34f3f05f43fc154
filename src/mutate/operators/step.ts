import { canonicalJson } from "../../base/index.ts";
import { StrategyValue, type Gene } from "../../genome/index.ts";
import type { Operator } from "../operator.ts";

type SteppedGene = Extract<Gene, { type: "enum" | "model" | "number" | "boolean" | "set" | "strategy" }>;

/** Takes one step from the current value to a neighbour that was not tried before, each equally likely. Needs no model. */
export const step: Operator = {
  name: "step",
  scope: "gene",
  reflects: false,
  applies: isStepped,
  propose: async ({ parent, gene: id, random, tried }) => {
    const gene = parent.genes[id];
    if (gene === undefined || !isStepped(gene))
      return { kind: "nothing", reason: "not-applicable", detail: `${id} has no neighbouring values` };
    const options = neighbours(gene).filter((value) => tried?.({ [id]: value }) !== true);
    if (options.length === 0)
      return { kind: "nothing", reason: "no-alternative", detail: `every neighbour of ${id} was tried` };
    const value = random.pick(options);
    const hypothesis = `${id}: ${show(gene.value)} to ${show(value)}`;
    return { kind: "child", changes: { [id]: value }, hypothesis, flips: [] };
  },
};

function isStepped(gene: Gene): gene is SteppedGene {
  return ["enum", "model", "number", "boolean", "set", "strategy"].includes(gene.type);
}

/** The values one step away, never the current one, all within the gene's limits. */
function neighbours(gene: SteppedGene): readonly Gene["value"][] {
  switch (gene.type) {
    case "enum":
    case "model":
      return gene.options.filter((option) => option !== gene.value);
    case "boolean":
      return [!gene.value];
    case "number":
      return numberSteps(gene);
    case "set":
      return gene.universe
        .map((member) =>
          gene.universe.filter((other) =>
            other === member ? !gene.value.includes(other) : gene.value.includes(other),
          ),
        )
        .filter((members) => members.length > 0);
    case "strategy":
      return strategySteps(gene.value);
  }
}

/** One and three steps either way on the gene's grid; a gene without a step takes a tenth of its range. */
function numberSteps({ min, max, step: width = (max - min) / 10, value }: Extract<Gene, { type: "number" }>): number[] {
  const onGrid = (x: number): number => Number((min + Math.round((x - min) / width) * width).toPrecision(12));
  const steps = [-3, -1, 1, 3].map((count) => onGrid(value + count * width));
  return [...new Set(steps)].filter((x) => x !== value && x >= min && x <= max);
}

/** Another kind with the same number of steps, a third fewer or half as many more steps, and another way of replanning. */
function strategySteps(value: StrategyValue): StrategyValue[] {
  const steps = value.kind === "direct" ? undefined : value.max_steps;
  const candidates: unknown[] = [
    { kind: "direct" },
    { kind: "react", max_steps: steps },
    { kind: "plan", max_steps: steps },
  ].filter((other) => other.kind !== value.kind);
  if (value.kind !== "direct") {
    candidates.push({ ...value, max_steps: Math.ceil((value.max_steps * 2) / 3) });
    candidates.push({ ...value, max_steps: Math.ceil((value.max_steps * 3) / 2) });
  }
  if (value.kind === "plan") candidates.push({ ...value, replan: value.replan === "never" ? "on-failure" : "never" });
  return candidates.flatMap((candidate) => StrategyValue.safeParse(candidate).data ?? []);
}

function show(value: Gene["value"]): string {
  return typeof value === "object" ? canonicalJson(value) : String(value);
}
