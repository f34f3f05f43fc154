import { describe, expect, test } from "vitest";
import {
  mcnemar,
  mean,
  scoreInterval,
  normalCdf,
  normalQuantile,
  powerOfPairs,
  regularizedBeta,
  requiredPairs,
  signFlipP,
  standardDeviation,
  studentQuantile,
  wilsonInterval,
} from "../../src/statistics/index.ts";
import { makeRandom } from "../../src/base/index.ts";

describe("distributions agree with published tables", () => {
  test.each([
    [0.5, 0],
    [0.8, 0.8416212336],
    [0.975, 1.9599639845],
    [0.995, 2.5758293035],
    [0.9999, 3.7190164855],
    [0.025, -1.9599639845],
  ])("the normal quantile of %d", (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 9);
    expect(normalCdf(z)).toBeCloseTo(p, 9);
  });

  test.each([
    [-3, 0.0013498980316],
    [1, 0.8413447460685],
    [1.7, 0.9554345372415],
    [-6, 9.865876450377e-10],
  ])("the normal distribution at %d", (z, p) => {
    expect(normalCdf(z) / p).toBeCloseTo(1, 9);
  });

  test.each([
    [1, 12.7062047],
    [2, 4.3026527],
    [5, 2.5705818],
    [10, 2.2281389],
    [30, 2.0422725],
    [120, 1.9799304],
  ])("Student's t with %d degrees at 97.5 %%", (degrees, t) => {
    expect(studentQuantile(0.975, degrees)).toBeCloseTo(t, 6);
    expect(studentQuantile(0.025, degrees)).toBeCloseTo(-t, 6);
  });

  test("the incomplete beta function is the binomial tail", () => {
    // P(X >= 3), X binomial with 10 tries and p = 0.3.
    const choose = [1, 10, 45];
    const below = choose.reduce((sum, ways, k) => sum + ways * 0.3 ** k * 0.7 ** (10 - k), 0);
    expect(regularizedBeta(0.3, 3, 8)).toBeCloseTo(1 - below, 12);
  });

  test("a quantile needs a probability", () => {
    expect(() => normalQuantile(1)).toThrow(RangeError);
    expect(() => normalQuantile(Number.NaN)).toThrow(RangeError);
  });
});

describe("intervals of a mean", () => {
  // Newcombe (1998), Statistics in Medicine 17, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("Wilson's for %d of %d", (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  test("binary scores have Wilson's, graded ones Student's, constant ones a width", () => {
    expect(scoreInterval([1, 0, 1, 1])).toEqual(wilsonInterval(3, 4));
    const graded = [0.2, 0.4, 0.6, 0.8];
    const half = (studentQuantile(0.975, 3) * standardDeviation(graded)) / 2;
    const interval = scoreInterval(graded);
    expect(interval[0]).toBeCloseTo(Math.max(0, 0.5 - half), 12);
    expect(interval[1]).toBeCloseTo(Math.min(1, 0.5 + half), 12);
    expect(scoreInterval([0.5, 0.5, 0.5])).toEqual(wilsonInterval(1.5, 3));
    // The sum of three tenths is no multiple of a tenth in binary; the scores are constant all the same.
    expect(scoreInterval([0.1, 0.1, 0.1])).toEqual(wilsonInterval(0.1 + 0.1 + 0.1, 3));
  });

  test("nothing measured is nothing known, and one score is very little", () => {
    expect(scoreInterval([])).toEqual([0, 1]);
    expect(mean([])).toBeNaN();
    const [low, high] = scoreInterval([0.9]);
    expect(high - low).toBeGreaterThan(0.5);
  });
});

describe("tests", () => {
  // Fagerland, Lydersen, Laake (2013), BMC Medical Research Methodology 13:91: 1 against 7.
  test("McNemar's exact and mid-p agree with a published example", () => {
    expect(mcnemar(7, 1).exact).toBeCloseTo(0.0703125, 10);
    expect(mcnemar(1, 7).midP).toBeCloseTo(0.0390625, 10);
    expect(mcnemar(0, 0)).toEqual({ exact: 1, midP: 1 });
    expect(mcnemar(2, 2).exact).toBe(1);
    expect(mcnemar(2, 2).midP).toBeCloseTo(1 - 6 / 32, 12);
  });

  // Fisher (1935), The Design of Experiments, section 21: Darwin's maize, 863 of 32,768 patterns on each side.
  const maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

  test("the sign-flip test agrees with Fisher's count for Darwin's maize", () => {
    expect(signFlipP(maize, makeRandom(1))).toBe((2 * 863) / 32_768);
  });

  test("the sign-flip test by sampling agrees with McNemar's exact test on differences of one", () => {
    const differences = [...Array<number>(21).fill(1), ...Array<number>(9).fill(-1), ...Array<number>(50).fill(0)];
    expect(signFlipP(differences, makeRandom(1))).toBeCloseTo(mcnemar(21, 9).exact, 2);
    const few = [...Array<number>(9).fill(1), ...Array<number>(3).fill(-1)];
    expect(signFlipP(few, makeRandom(1))).toBeCloseTo(mcnemar(9, 3).exact, 12);
  });

  test("a p value is never zero, and one without any difference", () => {
    expect(signFlipP(Array<number>(60).fill(0.5), makeRandom(1))).toBeGreaterThan(0);
    expect(signFlipP([0, 0, 0], makeRandom(1))).toBe(1);
    expect(signFlipP([], makeRandom(1))).toBe(1);
  });
});

describe("planning", () => {
  // G*Power 3.1, paired t test, two-sided, alpha 0.05, power 0.80.
  test.each([
    [0.2, 199],
    [0.3, 90],
    [0.5, 34],
    [0.8, 15],
  ])("an effect of %d deviations needs %d pairs", (effect, pairs) => {
    expect(requiredPairs(effect, { deviation: 1 })).toBe(pairs);
    expect(requiredPairs(-effect / 4, { deviation: 0.25 })).toBe(pairs);
    expect(powerOfPairs(pairs, effect, { deviation: 1 })).toBeGreaterThanOrEqual(0.8);
    expect(powerOfPairs(pairs - 1, effect, { deviation: 1 })).toBeLessThan(0.8);
  });

  test("no difference or no spread cannot be planned for", () => {
    expect(() => requiredPairs(0, { deviation: 1 })).toThrow(RangeError);
    expect(() => requiredPairs(0.1, { deviation: 0 })).toThrow(RangeError);
  });
});
