import { genomeId } from "../../../src/genome/index.ts";
import { gepa } from "./controls.ts";
import { reflectOperator } from "./operators.ts";
import { seedsOf, standardRates, type LandscapeOptions } from "./options.ts";
import { planted } from "./planted.ts";
import { evolveOn } from "./search.ts";
import { differenceText, shareText, table } from "./table.ts";

const rollouts = 1000;

/** Nothing that is changed matters. */
const nullLandscape: Partial<LandscapeOptions> = {
  reach: 0,
  seedScore: 0.5,
  tasks: { train: 50, validation: 50, test: 100 },
};

/** Every right edit of the one part is worth ten points; there is nothing else. */
const tenPoints: Partial<LandscapeOptions> = {
  parts: 1,
  relevant: 1,
  relevance: 1,
  interaction: 0,
  reach: 0.1,
  seedScore: 0.5,
  tasks: { train: 50, validation: 120, test: 120 },
};

/** What the engine makes of children that are all equal, and of one that is ten points better. */
export async function landscapeNull(): Promise<string> {
  const seeds = seedsOf(200);
  const runs: { changed: boolean; finalist: boolean; reported: number; finalistGap: number; gepaGap: number }[] = [];
  for (const seed of seeds) {
    const landscape = planted(seed, nullLandscape);
    const operator = reflectOperator(landscape.options);
    const found = await evolveOn(landscape, { operators: [operator], rollouts, seed });
    const control = await gepa(landscape, { operator, rollouts, seed });
    const gap = (pick: { reported: number } | undefined): number => (pick?.reported ?? 0) - landscape.options.seedScore;
    const seedId = genomeId(landscape.seedGenome);
    runs.push({
      changed: genomeId(found.winner) !== seedId,
      finalist: genomeId(found.finalist) !== seedId,
      reported: gap(found),
      finalistGap: gap(found.picks.at(-1)),
      gepaGap: gap(control.picks.at(-1)),
    });
  }
  const count = (key: "changed" | "finalist"): string => shareText(runs.filter((run) => run[key]).length, runs.length);
  const gaps = (key: "reported" | "finalistGap" | "gepaGap"): string => differenceText(runs.map((run) => run[key]));
  return [
    "# Null landscape",
    `Planted landscape in which all genomes are equal (true score 0.5, right or wrong, two thirds of the noise shared between genomes). ${rollouts} rollouts of search, 50 validation tasks, 100 test tasks, ${seeds.length} seeds. Differences in points of 1 with 95 % intervals over the seeds.`,
    table(
      ["", "measured", "target"],
      [
        ["the winner falsely differs from the seed", count("changed"), "at most 5 %"],
        ["score of the winner in the report minus its true score", gaps("reported"), "at most 0.010"],
        ["the best on validation differs from the seed", count("finalist"), ""],
        ["score of the best on validation, there, minus its true score", gaps("finalistGap"), ""],
        ["control, GEPA's algorithm: score that it reports minus the true one", gaps("gepaGap"), ""],
      ],
    ),
    "## A child that is ten points better",
    `One part, and every edit of it makes the genome truly 0.1 better, but only once: 120 validation and 120 test tasks, ${rollouts} rollouts of search, ${seeds.length} seeds.`,
    table(["", "measured", "target"], await powerRows(seeds)),
  ].join("\n\n");
}

async function powerRows(seeds: readonly number[]): Promise<readonly (readonly string[])[]> {
  let [picked, committed] = [0, 0];
  for (const seed of seeds) {
    const landscape = planted(seed, tenPoints);
    const operator = reflectOperator(landscape.options, { ...standardRates, right: 1, wrong: 0, blindRight: 1 });
    const { finalist, winner } = await evolveOn(landscape, { operators: [operator], rollouts, seed });
    if (landscape.shareOfReach(finalist) > 0.5) picked += 1;
    if (landscape.shareOfReach(winner) > 0.5) committed += 1;
  }
  return [
    ["it is the best on validation", shareText(picked, seeds.length), ""],
    ["it is the winner of the run", shareText(committed, seeds.length), "at least 80 %"],
  ];
}
