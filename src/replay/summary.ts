import { makeRandom } from "../base/index.ts";
import { clusterDifferenceInterval, bootstrapInterval, mean, scoreInterval } from "../statistics/index.ts";

/** How one game ended. */
export interface GameResult {
  /** Best worth of the arms dealt minus that of the pick. */
  readonly regret: number;
  /** Worth of the pick minus that of the incumbent. */
  readonly gain: number;
  readonly promoted: boolean;
  /** Whether an arm better than the incumbent was there. */
  readonly better: boolean;
  readonly confidence: number | undefined;
  readonly results: number;
  /** Share of all results in play that were revealed. */
  readonly share: number;
  readonly cost: number;
}

/** A mean over games with its 95 % interval. */
export interface GamesMean {
  readonly value: number;
  readonly interval: readonly [number, number];
  /** Games that it is of. */
  readonly n: number;
}

/** Stated confidence beside how often it was right, of promotions with a confidence in [from, to). */
export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  /** Mean stated probability that the pick is better than the incumbent. */
  readonly stated: number;
  /** Share of picks that are. */
  readonly right: GamesMean;
}

/** What a rule did in many games. Intervals are of whole tables where there are several, of games where there is one. */
export interface ReplaySummary {
  readonly games: number;
  readonly regret: GamesMean;
  readonly gain: GamesMean;
  /** Share of games in which the best arm, or one of equal worth, was picked. */
  readonly bestFound: GamesMean;
  /** Share of games in which another arm than the incumbent was picked. */
  readonly promoted: GamesMean;
  /** Share of promotions whose arm is no better than the incumbent. */
  readonly falsePromotions: GamesMean;
  /** Share of the games with a better arm in which the incumbent was kept. */
  readonly missed: GamesMean;
  /** Results revealed in a game, in the mean. */
  readonly results: number;
  /** Their share of all results in play. */
  readonly share: number;
  /** Cost of a game, in the mean. */
  readonly cost: number;
  /** Of all promotions with a stated confidence; undefined where none has one. */
  readonly calibration: { readonly all: CalibrationBin; readonly bins: readonly CalibrationBin[] } | undefined;
}

/** Edges of the bins of stated confidence. */
const EDGES = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1] as const;

/** Sums up games, those of a table together. */
export function summarizeGames(tables: readonly (readonly GameResult[])[]): ReplaySummary {
  const all = tables.flat();
  const over = (pick: (game: GameResult) => number, which: (game: GameResult) => boolean = () => true): GamesMean =>
    floored(meanOf(tables.map((own) => own.filter(which).map(pick))));
  const isPromoted = (game: GameResult): boolean => game.promoted;
  return {
    games: all.length,
    regret: over(({ regret }) => regret),
    gain: meanOf(tables.map((own) => own.map(({ gain }) => gain))),
    bestFound: over(({ regret }) => Number(regret === 0)),
    promoted: over(({ promoted }) => Number(promoted)),
    falsePromotions: over(({ gain }) => Number(gain <= 0), isPromoted),
    missed: over(
      ({ promoted }) => Number(!promoted),
      ({ better }) => better,
    ),
    results: mean(all.map(({ results }) => results)),
    share: mean(all.map(({ share }) => share)),
    cost: mean(all.map(({ cost }) => cost)),
    calibration: calibrationOf(tables),
  };
}

function calibrationOf(tables: readonly (readonly GameResult[])[]): ReplaySummary["calibration"] {
  const stated = tables.map((own) =>
    own.flatMap(({ confidence, gain }) => (confidence === undefined ? [] : [{ confidence, gain }])),
  );
  if (stated.flat().length === 0) return undefined;
  const bin = (from: number, to: number): CalibrationBin => {
    const inside = stated.map((own) =>
      own.filter(({ confidence }) => confidence >= from && (confidence < to || to === 1)),
    );
    return {
      from,
      to,
      n: inside.flat().length,
      stated: mean(inside.flat().map(({ confidence }) => confidence)),
      right: floored(meanOf(inside.map((own) => own.map(({ gain }) => Number(gain > 0))))),
    };
  };
  const bins = EDGES.slice(1).map((to, index) => bin(EDGES[index] ?? 0, to));
  return { all: bin(0, 1), bins: bins.filter(({ n }) => n > 0) };
}

/** Mean of values in [-1, 1] with its interval, by whole tables where several have some. Nothing: NaN in [-1, 1]. */
function meanOf(tables: readonly (readonly number[])[]): GamesMean {
  const filled = tables.filter((own) => own.length > 0);
  const values = filled.flat();
  const random = makeRandom("replay/interval");
  const [low, high] =
    filled.length > 1
      ? clusterDifferenceInterval(filled, random)
      : values.every((value) => value >= 0)
        ? scoreInterval(values)
        : bootstrapInterval(values, random);
  return { value: mean(values), interval: [low, high], n: values.length };
}

/** Of what cannot be below zero, whatever a formula for differences says. */
const floored = ({ value, interval: [low, high], n }: GamesMean): GamesMean => ({
  value,
  interval: [Math.max(0, low), high],
  n,
});
