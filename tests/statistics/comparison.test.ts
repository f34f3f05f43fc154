import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  adjustedInterval,
  bootstrapInterval,
  EQUIVALENCE_MARGIN,
  mcnemar,
  mean,
  scoreInterval,
  normalCdf,
  normalQuantile,
  pairedComparison,
  signFlipP,
} from "../../src/statistics/index.ts";

const random = makeRandom("comparison");
const repeat = (count: number, value: number): number[] => Array<number>(count).fill(value);
const scores = (length: number): fc.Arbitrary<number[]> =>
  fc.array(fc.constantFrom(0, 0.25, 0.5, 0.75, 1), { minLength: length, maxLength: length });
const pairs = fc.integer({ min: 1, max: 14 }).chain((n) => fc.tuple(scores(n), scores(n)));

describe("the sign-flip test", () => {
  test("counts every pattern of signs", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(-1, -0.5, 0, 0.25, 1), { maxLength: 9 }), (differences) => {
        const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
        let patterns: number[][] = [[]];
        for (const size of differences)
          patterns = patterns.flatMap((signs) => [
            [...signs, size],
            [...signs, -size],
          ]);
        const share =
          patterns.filter((signs) => Math.abs(sum(signs)) >= Math.abs(sum(differences)) - 1e-9).length /
          patterns.length;
        expect(signFlipP(differences, random)).toBeCloseTo(share, 12);
      }),
      { numRuns: 50 },
    );
  });
});

describe("the bootstrap interval", () => {
  test("agrees with all resamples counted", () => {
    // One large value among small ones: without correction the ends would be 0.005 and 0.488.
    const values = [0.93, 0.11, 0.02, 0.07, -0.04, 0.01];
    const n = values.length;
    let sums = [0];
    for (let i = 0; i < n; i++) sums = sums.flatMap((sum) => values.map((value) => sum + value));
    const all = sums.map((sum) => sum / n).toSorted((a, b) => a - b);
    const center = mean(values);
    const tie = (value: number): boolean => Math.abs(value - center) < 1e-12;
    const below = all.filter((value) => value < center && !tie(value)).length + all.filter(tie).length / 2;
    const bias = normalQuantile(below / all.length);
    const cubes = values.reduce((sum, value) => sum + (value - center) ** 3, 0);
    const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
    const acceleration = cubes / (6 * squares ** 1.5);
    const end = (p: number): number => {
      const z = bias + normalQuantile(p);
      return all[Math.floor(normalCdf(bias + z / (1 - acceleration * z)) * all.length)] ?? Number.NaN;
    };
    const interval = bootstrapInterval(values, random);
    expect(Math.abs(interval[0] - end(0.025))).toBeLessThan(0.005);
    expect(Math.abs(interval[1] - end(0.975))).toBeLessThan(0.03);
  });

  test("turns with its data and holds their mean", () => {
    const values = [...repeat(20, 0), ...repeat(12, 0.5), ...repeat(4, -1)];
    const [low, high] = bootstrapInterval(values, makeRandom(1));
    expect(low).toBeLessThan(mean(values));
    expect(high).toBeGreaterThan(mean(values));
    const [mirroredLow, mirroredHigh] = bootstrapInterval(
      values.map((value) => -value),
      makeRandom(1),
    );
    expect(mirroredLow).toBeCloseTo(-high, 1);
    expect(mirroredHigh).toBeCloseTo(-low, 1);
  });
});

describe("the adjusted interval", () => {
  test("is a normal interval of the table with half a pair added to each cell", () => {
    const [fixed, broken, tied] = [5, 2, 33];
    const n = fixed + broken + tied + 2;
    const [b, c] = [fixed + 0.5, broken + 0.5];
    const half = (1.959964 * Math.sqrt(b + c - (b - c) ** 2 / n)) / n;
    const interval = adjustedInterval([...repeat(fixed, 1), ...repeat(broken, -1), ...repeat(tied, 0)]);
    expect(interval[0]).toBeCloseTo((b - c) / n - half, 6);
    expect(interval[1]).toBeCloseTo((b - c) / n + half, 6);
  });
});

