import { makeRandom } from "../base/index.ts";
import { deal, play, type DealOptions } from "./game.ts";
import type { RecordedTable } from "./recorded-table.ts";
import type { Rule } from "./rule.ts";
import { summarizeGames, type GameResult, type ReplaySummary } from "./summary.ts";

/** How many games are played on each table, and how. */
export interface ReplayOptions extends DealOptions {
  /** Games on each table; default 200. */
  readonly games?: number | undefined;
  /** The same seed deals the same games to every rule; default 1. */
  readonly seed?: number | undefined;
  /** The most results that a game may reveal, of one arm on one item each; default: a third of those in play. */
  readonly budget?: number | undefined;
}

/** What a rule did on recorded behaviour. */
export interface ReplayReport {
  readonly all: ReplaySummary;
  readonly tables: readonly (ReplaySummary & {
    readonly name: string;
    readonly arms: number;
    readonly items: number;
  })[];
}

/** Games on each table where nothing is said. */
const GAMES = 200;
/** Of all results in play, what a game may reveal where nothing is said. */
const SHARE = 1 / 3;

/**
 * Plays many games with a rule on recorded behaviour: in each, arms and items come in an order by chance, the rule reveals results one at a
 * time and picks, and the pick is held against what the arms are worth. Throws what `deal` and `play` throw.
 */
export function replay(tables: readonly RecordedTable[], rule: Rule, options: ReplayOptions = {}): ReplayReport {
  const { games = GAMES, seed = 1 } = options;
  const played = tables.map((table) =>
    Array.from({ length: games }, (_, game) => gameOf(table, rule, options, `replay/${seed}/${table.name}/${game}`)),
  );
  return {
    all: summarizeGames(played),
    tables: tables.map(({ name, arms, scores }, index) => ({
      name,
      arms: arms.length,
      items: scores[0]?.length ?? 0,
      ...summarizeGames([played[index] ?? []]),
    })),
  };
}

function gameOf(table: RecordedTable, rule: Rule, options: ReplayOptions, stream: string): GameResult {
  const game = deal(table, options, makeRandom(stream));
  const inPlay = game.scores.flat().length * game.block;
  const budget = Math.max(1, Math.floor((options.budget ?? Math.floor(inPlay * SHARE)) / game.block));
  const { pick, confidence, results, cost } = play(game, rule, budget);
  const worth = game.truth[pick] ?? 0;
  const [incumbent = 0] = game.truth;
  const best = Math.max(...game.truth);
  return {
    regret: best - worth,
    gain: worth - incumbent,
    promoted: pick !== 0,
    better: best > incumbent,
    confidence,
    results,
    share: results / inPlay,
    cost,
  };
}
