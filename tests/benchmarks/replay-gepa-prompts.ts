/** Choosing between a plain prompt and two that were evolved, on recorded answers item by item: what a race pays and loses. */
import { z } from "zod";
import { makeRandom } from "../../src/base/index.ts";
import { everyBlock, halvingRounds, halvingStep, mean, raceStep, wilsonInterval } from "../../src/statistics/index.ts";
import { play, uniform, type Played } from "./race-game.ts";
import { readRecorded } from "./recorded.ts";

const Matrices = z.array(z.object({ task: z.string(), rows: z.array(z.string()) }));

const GAMES = 100;
const BLOCK = 20;
const BUDGETS = [200, 400, 800, 1600];

type Rule = (world: readonly (readonly number[])[], blocks: number) => Played;

const rules: readonly { readonly name: string; readonly rule: Rule }[] = [
  { name: "uniform", rule: (world, budget) => uniform(world, Math.floor(budget / world.length)) },
  {
    name: "halving",
    rule: (world, budget) =>
      play(world, (scores) => halvingStep(scores, halvingRounds(3, world[0]?.length ?? 0, budget))),
  },
  ...[0, 0.005].map((tolerance) => ({
    name: `race, tolerance ${tolerance}, risk 0.05`,
    rule: ((world, budget) =>
      play(world, (scores) =>
        raceStep(scores, everyBlock(halvingRounds(3, world[0]?.length ?? 0, budget)), { tolerance, risk: 0.05 }),
      )) satisfies Rule,
  })),
];

export async function replayGepaPrompts(): Promise<string> {
  const tasks = readRecorded("replay-gepa-prompts/matrices.json.gz", Matrices).map(({ task, rows }) => ({
    task,
    rows: rows.map((row) => Array.from(row, (mark) => Number(mark === "1"))),
  }));
  return [
    "# replay-gepa-prompts: a plain prompt and two evolved ones",
    `Recorded, item by item: three prompts on ${tasks.map(({ task, rows }) => `${task} (${rows[0]?.length ?? 0} items; ${rows.map((row) => (100 * mean(row)).toFixed(1)).join(" / ")})`).join(", ")}, gpt-4.1-mini. Items come in an order drawn by chance, in blocks of ${BLOCK}; regret is by accuracy on all items, in points. ${GAMES} games a task. PromptEval published no figures for these matrices; with three arms its figures for two hundred templates (6 points at 400 evaluations) are no bar, so the comparison is with uniform and halving at equal budgets.`,
    ...tasks.map(({ task, rows }) =>
      [
        `## ${task}\n`,
        `| rule | ${BUDGETS.map((budget) => `${budget}: regret, evaluations used, best found`).join(" | ")} |`,
        `| --- | ${BUDGETS.map(() => "---").join(" | ")} |`,
        ...rules.map(
          ({ name, rule }) => `| ${name} | ${BUDGETS.map((budget) => cellOf(rows, task, rule, budget)).join(" | ")} |`,
        ),
      ].join("\n"),
    ),
  ].join("\n\n");
}

function cellOf(rows: readonly (readonly number[])[], task: string, rule: Rule, budget: number): string {
  const truth = rows.map(mean);
  const best = Math.max(...truth);
  const games = Array.from({ length: GAMES }, (_, seed) => {
    const order = makeRandom(`gepa-prompts/${task}/${seed}`).shuffle((rows[0] ?? []).map((_, item) => item));
    const world = rows.map((row) =>
      Array.from({ length: Math.floor(order.length / BLOCK) }, (_, block) =>
        mean(order.slice(BLOCK * block, BLOCK * (block + 1)).map((item) => row[item] ?? 0)),
      ),
    );
    const { pick, cost } = rule(world, budget / BLOCK);
    return { regret: 100 * (best - (truth[pick] ?? 0)), used: cost * BLOCK };
  });
  const found = games.filter(({ regret }) => regret === 0).length;
  const [low, high] = wilsonInterval(found, GAMES);
  const share = `${Math.round((100 * found) / GAMES)} % [${Math.round(100 * low)}, ${Math.round(100 * high)}]`;
  return `${mean(games.map(({ regret }) => regret)).toFixed(2)}, ${Math.round(mean(games.map(({ used }) => used)))}, ${share}`;
}
