import type { Operator } from "../../../src/mutate/index.ts";
import { hypothesisOperator, reflectOperator, stepOperator } from "./operators.ts";
import { seedsOf, standardRates, type LandscapeOptions } from "./options.ts";
import { levelsOf } from "./parts.ts";
import { planted, type Landscape } from "./planted.ts";
import { evolveOn } from "./search.ts";
import { scoreText, shareText, table } from "./table.ts";

const rollouts = 3000;
const defective: Partial<LandscapeOptions> = { form: "typed", defect: 0.5, seedScore: 0.5, reach: 0.35 };

/** A seed whose worst faults no feedback names. */
export async function landscapeDefect(): Promise<string> {
  const seeds = seedsOf(30);
  const portfolios: readonly (readonly [string, (landscape: Landscape) => readonly Operator[]])[] = [
    [
      "reflection, steps and hypotheses",
      ({ options }) => [reflectOperator(options), stepOperator(), hypothesisOperator(options)],
    ],
    ["without hypotheses", ({ options }) => [reflectOperator(options), stepOperator()]],
    ["without steps", ({ options }) => [reflectOperator(options), hypothesisOperator(options)]],
    ["reflection alone", ({ options }) => [reflectOperator(options)]],
  ];
  const rows: (readonly string[])[] = [];
  for (const [name, operatorsOf] of portfolios) {
    const found = { order: 0, units: 0, both: 0, won: 0 };
    const scores: number[] = [];
    for (const seed of seeds) {
      const landscape = planted(seed, defective);
      const { finalist, winner } = await evolveOn(landscape, { operators: operatorsOf(landscape), rollouts, seed });
      const units = levelsOf(finalist, landscape.options.parts + 1)[landscape.options.parts] === 1;
      const order = finalist.genes["order"]?.value === "reasoning-first";
      if (order) found.order += 1;
      if (units) found.units += 1;
      if (order && units) found.both += 1;
      if (order && units && winner === finalist) found.won += 1;
      scores.push(landscape.trueScore(finalist));
    }
    const counts = [found.order, found.units, found.both, found.won].map((count) => shareText(count, seeds.length));
    rows.push([name, ...counts, scoreText(scores)]);
  }
  const seedScore = planted(0, defective).trueScore(planted(0, defective).seedGenome);
  return [
    "# Defective seed",
    `Planted landscape of 20 typed parts, with two faults in the seed that cost half a standard deviation each on every task and that no feedback names: the answer stands before the reasoning (a choice of two), and the rule on units is wrong (a text; reflection mends it in ${100 * standardRates.unitsByReflection} % of its edits, a hypothesis in ${100 * standardRates.unitsByHypothesis} %). The seed's true score is ${seedScore.toFixed(2)}, the best 0.85. ${rollouts.toLocaleString("en")} rollouts, 150 validation tasks, ${seeds.length} seeds. Target: both mended in 90 % of the seeds; without hypotheses and steps in less than half.`,
    table(
      ["operators", "order mended", "units mended", "both", "both, in the winner", "true score of the finalist"],
      rows,
    ),
  ].join("\n\n");
}
