import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { betaQuantile, clopperPearsonInterval, cohenKappa, holm, wilsonInterval } from "../../src/statistics/index.ts";

describe("the exact interval of a proportion", () => {
  // scipy 1.17, stats.binomtest(k, n).proportion_ci(0.95, "exact"); 81 of 263 also in Newcombe (1998), table I, method 5.
  test.each([
    [0, 10, 0, 0.3084971078],
    [1, 10, 0.0025285785, 0.445016117],
    [5, 10, 0.1870860284, 0.8129139716],
    [7, 29, 0.1029835508, 0.4354003459],
    [81, 263, 0.2527367456, 0.3676219226],
    [10, 10, 0.6915028922, 1],
    [0, 1, 0, 0.975],
    [450, 500, 0.8702909143, 0.9248641849],
  ])("of %d in %d", (successes, n, low, high) => {
    const interval = clopperPearsonInterval(successes, n);
    expect(interval[0]).toBeCloseTo(low, 9);
    expect(interval[1]).toBeCloseTo(high, 9);
  });

  // scipy 1.17, stats.beta.ppf.
  test.each([
    [0.025, 3, 8, 0.0667395112],
    [0.5, 0.5, 0.5, 0.5],
    [0.9, 20, 3, 0.9488258701],
    [0.001, 2.5, 400, 0.000262239967],
  ])("the beta quantile of %d for %d and %d", (p, a, b, x) => {
    expect(betaQuantile(p, a, b)).toBeCloseTo(x, 9);
  });

  test("nothing tried is nothing known", () => {
    expect(clopperPearsonInterval(0, 0)).toEqual([0, 1]);
    expect(() => betaQuantile(0, 1, 1)).toThrow(RangeError);
  });

  test("covers every truth at least as often as it says, where Wilson's does not", () => {
    const n = 12;
    const coverage = (interval: (k: number) => readonly [number, number], p: number): number => {
      let [total, ways] = [0, 1];
      for (let k = 0; k <= n; k++) {
        const [low, high] = interval(k);
        if (low <= p && p <= high) total += ways * p ** k * (1 - p) ** (n - k);
        ways = (ways * (n - k)) / (k + 1);
      }
      return total;
    };
    const exact = Array.from({ length: n + 1 }, (_, k) => clopperPearsonInterval(k, n));
    const wilson = Array.from({ length: n + 1 }, (_, k) => wilsonInterval(k, n));
    const truths = Array.from({ length: 199 }, (_, i) => (i + 1) / 200);
    const least = (intervals: readonly (readonly [number, number])[]): number =>
      Math.min(...truths.map((p) => coverage((k) => intervals[k] ?? [0, 1], p)));
    expect(least(exact)).toBeGreaterThanOrEqual(0.95);
    expect(least(wilson)).toBeLessThan(0.95);
  });
});

describe("Holm's correction", () => {
  // statsmodels, multipletests(method="holm").
  test.each([
    [
      [0.01, 0.04, 0.03, 0.005],
      [0.03, 0.06, 0.06, 0.02],
    ],
    [
      [0.02, 0.02, 0.5, 0.001, 0.9],
      [0.08, 0.08, 1, 0.005, 1],
    ],
  ])("of %j", (given, corrected) => {
    for (const [index, p] of holm(given).entries()) expect(p).toBeCloseTo(corrected[index] ?? Number.NaN, 12);
  });

  test("lies between no correction and Bonferroni's, and keeps the order", () => {
    const p = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(p, { maxLength: 12 }), (given) => {
        const corrected = holm(given);
        for (const [index, value] of given.entries()) {
          expect(corrected[index]).toBeGreaterThanOrEqual(value);
          expect(corrected[index]).toBeLessThanOrEqual(Math.min(1, value * given.length) + 1e-12);
          for (const [other, lower] of given.entries()) {
            if (lower < value) expect(corrected[other]).toBeLessThanOrEqual(corrected[index] ?? 0);
          }
        }
      }),
    );
  });

  test("refuses what is no p value", () => {
    expect(() => holm([0.1, Number.NaN])).toThrow(RangeError);
    expect(holm([])).toEqual([]);
  });
});

/** The labels of two raters from a table of counts. */
function ratings(table: readonly (readonly number[])[]): [string[], string[]] {
  const pairs = table.flatMap((row, a) =>
    row.flatMap((count, b) => Array.from({ length: count }, () => [`${a}`, `${b}`])),
  );
  return [pairs.map(([a]) => a ?? ""), pairs.map(([, b]) => b ?? "")];
}

describe("Cohen's kappa", () => {
  // statsmodels, stats.inter_rater.cohens_kappa.
  test.each([
    {
      table: [
        [45, 15],
        [25, 15],
      ],
      kappa: 0.1304347826,
      low: -0.0629382778,
      high: 0.323807843,
    },
    {
      table: [
        [25, 35],
        [5, 35],
      ],
      kappa: 0.2592592593,
      low: 0.1080289639,
      high: 0.4104895545,
    },
    {
      table: [
        [44, 5, 1],
        [7, 20, 3],
        [9, 5, 6],
      ],
      kappa: 0.4915254237,
      low: 0.3501582012,
      high: 0.6328926462,
    },
    {
      table: [
        [88, 14, 18],
        [10, 40, 10],
        [2, 6, 12],
      ],
      kappa: 0.4915254237,
      low: 0.3915637021,
      high: 0.5914871454,
    },
  ])("of $table", ({ table, kappa, low, high }) => {
    const agreement = cohenKappa(...ratings(table));
    expect(agreement.kappa).toBeCloseTo(kappa, 9);
    expect(agreement.interval[0]).toBeCloseTo(low, 9);
    expect(agreement.interval[1]).toBeCloseTo(high, 9);
  });

  test("of full agreement still has a width, and of one label says nothing", () => {
    const full = cohenKappa(["yes", "no", "yes", "no"], ["yes", "no", "yes", "no"]);
    expect(full).toMatchObject({ n: 4, observed: 1, chance: 0.5, kappa: 1 });
    expect(full.interval[1]).toBe(1);
    expect(full.interval[0]).toBeLessThan(0.1);
    const one = cohenKappa(["yes", "yes"], ["yes", "yes"]);
    expect(one.kappa).toBeNaN();
    expect(one.interval).toEqual([-1, 1]);
    expect(() => cohenKappa(["yes"], [])).toThrow(RangeError);
  });
});
