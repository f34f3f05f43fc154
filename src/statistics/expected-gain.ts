import { believe, type ArmBelief } from "./arm-belief.ts";
import { normalCdf } from "./distributions.ts";
import type { Measure } from "./halving.ts";

interface SearchOptions {
  readonly arms: number;
  readonly blocks: number;
  /** The most measurements in all. */
  readonly budget: number;
  /** Stops where measuring the most promising pair to the end is expected to better the pick by less, in points of score; default 0.0003. */
  readonly least?: number | undefined;
}

/** Of a small budget, the share that all arms that enter may take for their first block. */
const FIRST = 1 / 3;
const LEAST = 3e-4;
/** Measurements after which two are made at a look, then three: a look costs more the more there is to look at. */
const LOOK = 100;

/**
 * Measures where a better pick may come of it: the arm it picks. After a block of every arm, the leader (by belief, see `believe`) is paired
 * with the arm for which measuring both to their last block promises most, and of the two the one with fewer blocks is measured next: the
 * knowledge gradient (Frazier, Powell, Dayanik 2008) with its horizon at the end instead of one step ahead, in pairs as in top-two expected
 * improvement (Qin, Klabjan, Russo 2017). It ends when nothing promises enough. Ties go to the earlier arm. Best with few arms and blocks of
 * several tasks; among hundreds of arms with single tasks halving loses less.
 */
export function mostPromising(options: SearchOptions, measure: Measure): number {
  const { arms, blocks, budget, least = LEAST } = options;
  const entered = Math.min(arms, Math.max(1, Math.floor(budget * FIRST)));
  if (entered === 1) return 0;
  const seen: number[][] = Array.from({ length: entered }, () => []);
  let paid = 0;
  // Scores that are all the same say nothing of how much arms differ.
  for (let block = 0; block < blocks && sameScores(seen) && paid + entered <= budget; block++) {
    for (const [arm, row] of seen.entries()) row.push(measure(arm, block));
    paid += entered;
  }
  for (;;) {
    const belief = believe(seen);
    const leader = belief.means.indexOf(Math.max(...belief.means));
    const pair = bestPair(belief, seen, leader, blocks);
    if (pair === undefined || pair.gain < least) return leader;
    for (let more = 1 + Math.floor(paid / LOOK); more > 0; more--) {
      const [ahead, behind] = [seen[leader] ?? [], seen[pair.arm] ?? []];
      const [arm, row] = behind.length < blocks && behind.length <= ahead.length ? [pair.arm, behind] : [leader, ahead];
      if (row.length >= blocks) break;
      if (paid >= budget) return leader;
      row.push(measure(arm, row.length));
      paid++;
    }
  }
}

function sameScores(seen: readonly (readonly number[])[]): boolean {
  return seen.every((row) => row.every((score, block) => score === seen[0]?.[block]));
}

/** The arm that promises most beside the leader, and how much; undefined where both sides of every pair are measured to the end. */
function bestPair(
  belief: ArmBelief,
  seen: readonly (readonly number[])[],
  leader: number,
  blocks: number,
): { readonly arm: number; readonly gain: number } | undefined {
  const leftOf = (arm: number): number => blocks - (seen[arm]?.length ?? 0);
  const learnt = (arm: number): number => {
    const variance = belief.variances[arm] ?? 0;
    return Math.max(0, variance - 1 / (1 / variance + leftOf(arm) / belief.noise));
  };
  let best: { arm: number; gain: number } | undefined;
  for (let arm = 0; arm < seen.length; arm++) {
    if (arm === leader || leftOf(arm) + leftOf(leader) === 0) continue;
    const ahead = (belief.means[arm] ?? 0) - (belief.means[leader] ?? 0);
    const gain = expectedGain(ahead, Math.sqrt(learnt(arm) + learnt(leader)));
    if (best === undefined || gain > best.gain) best = { arm, gain };
  }
  return best;
}

/** Expected value of the positive part of a normal value: what changing one's mind is worth. */
export function expectedGain(mean: number, deviation: number): number {
  if (!(deviation > 0)) return Math.max(0, mean);
  const z = mean / deviation;
  return mean * normalCdf(z) + (deviation * Math.exp(-(z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
