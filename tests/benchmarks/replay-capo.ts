/**
 * Picking one of twenty real prompts that real models were measured with: what a race pays, and what it loses on the held-out test. Blocks
 * of 30 development items are revealed on request; the arm that is picked is scored by its 500 test items.
 */
import { makeRandom } from "../../src/base/index.ts";
import { deal, fixedN, picking, play, readRecorded, type Game, type Rule } from "../../src/replay/index.ts";
import { believe, halving, halvingRounds, mean, mostPromising, probabilityBetter } from "../../src/statistics/index.ts";
import { clusteredMean, recorded } from "./recorded.ts";

const ARMS = 20;
const GAMES = 20;

/** A game and the pool it was dealt from. */
interface PoolGame extends Game {
  readonly pool: number;
  readonly dataset: string;
}

const halve: Rule = picking(({ arms, blocks, budget }, measure) =>
  halving(arms, halvingRounds(arms, blocks, budget), measure),
);

const promise = (least: number): Rule => picking((game, measure) => mostPromising({ ...game, least }, measure));

const candidates = [
  { name: "halving", rule: halve, budget: 50 },
  ...[50, 200].flatMap((budget) =>
    [0.0001, 0.0003, 0.0005].map((least) => ({
      name: `promise, least ${100 * least} points, budget ${budget / ARMS}`,
      rule: promise(least),
      budget,
    })),
  ),
];

const table: readonly { readonly name: string; readonly rule: Rule; readonly budget?: number }[] = [
  ...[1, 2, 3, 5].map((blocks) => ({
    name: `uniform, ${blocks} block${blocks === 1 ? "" : "s"}`,
    rule: fixedN,
    budget: blocks * ARMS,
  })),
  { name: "everything (10 blocks)", rule: fixedN },
  ...[40, 50, 60, 70].map((budget) => ({
    name: `halving, budget ${budget / ARMS} blocks a prompt`,
    rule: halve,
    budget,
  })),
  ...[0.0005, 0.0003, 0.0001].map((least) => ({
    name: `promise, least ${100 * least} points`,
    rule: promise(least),
  })),
];

export async function replayCapo(): Promise<string> {
  const pools = readRecorded([recorded("replay-capo/pools.json.gz")], { form: "capo" }).tables;
  const games = pools.flatMap((pool, index) =>
    Array.from({ length: GAMES }, (_, seed): PoolGame => ({
      pool: index,
      dataset: pool.name.split("/")[0] ?? "",
      ...deal(pool, { arms: ARMS }, makeRandom(`capo/${index}/${seed}`)),
    })),
  );
  const prompts = pools.reduce((sum, pool) => sum + pool.arms.length, 0);
  return [
    "# replay-capo: one of twenty real prompts",
    `Recorded: prompts of the CAPO experiments on sst-5, agnews and subj with three models. ${pools.length} pools (dataset, model, seed), ${prompts} prompts with all ten blocks of 30 development items and a test of 500 items. A game draws twenty prompts of a pool and an order of its blocks; ${GAMES} games a pool, ${games.length} in all. Regret is the best test score of the twenty minus that of the prompt picked. Intervals are 95 %, by bootstrap of whole pools. Blocks are per prompt that entered.`,
    "## Regret and cost",
    "| rule | test regret, points | regret on the ten blocks | blocks a prompt |",
    "| --- | --- | --- | --- |",
    ...table.map(({ name, rule, budget }) =>
      rowOf(
        name,
        games.map((game) => resultOf(game, rule, budget)),
      ),
    ),
    "Halving ranks by plain means, with a look after every block. Promise (`mostPromising`) measures the leader or the prompt that may yet beat it, and ends where less than `least` is expected to be gained; without a budget, what it spends differs from game to game. The next table chooses among both and their settings on other datasets than it reports.",
    "## Chosen on two datasets, tried on the third",
    "Of the rules and settings tried, the one with the least regret at no more than 2.5 blocks a prompt on two datasets; figures are of the third, pooled over the three.",
    "| rule | test regret, points | regret on the ten blocks | blocks a prompt |",
    "| --- | --- | --- | --- |",
    ...leftOut(games),
    "## Is the stated confidence right?",
    "Pairs of prompts of a game after k common blocks, all twenty of the game measured: the stated probability that the leader of the pair is better on the mean block, made one for the finite test by its own sampling noise (pairs on 500 shared items, difference on an item as noisy as on a development item), beside the share of pairs where the test agrees. Ties on the test are left out. The note that came with the data has no table of sign errors, so the errors of plain means are counted here from the same pairs.",
    "Noise estimated from the scores alone:",
    calibration(games, false).join("\n"),
    "With a first guess of the noise from the number of items (`knownNoise`):",
    calibration(games, true).join("\n"),
  ]
    .join("\n\n")
    .replaceAll("|\n\n|", "|\n|");
}

interface Result {
  readonly pool: number;
  readonly regret: number;
  readonly seenRegret: number;
  readonly blocks: number;
}