describe("intervals cover the truth as often as they say", () => {
  const rounds = 600;
  const share = (covers: (stream: ReturnType<typeof makeRandom>) => boolean): number =>
    Array.from({ length: rounds }, (_, round) => covers(random.fork(`round-${round}`))).filter(Boolean).length / rounds;
  // Three standard errors below 95 % is 0.923.
  test("the bootstrap of graded differences, 60 tasks", () => {
    // -1 with 0.15, 0 with 0.5, 0.5 with 0.35: mean 0.025.
    const draw = (stream: ReturnType<typeof makeRandom>): number =>
      [-1, 0, 0.5][stream.weighted([0.15, 0.5, 0.35])] ?? 0;
    const covered = share((stream) => {
      const [low, high] = bootstrapInterval(
        Array.from({ length: 60 }, () => draw(stream)),
        stream,
      );
      return low <= 0.025 && 0.025 <= high;
    });
    expect(covered).toBeGreaterThan(0.915);
    expect(covered).toBeLessThan(0.985);
  });

  test("the adjusted interval when few pairs differ, 40 tasks", () => {
    const covered = share((stream) => {
      const differences = Array.from({ length: 40 }, () => [-1, 0, 1][stream.weighted([0.03, 0.9, 0.07])] ?? 0);
      const [low, high] = adjustedInterval(differences);
      return low <= 0.04 && 0.04 <= high;
    });
    expect(covered).toBeGreaterThan(0.923);
  });

  test("the interval of a mean of graded scores, 40 tasks", () => {
    const covered = share((stream) => {
      const [low, high] = scoreInterval(
        Array.from({ length: 40 }, () => [0, 0.5, 1][stream.weighted([0.2, 0.3, 0.5])] ?? 0),
      );
      return low <= 0.65 && 0.65 <= high;
    });
    expect(covered).toBeGreaterThan(0.923);
  });
});

