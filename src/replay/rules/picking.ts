import { believe, probabilityBetter, type Measure } from "../../statistics/index.ts";
import type { OpenGame, Rule } from "../rule.ts";

/**
 * A rule of a function that measures arms and answers the best. Its confidence is the probability that this arm is better than the incumbent,
 * arm 0, by the normal model of all scores it saw; an incumbent without scores is as the pool.
 */
export function picking(pick: (game: Omit<OpenGame, "reveal">, measure: Measure) => number): Rule {
  return ({ reveal, ...game }) => {
    const seen: (number | undefined)[][] = Array.from({ length: game.arms }, () => []);
    const arm = pick(game, (row, block) => {
      const score = reveal(row, block);
      const own = seen[row] ?? [];
      own[block] = score;
      return score;
    });
    return { arm, confidence: arm === 0 ? undefined : probabilityBetter(believe(seen), arm, 0) };
  };
}
