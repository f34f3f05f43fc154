import { reflectOperator } from "./operators.ts";
import { seedsOf, standardRates } from "./options.ts";
import { planted } from "./planted.ts";
import { evolveOn, rolloutsTo, trueScoreAt } from "./search.ts";
import { middle, rolloutsText, scoreText, shareText, table } from "./table.ts";

const budget = 4000;

/** The same landscape as twenty genes and as one text. */
export async function landscapeTyped(): Promise<string> {
  const seeds = seedsOf(30);
  const forms = [
    ["one text gene", "one-text", standardRates.lost],
    ["one text gene from which nothing is ever lost", "one-text", 0],
    ["a gene for each part", "typed", standardRates.lost],
  ] as const;
  const rows: (readonly string[])[] = [];
  const medians: number[] = [];
  for (const [name, form, lost] of forms) {
    const [needed, at1000, at2000]: [number[], number[], number[]] = [[], [], []];
    for (const seed of seeds) {
      const landscape = planted(seed, { form });
      const operators = [reflectOperator(landscape.options, { ...standardRates, lost })];
      const search = await evolveOn(landscape, { operators, rollouts: budget, seed });
      needed.push(rolloutsTo(landscape, search, 0.9));
      at1000.push(trueScoreAt(landscape, search, 1000));
      at2000.push(trueScoreAt(landscape, search, 2000));
    }
    medians.push(middle(needed));
    const reached = needed.filter(Number.isFinite).length;
    rows.push([
      name,
      rolloutsText(middle(needed), budget),
      shareText(reached, seeds.length),
      scoreText(at1000),
      scoreText(at2000),
    ]);
  }
  const [one = NaN, , typed = NaN] = medians;
  const ratio = Number.isFinite(typed)
    ? Number.isFinite(one)
      ? (typed / one).toFixed(2)
      : `at most ${(typed / budget).toFixed(2)} (the one text did not get there within ${budget.toLocaleString("en")})`
    : "not measurable: the typed genome did not get there";
  return [
    "# Typed genes against one big text",
    `Planted landscape of 20 parts of which 6 matter: as 20 text genes, and as one text of 20 lines of which a rewriting loses each good line with probability ${standardRates.lost}. The same operator reads the same feedback. 150 validation tasks, ${seeds.length} seeds, ${budget.toLocaleString("en")} rollouts. The best genome scores 0.85, the seed 0.40; scores are true ones, with 95 % intervals over the seeds.`,
    table(
      [
        "genome",
        "rollouts to 90 % of the gain, median",
        `seeds that got there`,
        "true score at 1,000",
        "true score at 2,000",
      ],
      rows,
    ),
    `Typed against one text: ${ratio} of the rollouts (target: at most 0.6).`,
  ].join("\n\n");
}