describe("a paired comparison", () => {
  test("of a clear gain says better, of a clear loss worse", () => {
    const [a, b] = [
      [...repeat(40, 0), ...repeat(60, 1)],
      [...repeat(10, 0), ...repeat(85, 1), ...repeat(5, 0)],
    ];
    const gain = pairedComparison(a, b, random);
    expect(gain).toMatchObject({ n: 100, verdict: "better", needed: undefined });
    expect(gain.difference).toBeCloseTo(0.25, 12);
    expect(gain.p).toBe(mcnemar(30, 5).exact);
    expect(gain.interval[0]).toBeGreaterThan(0);
    expect(pairedComparison(b, a, random).verdict).toBe("worse");
  });

  test("of a small one cannot tell, and says how many tasks could", () => {
    const result = pairedComparison(
      [...repeat(17, 0), ...repeat(23, 1)],
      [...repeat(14, 0), ...repeat(25, 1), 0],
      random,
    );
    expect(result.verdict).toBe("cannot-tell");
    expect(result.needed).toBeGreaterThan(40);
    expect(result.needed).toBeLessThan(2000);
  });

  test("of equals says same only with enough tasks to mean it", () => {
    const many = repeat(400, 1);
    const result = pairedComparison(many, many, random);
    expect(result).toMatchObject({ difference: 0, p: 1, verdict: "same" });
    expect(result.interval[0]).toBeGreaterThan(-EQUIVALENCE_MARGIN);
    expect(result.interval[0]).toBeLessThan(0);
    const few = pairedComparison(repeat(20, 1), repeat(20, 1), random);
    expect(few).toMatchObject({ difference: 0, verdict: "cannot-tell", needed: undefined });
  });

  test("of graded scores flips signs", () => {
    const a = Array.from({ length: 12 }, (_, index) => (index % 3) / 4);
    const b = a.map((score) => score + 0.25);
    expect(pairedComparison(a, b, random)).toMatchObject({ verdict: "better", p: 2 / 2 ** 12 });
  });

  test("of tasks in families takes whole families for the evidence", () => {
    const [a, b] = [repeat(60, 0), [...repeat(30, 1), ...repeat(30, 0)]];
    const families = b.map((_, index) => `document ${Math.floor(index / 10)}`);
    expect(pairedComparison(a, b, random)).toMatchObject({ verdict: "better", families: undefined });
    const clustered = pairedComparison(a, b, random, families);
    // Three families of six gain: as good as three heads, which come in a quarter of all cases on one side or the other.
    expect(clustered).toMatchObject({ verdict: "cannot-tell", difference: 0.5, p: 0.25, families: 6 });
    expect(clustered.needed).toBeGreaterThan(60);
    const alone = b.map((_, index) => `document ${index}`);
    expect(pairedComparison(a, b, makeRandom(3), alone)).toEqual(pairedComparison(a, b, makeRandom(3)));
    const some = pairedComparison(a, b, makeRandom(3), ["x", "x"]);
    expect(some).toMatchObject({ verdict: "better", families: 59 });
    const one = pairedComparison(a, b, random, repeat(60, 0).map(String));
    expect(one).toMatchObject({ verdict: "cannot-tell", interval: [-1, 1], p: 1, needed: undefined });
    const none = pairedComparison(a, a, random, families);
    expect(none.verdict).toBe("cannot-tell");
    expect(none.interval[1]).toBeGreaterThan(0.1);
  });

  test("of equal agents on families of tasks that go alike is right in nineteen cases of twenty, by families", () => {
    const rounds = 300;
    const families = Array.from({ length: 96 }, (_, index) => String(Math.floor(index / 6)));
    let [plain, clustered] = [0, 0];
    for (let round = 0; round < rounds; round++) {
      const stream = random.fork(`families-${round}`);
      const gains = Array.from({ length: 16 }, () => stream.pick([-0.5, 0, 0.5]));
      const b = families.map((family) => 0.5 + (gains[Number(family)] ?? 0) * Number(stream.next() < 0.8));
      const told = (given?: readonly string[]): boolean =>
        pairedComparison(repeat(96, 0.5), b, stream, given).verdict !== "cannot-tell";
      if (told()) plain += 1;
      if (told(families)) clustered += 1;
    }
    expect(plain / rounds).toBeGreaterThan(0.2);
    // Three standard errors above 5 %.
    expect(clustered / rounds).toBeLessThan(0.088);
  });

  test("of nothing or of one task tells nothing", () => {
    expect(pairedComparison([], [], random)).toMatchObject({
      n: 0,
      difference: 0,
      interval: [-1, 1],
      p: 1,
      verdict: "cannot-tell",
    });
    expect(pairedComparison([0], [1], random)).toMatchObject({ verdict: "cannot-tell", needed: undefined });
  });

  test("refuses what is no score and what is no pair", () => {
    expect(() => pairedComparison([1], [1, 0], random)).toThrow(RangeError);
    expect(() => pairedComparison([Number.NaN], [1], random)).toThrow(RangeError);
    expect(() => pairedComparison([0], [1.2], random)).toThrow(RangeError);
  });

  test("turned round gives the opposite answer, the same one every time, and never contradicts itself", () => {
    const opposite = { better: "worse", worse: "better", same: "same", "cannot-tell": "cannot-tell" } as const;
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const result = pairedComparison(a, b, makeRandom(7));
        expect(pairedComparison(a, b, makeRandom(7))).toEqual(result);
        const turned = pairedComparison(b, a, makeRandom(7));
        expect(turned.difference).toBeCloseTo(-result.difference, 12);
        expect(turned.p).toBeCloseTo(result.p, 12);
        if (result.p < 0.04) expect(turned.verdict).toBe(opposite[result.verdict]);
        const [low, high] = result.interval;
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(-1);
        expect(high).toBeLessThanOrEqual(1);
        if (result.verdict === "better") expect(result.difference).toBeGreaterThan(0);
        if (result.verdict === "worse") expect(result.difference).toBeLessThan(0);
      }),
      { numRuns: 60 },
    );
  });

  test("of two equal agents is called better or worse in at most one case of twenty", () => {
    const rounds = 800;
    let told = 0;
    for (let round = 0; round < rounds; round++) {
      const stream = random.fork(`equal-${round}`);
      const side = (): number[] => Array.from({ length: 60 }, () => [0, 0.5, 1][stream.int(3)] ?? 0);
      const { verdict } = pairedComparison(side(), side(), stream);
      if (verdict === "better" || verdict === "worse") told += 1;
    }
    expect(told / rounds).toBeGreaterThan(0.005);
    // Three standard errors above 5 %.
    expect(told / rounds).toBeLessThan(0.073);
  });
});
