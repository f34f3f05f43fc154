import { describe, expect, test } from "vitest";
import { makeRandom, parseJson, type Random } from "../../src/base/index.ts";
import {
  chooseOperator,
  emptyBandit,
  observeOperator,
  type BanditState,
  type OperatorStart,
} from "../../src/select/index.ts";

const operators: readonly OperatorStart[] = [0.3, 0.2, 0.12, 0.12, 0.1, 0.06, 0.05, 0.03, 0.02].map(
  (weight, index) => ({ operator: `operator-${index}`, weight }),
);
/** How often each operator's child gains. The best is one that the start weights think little of. */
const planted = [0.05, 0.03, 0.1, 0.08, 0.05, 0.15, 0.4, 0.1, 0.25];

interface Search {
  readonly chance: (operator: number, step: number) => number;
  readonly choose: (state: BanditState, random: Random) => string;
}

/** Gain per cost of 300 children over 40 searches, as a share of what the best operator alone would have had; and of the last 100. */
function play({ chance, choose }: Search): { readonly all: number; readonly late: number } {
  const steps = 300;
  const sum = { all: 0, late: 0 };
  for (let seed = 0; seed < 40; seed++) {
    const random = makeRandom(`search ${seed}`);
    const outcomes = random.fork("outcomes");
    let state = emptyBandit;
    const rates: number[] = [];
    for (let step = 0; step < steps; step++) {
      const operator = choose(state, random);
      const index = Number(operator.replace("operator-", ""));
      const best = Math.max(...planted.map((_, other) => chance(other, step)));
      const isGain = outcomes.next() < chance(index, step);
      rates.push(chance(index, step) / best);
      state = observeOperator(state, {
        operator,
        geneType: "text",
        gain: isGain ? 0.04 : 0,
        cost: isGain ? 60 : 20,
      });
    }
    const mean = (values: readonly number[]): number => values.reduce((total, rate) => total + rate, 0) / values.length;
    sum.all += mean(rates) / 40;
    sum.late += mean(rates.slice(-100)) / 40;
  }
  return sum;
}

const learnt = (state: BanditState, random: Random): string =>
  chooseOperator(state, { geneType: "text", operators, random });
const blind = (_: BanditState, random: Random): string => random.pick(operators).operator;
const still = (operator: number): number => planted[operator] ?? 0;
const turning = (operator: number, step: number): number =>
  still(step < 150 ? operator : (operator + 4) % planted.length);

