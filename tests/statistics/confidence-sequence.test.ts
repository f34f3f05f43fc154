import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { adjustedInterval, confidenceSequence, gateWealth, newGate, observePair } from "../../src/statistics/index.ts";
import { pairDrawer, type Landscape } from "./landscape.ts";

const differencesOf = (landscape: Landscape, seed: string, n: number): number[] => {
  const draw = pairDrawer(landscape);
  const random = makeRandom(seed);
  return Array.from({ length: n }, () => draw(random));
};

describe("a confidence sequence", () => {
  const pairs = 60;
  const rounds = 250;
  /** How often the interval misses the truth at least once while it is looked at after every pair. */
  const missed = (
    draw: (random: ReturnType<typeof makeRandom>) => number,
    truth: number,
    interval: (values: readonly number[]) => readonly [number, number],
  ): number => {
    let runs = 0;
    for (let round = 0; round < rounds; round++) {
      const random = makeRandom(`sequence-${round}`);
      const values = Array.from({ length: pairs }, () => draw(random));
      const misses = values.some((_, index) => {
        const [low, high] = interval(values.slice(0, index + 1));
        return truth < low - 1e-9 || truth > high + 1e-9;
      });
      if (misses) runs += 1;
    }
    return runs / rounds;
  };
  const independent = pairDrawer({ gain: 0.1, taste: 0, shared: false });
  // Three standard errors above 5 %.
  const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / rounds);

  test.each([
    ["independent noise, a gain of 10 points", independent, 0.1],
    ["shared noise, a gain of 20 points", pairDrawer({ gain: 0.2, taste: 1, shared: true }), 0.2],
    [
      "many small losses and rare large gains",
      (random: ReturnType<typeof makeRandom>) => (random.next() < 0.9 ? -0.1 : 0.9),
      0,
    ],
  ] as const)("looked at after every pair misses the truth in at most one run of twenty: %s", (_, draw, truth) => {
    expect(missed(draw, truth, confidenceSequence)).toBeLessThan(most);
  });

  test("is needed: an interval for a fixed number of pairs misses it far more often", () => {
    expect(missed(independent, 0.1, adjustedInterval)).toBeGreaterThan(0.15);
  });

  test("holds the means that no bet has refuted: all of them tried", () => {
    const values = differencesOf({ gain: 0.1, taste: 1, shared: false }, "oracle", 40);
    const shares = [0.1, 0.2, 0.4, 0.6, 0.8, 0.95];
    const wealth = (mean: number, sign: 1 | -1): number =>
      shares.reduce(
        (sum, share) =>
          sum +
          values.reduce((product, value) => product * (1 + (share * sign * (value - mean)) / (1 + sign * mean)), 1) / 6,
        0,
      );
    const held = Array.from({ length: 3999 }, (_, i) => (i - 1999) / 2000).filter(
      (mean) => wealth(mean, 1) < 40 && wealth(mean, -1) < 40,
    );
    const [low, high] = confidenceSequence(values);
    expect(Math.abs(low - (held[0] ?? Number.NaN))).toBeLessThan(0.0006);
    expect(Math.abs(high - (held.at(-1) ?? Number.NaN))).toBeLessThan(0.0006);
  });

  test("lies above zero exactly when the gate would commit", () => {
    const difference = fc.constantFrom(-1, -0.5, 0, 0.25, 1);
    fc.assert(
      fc.property(fc.array(difference, { minLength: 1, maxLength: 40 }), (values) => {
        const wealth = gateWealth(values.reduce((gate, value) => observePair(gate, value), newGate));
        fc.pre(Math.abs(wealth - 40) > 1e-3);
        expect(confidenceSequence(values)[0] >= 0).toBe(wealth >= 40);
      }),
    );
    const winning = Array<number>(12).fill(1);
    expect(confidenceSequence(winning)[0]).toBeGreaterThan(0);
  });

  test("turns with its data, narrows, and is not far wider than an interval for a fixed number", () => {
    const values = differencesOf({ gain: 0.1, taste: 0, shared: false }, "width", 400);
    const [low, high] = confidenceSequence(values);
    const [mirroredLow, mirroredHigh] = confidenceSequence(values.map((value) => -value));
    expect(mirroredLow).toBeCloseTo(-high, 8);
    expect(mirroredHigh).toBeCloseTo(-low, 8);
    const [fixedLow, fixedHigh] = adjustedInterval(values);
    expect((high - low) / (fixedHigh - fixedLow)).toBeLessThan(1.7);
    const [earlyLow, earlyHigh] = confidenceSequence(values.slice(0, 50));
    expect(earlyHigh - earlyLow).toBeGreaterThan(high - low);
  });

  test("of nothing is everything, and refuses what is no difference", () => {
    expect(confidenceSequence([])[0]).toBeCloseTo(-1, 8);
    expect(confidenceSequence([])[1]).toBeCloseTo(1, 8);
    expect(() => confidenceSequence([Number.NaN])).toThrow(RangeError);
  });
});
