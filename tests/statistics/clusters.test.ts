import { describe, expect, test } from "vitest";
import { makeRandom, type Random } from "../../src/base/index.ts";
import {
  adjustedInterval,
  bootstrapInterval,
  clusterBootstrapInterval,
  clusterDifferenceInterval,
  mean,
} from "../../src/statistics/index.ts";

const ten = [
  [0.5, 0.25, 0],
  [1, 1],
  [0, -0.5, -1, 0],
  [0.25],
  [0, 0, 0.5, 0.5, 0.75],
  [-0.25, 0],
  [1, 0, 0],
  [0.5, 0.5],
  [0, 0, 0, -1],
  [0.75, 0.25],
];

describe("an interval over whole clusters", () => {
  // scipy 1.17, stats.bootstrap of sums and counts, paired, BCa, 400,000 resamples: -0.0926 and 0.4107.
  test("agrees with scipy's corrected bootstrap of the ratio of sums to counts", () => {
    const interval = clusterBootstrapInterval(ten, makeRandom(1));
    expect(Math.abs(interval[0] - -0.0926)).toBeLessThan(0.02);
    expect(Math.abs(interval[1] - 0.4107)).toBeLessThan(0.02);
  });

  // statsmodels, OLS on a constant, cov_type cluster, use_t, the first five clusters.
  test("of few clusters is that of the cluster-robust standard error", () => {
    const interval = clusterDifferenceInterval(ten.slice(0, 5), makeRandom(1));
    expect(interval[0]).toBeCloseTo(-0.3870678, 6);
    expect(interval[1]).toBeCloseTo(0.82040113, 6);
  });

  test("of clusters of one is the plain bootstrap, and one cluster tells nothing", () => {
    const values = [0.5, 0, 0, -0.25, 1, 0, 0.25, 0.75, 0];
    expect(
      clusterBootstrapInterval(
        values.map((value) => [value]),
        makeRandom(1),
      ),
    ).toEqual(bootstrapInterval(values, makeRandom(1)));
    expect(clusterDifferenceInterval([values], makeRandom(1))).toEqual([-1, 1]);
    expect(clusterDifferenceInterval([[], values], makeRandom(1))).toEqual([-1, 1]);
  });

  test("where few clusters differ, or none, still has a width", () => {
    const still = Array.from({ length: 20 }, () => [0, 0, 0]);
    const none = clusterDifferenceInterval(still, makeRandom(1));
    expect(none).toEqual(adjustedInterval(Array<number>(20).fill(0)));
    const few = clusterDifferenceInterval([[1, 0, 0.5], ...still], makeRandom(1));
    expect(few).toEqual(adjustedInterval([0.5, ...Array<number>(20).fill(0)]));
    expect(clusterDifferenceInterval([[0], [0], [0]], makeRandom(1))[1]).toBeGreaterThan(0.2);
  });

  test("covers the truth where tasks of a family are alike, and the plain one does not", () => {
    const rounds = 300;
    // Twenty families of six tasks; half of a difference is the family's.
    const draw = (random: Random): number[][] =>
      Array.from({ length: 20 }, () => {
        const common = random.next() < 0.5 ? -0.4 : 0.5;
        return Array.from({ length: 6 }, () => common + (random.next() < 0.5 ? -0.4 : 0.4));
      });
    const truth = 0.05;
    let [clustered, plain] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const random = makeRandom(`clusters-${round}`);
      const clusters = draw(random);
      const [low, high] = clusterDifferenceInterval(clusters, random);
      if (low <= truth && truth <= high) clustered += 1;
      const [plainLow, plainHigh] = bootstrapInterval(clusters.flat(), random);
      if (plainLow <= truth && truth <= plainHigh) plain += 1;
    }
    expect(clustered / rounds).toBeGreaterThan(0.89);
    expect(clustered / rounds).toBeLessThan(0.99);
    expect(plain / rounds).toBeLessThan(0.8);
  });

  test("of a few families covers the truth as often as it says", () => {
    const rounds = 1000;
    let covered = 0;
    for (let round = 0; round < rounds; round++) {
      const random = makeRandom(`few-${round}`);
      const clusters = Array.from({ length: 5 }, () => {
        const common = 0.2 * random.normal();
        return Array.from({ length: 4 }, () => Math.max(-1, Math.min(1, common + 0.1 * random.normal())));
      });
      const [low, high] = clusterDifferenceInterval(clusters, random);
      if (low <= 0 && 0 <= high) covered += 1;
    }
    // Three standard errors about 95 %.
    expect(covered / rounds).toBeGreaterThan(0.929);
    expect(covered / rounds).toBeLessThan(0.971);
  });

  test("holds the mean of all values", () => {
    const [low, high] = clusterBootstrapInterval(ten, makeRandom(2));
    expect(low).toBeLessThan(mean(ten.flat()));
    expect(high).toBeGreaterThan(mean(ten.flat()));
  });
});
