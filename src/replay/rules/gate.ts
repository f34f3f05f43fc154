import { gateDecision, newGate, observePair, testLevel } from "../../statistics/index.ts";
import type { Rule } from "../rule.ts";

interface GateSettings {
  /** Highest share of false promotions. */
  readonly alpha: number;
}

/** Wealth below which a challenger is given up, as in a run. */
const FUTILITY = 0.3;

/**
 * Challengers one after the other against the incumbent, in pairs of results on the same blocks, by the anytime-valid gate with falling
 * levels: who is committed is the incumbent that the next one has to beat. Its promise is its confidence: 1 - alpha at least.
 */
export const gate =
  ({ alpha }: GateSettings): Rule =>
  ({ arms, blocks, budget, reveal }) => {
    let [incumbent, commits, paid] = [0, 0, 0];
    const seen = Array.from({ length: arms }, () => new Set<number>());
    const unpaid = (arm: number, block: number): number => (seen[arm]?.has(block) === true ? 0 : 1);
    for (let challenger = 1; challenger < arms; challenger++) {
      const level = testLevel(challenger, alpha, commits);
      let state = newGate;
      for (let block = 0; block < blocks; block++) {
        paid += unpaid(incumbent, block) + unpaid(challenger, block);
        if (paid > budget) return choice(incumbent, alpha);
        for (const arm of [incumbent, challenger]) seen[arm]?.add(block);
        state = observePair(state, reveal(challenger, block) - reveal(incumbent, block));
        const decision = gateDecision(state, { alpha: level, futility: FUTILITY });
        if (decision === "reject") break;
        if (decision === "more") continue;
        incumbent = challenger;
        commits++;
        break;
      }
    }
    return choice(incumbent, alpha);
  };

const choice = (arm: number, alpha: number): ReturnType<Rule> => ({
  arm,
  confidence: arm === 0 ? undefined : 1 - alpha,
});
