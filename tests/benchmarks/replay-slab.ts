/**
 * Picking the best of 136-265 instruction templates at the budgets of PromptEval's best-prompt experiment (Polo et al. 2024). Only accuracies
 * were published, so items are simulated: how prompts agree on an item is an assumption, and is varied.
 */
import { z } from "zod";
import { makeRandom, type Random } from "../../src/base/index.ts";
import {
  AGREEMENT,
  correlatedNormals,
  fixedN,
  picking,
  play,
  readAccuracies,
  readRecordedJson,
  simulateItems,
  type Rule,
} from "../../src/replay/index.ts";
import { halving, halvingRounds, mean, mostPromising, normalQuantile } from "../../src/statistics/index.ts";
import { clusteredMean, recorded } from "./recorded.ts";

type Accuracies = ReturnType<typeof readAccuracies>[number];
const Published = z.record(z.string(), z.object({ mean_regret: z.array(z.array(z.array(z.number()))) }));

const BUDGETS = [200, 400, 800, 1600];
const BENCHES = ["BBH", "LMentry"];
/** How reliably an accuracy on 100 items tells prompts apart, by the note that came with the data. */
const RELIABILITY: Readonly<Record<string, number>> = { BBH: 0.53, LMentry: 0.89 };
const PROMPT_EVAL = 2;

interface World {
  readonly cells: readonly (readonly number[])[];
  readonly truth: readonly number[];
}

type Build = (accuracies: readonly number[], items: number, bench: string, random: Random) => World;

const exact =
  (correlation: number): Build =>
  (accuracies, items, _bench, random) => ({
    cells: simulateItems(accuracies, items, correlation, random),
    truth: accuracies,
  });

const drawn =
  (correlation: number): Build =>
  (accuracies, items, bench, random) => {
    const kept = RELIABILITY[bench] ?? 1;
    const center = mean(accuracies);
    const spread = Math.sqrt(kept * (1 - kept) * mean(accuracies.map((accuracy) => (accuracy - center) ** 2)));
    const truth = accuracies.map((accuracy) =>
      Math.min(0.999, Math.max(0.001, center + kept * (accuracy - center) + spread * random.normal())),
    );
    const rows = correlatedNormals(truth.length, items, correlation, random);
    return { truth, cells: rows.map((row, arm) => row.map((value) => Number(value < quantile(truth[arm] ?? 0)))) };
  };

const quantile = (p: number): number => quantiles[Math.round(p * 1000)] ?? 0;
const quantiles = Array.from({ length: 1000 }, (_, index) => (index === 0 ? -4 : normalQuantile(index / 1000)));

const halve = picking(({ arms, blocks, budget }, measure) =>
  halving(arms, halvingRounds(arms, blocks, budget), measure),
);

const promise = picking(mostPromising);

interface Line {
  readonly name: string;
  readonly build: Build;
  readonly rule: Rule;
  readonly seeds: number;
  /** Plays one model in so many; default all. */
  readonly every?: number;
}

const lines: readonly Line[] = [
  { name: "uniform", build: exact(AGREEMENT), rule: fixedN, seeds: 1 },
  { name: "halving", build: exact(AGREEMENT), rule: halve, seeds: 3 },
  { name: "promise", build: exact(AGREEMENT), rule: promise, seeds: 1, every: 4 },
  { name: "halving, correlation 0.3", build: exact(0.3), rule: halve, seeds: 1 },
  { name: "halving, no correlation", build: exact(0), rule: halve, seeds: 1 },
  { name: "halving, true rates drawn", build: drawn(AGREEMENT), rule: halve, seeds: 1 },
  { name: "uniform, true rates drawn", build: drawn(AGREEMENT), rule: fixedN, seeds: 1 },
];

export async function replaySlab(): Promise<string> {
  const tasks = readAccuracies(recorded("replay-slab/prompt_accuracies.json.gz"));
  const published = readRecordedJson(recorded("replay-slab/prompteval_bai_regret_summary.json"), Published);
  return [
    "# replay-slab: the best of some two hundred templates",
    `Recorded: accuracies of 136-265 templates on 25 tasks (BIG-bench Hard with 11 models, LMentry with 16), each on the same 100 items. The items themselves were not published and are simulated: a prompt passes as many of 100 items as it did, those that are easiest by a difficulty shared by all prompts and a value of its own (latent correlation 0.6; the note that came with the data measures 0.5-0.7). This keeps the matrix's row means, which is what the published figures are of: regret is the best recorded accuracy minus that of the pick, in points, mean over jobs (task x model x seeds; the published have 5 seeds). In the rows "true rates drawn" a true rate is drawn from the recorded one (reliability 0.53 on BBH, 0.89 on LMentry), items are drawn with it, and regret is by true rates; the published figures are of another truth there. The schedule of halving was chosen on these data, among geometric ones and powers 1, 1.25 and 1.5 of c / (c + t) with a quarter, a third or two fifths of a small budget for the first look; 1 is the limit of sequential halving, and none of the powers was clearly better than the others. Intervals are 95 %, by bootstrap of whole tasks. Ours know nothing of a prompt but its scores; published methods may use its text as well.`,
    ...BENCHES.map((bench) => {
      const own = published[bench]?.mean_regret ?? [];
      const bestOf = (pick: (byMethod: readonly number[]) => number): string =>
        BUDGETS.map((_, index) => (100 * Math.min(...(own[index] ?? []).map(pick))).toFixed(2)).join(" | ");
      return [
        `## ${bench}\n`,
        `| rule | jobs | ${BUDGETS.map((budget) => `${budget} evaluations`).join(" | ")} |`,
        "| --- | --- | --- | --- | --- | --- |",
        `| published: best of three methods and four covariate sets | | ${bestOf((methods) => Math.min(...methods))} |`,
        `| published: PromptEval, best covariate set | | ${bestOf((methods) => methods[PROMPT_EVAL] ?? 1)} |`,
        `| published: PromptEval, no covariates | | ${BUDGETS.map((_, index) => (100 * (own[index]?.[0]?.[PROMPT_EVAL] ?? 1)).toFixed(2)).join(" | ")} |`,
        ...lines.map((line) =>
          rowOf(
            line,
            tasks.filter((task) => task.bench === bench),
          ),
        ),
      ].join("\n");
    }),
  ].join("\n\n");
}

function rowOf({ name, build, rule, seeds, every = 1 }: Line, tasks: readonly Accuracies[]): string {
  const games = [...Map.groupBy(tasks, ({ task }) => task).values()].map((byModel) =>
    byModel.flatMap((recordedOne, model) =>
      Array.from({ length: model % every === 0 ? seeds : 0 }, (_, seed) => {
        const { bench, task, items } = recordedOne;
        const random = makeRandom(`slab/${task}/${model}/${seed}`);
        const accuracies = random.shuffle(recordedOne.accuracies);
        const { cells, truth } = build(accuracies, items, bench, random);
        return BUDGETS.map((budget) => 100 * (Math.max(...truth) - (truth[pickOf(cells, rule, budget)] ?? 0)));
      }),
    ),
  );
  const shown = BUDGETS.map((_, index) => clusteredMean(games.map((own) => own.map((regrets) => regrets[index] ?? 0))));
  return `| ${name} | ${games.flat().length} | ${shown.join(" | ")} |`;
}

function pickOf(cells: World["cells"], rule: Rule, budget: number): number {
  const game = { arms: cells.map((_, arm) => String(arm)), scores: cells, costs: [], block: 1, truth: [] };
  return play(game, rule, budget).pick;
}
