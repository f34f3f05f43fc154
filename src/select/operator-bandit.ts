import type { Random } from "../base/index.ts";

/** What one use of an operator brought and took. */
export interface OperatorObservation {
  readonly operator: string;
  /** Type of the gene it changed; the same operator may do well on one and badly on another. */
  readonly geneType: string;
  /** What the pool gained by the child; 0 when it was refused, rejected or no better. */
  readonly gain: number;
  /** What it took to find out, reflection and rollouts together, in any one unit; above 0. */
  readonly cost: number;
}

/** Sums over the observations of one operator on one type of gene, each counting less the longer ago it was. */
interface Arm {
  readonly n: number;
  readonly gain: number;
  readonly cost: number;
  /** Of squares and products, for the spread of gains about what the cost would let one expect. */
  readonly gain2: number;
  readonly gainCost: number;
  readonly cost2: number;
}

/** What was learnt, by type of gene and operator: plain numbers that can be stored as JSON. A fold over observations. */
export type BanditState = Readonly<Record<string, Readonly<Record<string, Arm>>>>;

/** Nothing learnt yet. */
export const emptyBandit: BanditState = {};

/** What is left of the weight of an observation when another one of the same operator on the same type of gene comes in. */
const DECAY = 0.95;

/** The state after one more observation. Throws RangeError for a cost that is not above 0 or a gain that is no number. */
export function observeOperator(state: BanditState, observation: OperatorObservation, decay = DECAY): BanditState {
  const { operator, geneType, gain, cost } = observation;
  if (!(cost > 0) || !Number.isFinite(cost)) throw new RangeError(`a cost above 0 is needed, not ${cost}`);
  if (!Number.isFinite(gain)) throw new RangeError(`${gain} is not a gain`);
  const arms = state[geneType] ?? {};
  const arm = arms[operator] ?? noArm;
  const next: Arm = {
    n: decay * arm.n + 1,
    gain: decay * arm.gain + gain,
    cost: decay * arm.cost + cost,
    gain2: decay * arm.gain2 + gain * gain,
    gainCost: decay * arm.gainCost + gain * cost,
    cost2: decay * arm.cost2 + cost * cost,
  };
  return { ...state, [geneType]: { ...arms, [operator]: next } };
}

const noArm: Arm = { n: 0, gain: 0, cost: 0, gain2: 0, gainCost: 0, cost2: 0 };

/** An operator that may be chosen, and how likely it is to be while nothing is known; weights are at least 0. */
export interface OperatorStart {
  readonly operator: string;
  readonly weight: number;
}

/** Share of choices that go by the start weights for ever, so that no operator is given up and a change is noticed. */
const EPSILON = 0.1;
/** The start weights count as much as so many observations of each operator. */
const PRIOR_OBSERVATIONS = 2;

/**
 * Chooses an operator for a gene of a type: by Thompson sampling on gain per cost, with a share by the start weights. Each operator's rate is
 * drawn from what is likely given its observations, and the highest is taken: what may be best is tried as often as it may be. While there is
 * no gain at all the start weights decide. Several choices from one state differ, so that work done at once is not all the same. Throws
 * RangeError without an operator.
 */
export function chooseOperator(
  state: BanditState,
  choice: {
    readonly geneType: string;
    readonly operators: readonly OperatorStart[];
    readonly random: Random;
    readonly epsilon?: number | undefined;
  },
): string {
  const { geneType, operators, random, epsilon = EPSILON } = choice;
  const arms = operators.map(({ operator }) => state[geneType]?.[operator] ?? noArm);
  const weights = operators.map(({ weight }) => weight);
  const total = sumOf(arms);
  const explores = random.next() < epsilon;
  if (explores || total.gain <= 0) return operatorAt(operators, random.weighted(weights));
  const meanWeight = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const drawn = arms.map((arm, i) => {
    const prior = ((weights[i] ?? 0) / meanWeight) * (total.gain / total.cost);
    return drawRate(arm, total, prior, random);
  });
  return operatorAt(operators, drawn.indexOf(Math.max(...drawn)));
}

/** A rate that is likely for an operator: its gains over its costs, with observations at the prior rate added, and a normal deviate. */
function drawRate(arm: Arm, total: Arm, prior: number, random: Random): number {
  const usualCost = total.cost / total.n;
  const cost = arm.cost + PRIOR_OBSERVATIONS * usualCost;
  const rate = (arm.gain + PRIOR_OBSERVATIONS * usualCost * prior) / cost;
  const usualRate = total.gain / total.cost;
  // Spread of single gains about what their cost would let one expect, over all operators: of one alone it is known too badly.
  const squares = total.gain2 - 2 * usualRate * total.gainCost + usualRate ** 2 * total.cost2;
  const spread = Math.sqrt(Math.max(0, squares) / total.n);
  return rate + (random.normal() * spread * Math.sqrt(arm.n + PRIOR_OBSERVATIONS)) / cost;
}

function operatorAt(operators: readonly OperatorStart[], index: number): string {
  const found = operators[index];
  if (found === undefined) throw new RangeError("there is no operator to choose from");
  return found.operator;
}

function sumOf(arms: readonly Arm[]): Arm {
  return arms.reduce(
    (sum, arm) => ({
      n: sum.n + arm.n,
      gain: sum.gain + arm.gain,
      cost: sum.cost + arm.cost,
      gain2: sum.gain2 + arm.gain2,
      gainCost: sum.gainCost + arm.gainCost,
      cost2: sum.cost2 + arm.cost2,
    }),
    noArm,
  );
}