describe("the operator bandit", () => {
  test("on planted operators loses less than two thirds of what a blind choice loses", () => {
    const regret = 1 - play({ chance: still, choose: learnt }).all;
    const blindRegret = 1 - play({ chance: still, choose: blind }).all;
    expect(regret).toBeLessThan((2 / 3) * blindRegret);
  });

  test("finds the new best one after what each operator brings has changed", () => {
    const { late } = play({ chance: turning, choose: learnt });
    const { late: blindLate } = play({ chance: turning, choose: blind });
    expect(late).toBeGreaterThan(blindLate + 0.2);
  });

  test("prefers what costs less for the same gain", () => {
    let state = emptyBandit;
    for (let i = 0; i < 20; i++) {
      state = observeOperator(state, { operator: "dear", geneType: "text", gain: 0.05, cost: 100 });
      state = observeOperator(state, { operator: "cheap", geneType: "text", gain: 0.05, cost: 10 });
    }
    const random = makeRandom(1);
    const two = ["dear", "cheap"].map((operator) => ({ operator, weight: 1 }));
    const chosen = Array.from({ length: 500 }, () =>
      chooseOperator(state, { geneType: "text", operators: two, random }),
    );
    const cheap = chosen.filter((operator) => operator === "cheap").length;
    expect(cheap).toBeGreaterThan(440);
    expect(cheap).toBeLessThan(500);
  });

  test("goes by the start weights while nothing has gained, failures or not", () => {
    let state = emptyBandit;
    for (let i = 0; i < 10; i++)
      state = observeOperator(state, { operator: "operator-0", geneType: "text", gain: 0, cost: 1 });
    const random = makeRandom(2);
    const chosen = Array.from({ length: 4000 }, () => learnt(state, random));
    for (const { operator, weight } of operators)
      expect(Math.abs(chosen.filter((one) => one === operator).length / 4000 - weight)).toBeLessThan(0.03);
  });

  test("gives no operator up: one that never gained keeps its share of a tenth", () => {
    let state = emptyBandit;
    for (let i = 0; i < 60; i++) {
      state = observeOperator(state, { operator: "good", geneType: "text", gain: 0.2, cost: 1 });
      state = observeOperator(state, { operator: "idle", geneType: "text", gain: 0, cost: 1 });
    }
    const two = ["good", "idle"].map((operator) => ({ operator, weight: 1 }));
    const random = makeRandom(3);
    const idle = Array.from({ length: 4000 }, () =>
      chooseOperator(state, { geneType: "text", operators: two, random }),
    ).filter((operator) => operator === "idle").length;
    // Half of a tenth by the weights alone.
    expect(idle / 4000).toBeGreaterThan(0.035);
    expect(idle / 4000).toBeLessThan(0.2);
  });

  test("learns for each type of gene by itself, and only among operators that are offered", () => {
    let state = emptyBandit;
    for (let i = 0; i < 30; i++) {
      state = observeOperator(state, { operator: "operator-8", geneType: "rules", gain: 0.5, cost: 1 });
      state = observeOperator(state, { operator: "operator-7", geneType: "rules", gain: 0, cost: 1 });
    }
    const two = ["operator-7", "operator-8"].map((operator) => ({ operator, weight: 1 }));
    const count = (geneType: string): number => {
      const random = makeRandom(4);
      const drawn = Array.from({ length: 1000 }, () => chooseOperator(state, { geneType, operators: two, random }));
      return drawn.filter((one) => one === "operator-8").length;
    };
    expect(count("rules")).toBeGreaterThan(900);
    expect(Math.abs(count("text") - 500)).toBeLessThan(70);
    const only = [{ operator: "operator-7", weight: 1 }];
    expect(chooseOperator(state, { geneType: "rules", operators: only, random: makeRandom(5) })).toBe("operator-7");
    expect(() => chooseOperator(state, { geneType: "rules", operators: [], random: makeRandom(5) })).toThrow(
      RangeError,
    );
  });

  test("is a fold that survives being stored, and gives the same choice for the same state and chance", () => {
    const observations = Array.from({ length: 40 }, (_, i) => ({
      operator: `operator-${(i * 7) % 9}`,
      geneType: "text",
      gain: i % 3 === 0 ? 0.03 : 0,
      cost: 10 + i,
    }));
    const whole = observations.reduce((state, one) => observeOperator(state, one), emptyBandit);
    const half = observations.slice(0, 20).reduce((state, one) => observeOperator(state, one), emptyBandit);
    const restored = parseJson(JSON.stringify(half)) as unknown as BanditState;
    const resumed = observations.slice(20).reduce((state, one) => observeOperator(state, one), restored);
    expect(resumed).toEqual(whole);
    const choices = (state: BanditState): string[] => {
      const random = makeRandom(6);
      return Array.from({ length: 50 }, () => learnt(state, random));
    };
    expect(choices(resumed)).toEqual(choices(whole));
    expect(new Set(choices(whole)).size).toBeGreaterThan(1);
  });

  test("refuses what is no gain or no cost", () => {
    const observation = { operator: "a", geneType: "text", gain: 0, cost: 1 };
    expect(() => observeOperator(emptyBandit, { ...observation, cost: 0 })).toThrow(RangeError);
    expect(() => observeOperator(emptyBandit, { ...observation, gain: Number.NaN })).toThrow(RangeError);
  });
});