function resultOf(game: PoolGame, rule: Rule, budget?: number): Result {
  const { pick, results } = play(game, rule, budget);
  const lost = (scores: readonly number[]): number => 100 * (Math.max(...scores) - (scores[pick] ?? 0));
  return { pool: game.pool, regret: lost(game.truth), seenRegret: lost(game.scores.map(mean)), blocks: results / ARMS };
}

function rowOf(name: string, results: readonly Result[]): string {
  const pools = [...Map.groupBy(results, ({ pool }) => pool).values()];
  const shown = (pick: (result: Result) => number): string => clusteredMean(pools.map((own) => own.map(pick)));
  return `| ${name} | ${shown((r) => r.regret)} | ${shown((r) => r.seenRegret)} | ${mean(results.map((r) => r.blocks)).toFixed(2)} |`;
}

function leftOut(games: readonly PoolGame[]): string[] {
  const results = candidates.map(({ rule, budget }) =>
    games.map((game) => ({ dataset: game.dataset, ...resultOf(game, rule, budget) })),
  );
  const chosen = [...new Set(games.map(({ dataset }) => dataset))].map((dataset) => {
    const scored = results.map((own, index) => {
      const others = own.filter((result) => result.dataset !== dataset);
      return { index, regret: mean(others.map((r) => r.regret)), blocks: mean(others.map((r) => r.blocks)) };
    });
    const best = scored.filter(({ blocks }) => blocks <= 2.5).toSorted((a, b) => a.regret - b.regret)[0]?.index ?? 0;
    const own = (results[best] ?? []).filter((result) => result.dataset === dataset);
    return { name: `${dataset}: ${candidates[best]?.name ?? ""}`, own };
  });
  return [
    ...chosen.map(({ name, own }) => rowOf(name, own)),
    rowOf(
      "all three",
      chosen.flatMap(({ own }) => own),
    ),
  ];
}

const TEST_BLOCKS = 500 / 30;

function calibration(games: readonly PoolGame[], known: boolean): string[] {
  const lines = [
    "| blocks | pairs | stated | right | gap | gap by bin of stated confidence (0.5-0.6 ... 0.9-1) | plain means wrong in sign |",
    "| --- | --- | --- | --- | --- | --- | --- |",
  ];
  for (const blocks of [1, 2, 3, 5, 10]) {
    const pairs = games.flatMap((game) => statedPairs(game, blocks, known));
    const bins = Array.from({ length: 5 }, (_, bin) =>
      pairs.filter(({ stated }) => Math.min(4, Math.floor((stated - 0.5) * 10)) === bin),
    );
    const gapOf = (own: typeof pairs): number => 100 * (mean(own.map((p) => p.stated)) - mean(own.map((p) => p.right)));
    const wrong = pairs.filter(({ plain }) => plain !== undefined);
    lines.push(
      `| ${blocks} | ${pairs.length} | ${(100 * mean(pairs.map((p) => p.stated))).toFixed(1)} % | ${(100 * mean(pairs.map((p) => p.right))).toFixed(1)} % | ${signed(gapOf(pairs))} | ${bins.map((own) => (own.length === 0 ? "-" : `${signed(gapOf(own))} (${own.length})`)).join(", ")} | ${(100 * (1 - mean(wrong.map(({ plain }) => plain ?? 0)))).toFixed(1)} % |`,
    );
  }
  return lines;
}

const signed = (points: number): string => `${points >= 0 ? "+" : ""}${points.toFixed(1)}`;

interface StatedPair {
  readonly stated: number;
  readonly right: number;
  /** Whether the plain means point the right way; undefined where they tie. */
  readonly plain: number | undefined;
}

/** Of a block of 30 items passed or not, half of what arms vary by being common to them (prompts of one model correlate by 0.5-0.7). */
function itemNoise(seen: readonly (readonly number[])[]): number {
  const passed = mean(seen.flat());
  return (0.5 * passed * (1 - passed)) / 30;
}

/** Ten disjoint pairs of a game. */
function statedPairs({ scores, truth }: Game, blocks: number, known: boolean): StatedPair[] {
  const seen = scores.map((row) => row.slice(0, blocks));
  const belief = believe(seen, known ? itemNoise(seen) : undefined);
  const finite = { ...belief, variances: belief.variances.map((variance) => variance + belief.noise / TEST_BLOCKS) };
  return Array.from({ length: ARMS / 2 }, (_, index) => [2 * index, 2 * index + 1] as const).flatMap(([a, b]) => {
    const gain = (truth[a] ?? 0) - (truth[b] ?? 0);
    if (gain === 0) return [];
    const better = probabilityBetter(finite, a, b);
    const difference = mean(seen[a] ?? []) - mean(seen[b] ?? []);
    const plain = Math.abs(difference) < 1e-9 ? undefined : Number(difference > 0 === gain > 0);
    return [{ stated: Math.max(better, 1 - better), right: Number(better > 0.5 === gain > 0), plain }];
  });
}
