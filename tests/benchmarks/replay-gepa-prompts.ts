/** Choosing between a plain prompt and two that were evolved, on recorded answers item by item: what a race pays and loses. */
import { makeRandom } from "../../src/base/index.ts";
import { deal, fixedN, picking, play, readRecorded, type RecordedTable, type Rule } from "../../src/replay/index.ts";
import { halving, halvingRounds, mean, mostPromising, wilsonInterval } from "../../src/statistics/index.ts";
import { recorded } from "./recorded.ts";

const GAMES = 100;
const BLOCK = 20;
const BUDGETS = [200, 400, 800, 1600];

const rules: readonly { readonly name: string; readonly rule: Rule }[] = [
  { name: "uniform", rule: fixedN },
  {
    name: "halving",
    rule: picking(({ arms, blocks, budget }, measure) => halving(arms, halvingRounds(arms, blocks, budget), measure)),
  },
  ...[0.0003, 0.001].map((least) => ({
    name: `promise, least ${100 * least} points`,
    rule: picking((game, measure) => mostPromising({ ...game, least }, measure)),
  })),
];

export async function replayGepaPrompts(): Promise<string> {
  const { tables } = readRecorded([recorded("replay-gepa-prompts/matrices.json.gz")], { form: "gepa-prompts" });
  return [
    "# replay-gepa-prompts: a plain prompt and two evolved ones",
    `Recorded, item by item: three prompts on ${tables.map(({ name, scores }) => `${name} (${scores[0]?.length ?? 0} items; ${scores.map((row) => (100 * mean(row)).toFixed(1)).join(" / ")})`).join(", ")}, gpt-4.1-mini. Items come in an order drawn by chance, in blocks of ${BLOCK}; regret is by accuracy on all items, in points. ${GAMES} games a task. PromptEval published no figures for these matrices; with three arms its figures for two hundred templates (6 points at 400 evaluations) are no bar, so the comparison is with uniform and halving at equal budgets.`,
    ...tables.map((table) =>
      [
        `## ${table.name}\n`,
        `| rule | ${BUDGETS.map((budget) => `${budget}: regret, evaluations used, best found`).join(" | ")} |`,
        `| --- | ${BUDGETS.map(() => "---").join(" | ")} |`,
        ...rules.map(
          ({ name, rule }) => `| ${name} | ${BUDGETS.map((budget) => cellOf(table, rule, budget)).join(" | ")} |`,
        ),
      ].join("\n"),
    ),
  ].join("\n\n");
}

function cellOf(table: RecordedTable, rule: Rule, budget: number): string {
  const games = Array.from({ length: GAMES }, (_, seed) => {
    const game = deal(table, { block: BLOCK }, makeRandom(`gepa-prompts/${table.name}/${seed}`));
    const { pick, results } = play(game, rule, Math.floor(budget / BLOCK));
    return { regret: 100 * (Math.max(...game.truth) - (game.truth[pick] ?? 0)), results };
  });
  const found = games.filter(({ regret }) => regret === 0).length;
  const [low, high] = wilsonInterval(found, GAMES);
  const share = `${Math.round((100 * found) / GAMES)} % [${Math.round(100 * low)}, ${Math.round(100 * high)}]`;
  return `${mean(games.map(({ regret }) => regret)).toFixed(2)}, ${Math.round(mean(games.map(({ results }) => results)))}, ${share}`;
}
