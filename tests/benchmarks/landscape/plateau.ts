import type { Operator } from "../../../src/mutate/index.ts";
import { reflectOperator, restartOperator, stepOperator } from "./operators.ts";
import { seedsOf, standardRates, type LandscapeOptions } from "./options.ts";
import { planted, type Landscape } from "./planted.ts";
import { evolveOn } from "./search.ts";
import { scoreText, shareText, table } from "./table.ts";

const rollouts = 4000;
const seedScore = 0.4;
const reach = 0.45;
const peak = 0.4;
const twoBasins: Partial<LandscapeOptions> = {
  form: "typed",
  seedScore,
  reach,
  relevant: 5,
  misled: 0,
  basin: { valley: 0.8, peak },
};

/** Blind edits seldom help, so that nobody leaves the first way by luck. */
const rates = { ...standardRates, blindRight: 0.1, restartRight: 0.6 };

/** A way of working that is soon as good as it gets, and another that is worse at first. */
export async function landscapePlateau(): Promise<string> {
  const seeds = seedsOf(30);
  const portfolios: readonly (readonly [string, (landscape: Landscape) => readonly Operator[]])[] = [
    [
      "reflection, steps and restarts",
      ({ options }) => [reflectOperator(options, rates), stepOperator(), restartOperator(options, rates)],
    ],
    ["without restarts", ({ options }) => [reflectOperator(options, rates), stepOperator()]],
    ["reflection alone", ({ options }) => [reflectOperator(options, rates)]],
  ];
  const rows: (readonly string[])[] = [];
  for (const [name, operatorsOf] of portfolios) {
    const scores: number[] = [];
    for (const seed of seeds) {
      const landscape = planted(seed, twoBasins);
      const { finalist } = await evolveOn(landscape, { operators: operatorsOf(landscape), rollouts, seed });
      scores.push(landscape.trueScore(finalist));
    }
    const escaped = scores.filter((score) => score > seedScore + peak * reach + 0.01).length;
    rows.push([name, shareText(escaped, seeds.length), scoreText(scores)]);
  }
  return [
    "# Plateau",
    `Planted landscape with two ways of working, each with five parts of twenty that matter. The seed's own way ends at ${(seedScore + peak * reach).toFixed(2)}; the other costs 0.8 standard deviations at first, reaches ${(seedScore + reach).toFixed(2)}, and its parts are not named by feedback before it is taken. A restart takes the other way and writes every part anew, each right in 60 % of the cases. ${rollouts.toLocaleString("en")} rollouts, 150 validation tasks, ${seeds.length} seeds. Target: with restarts at least 80 % of the seeds end truly above the first plateau; without at most 30 %.`,
    table(["operators", "ended above the plateau", "true score of the finalist"], rows),
  ].join("\n\n");
}
