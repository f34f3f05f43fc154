import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { mean, standardDeviation } from "../../src/statistics/index.ts";
import { believeFeatures } from "../benchmarks/alone-search/feature-belief.ts";

const spreads = { feature: () => 0.5, task: 1e-6, noise: 0.4 };

describe("a belief in features", () => {
  test("is the one that the formula of two unknowns gives", () => {
    // Centre c with variance 1, feature f with variance 0.25, noise 0.16; scores 0.2, 0.4 of c and 0.9 of c + f.
    const belief = believeFeatures(
      [
        { features: [], scores: [0.2, 0.4] },
        { features: ["f"], scores: [0.9] },
      ],
      spreads,
    );
    const [cc, cf, ff] = [1 + 3 / 0.16, 1 / 0.16, 1 / 0.25 + 1 / 0.16];
    const [b, d] = [1.5 / 0.16, 0.9 / 0.16];
    const determinant = cc * ff - cf * cf;
    const centre = (ff * b - cf * d) / determinant;
    const feature = (cc * d - cf * b) / determinant;
    expect(belief.expected([])).toBeCloseTo(centre, 6);
    expect(belief.expected(["f"])).toBeCloseTo(centre + feature, 6);
    expect(belief.expected(["f", "unknown"])).toBeCloseTo(centre + feature, 6);

    const worlds = Array.from({ length: 4000 }, (_, i) => belief.draw(makeRandom(i)));
    const drawn = worlds.map((world) => world(["f"]) - world([]));
    expect(mean(drawn)).toBeCloseTo(feature, 1);
    expect(standardDeviation(drawn)).toBeCloseTo(Math.sqrt(cc / determinant), 1);
    expect(standardDeviation(worlds.map((world) => world(["new"]) - world([])))).toBeCloseTo(0.5, 1);
  });

  test("takes a hard task for no fault of those who were measured on it", () => {
    const easy = { features: ["a"], scores: [1, 1, null, null] };
    const hard = { features: ["b"], scores: [null, null, 0, 0] };
    const all = { features: ["c"], scores: [1, 1, 0, 0] };
    const apart = (task: number): number => {
      const { expected } = believeFeatures([easy, hard, all], { ...spreads, task });
      return expected(["a"]) - expected(["b"]);
    };
    expect(apart(1)).toBeLessThan(0.5 * apart(1e-6));
  });

  test("has the same effect for an unknown feature wherever it stands in one world", () => {
    const world = believeFeatures([{ features: ["a"], scores: [1] }], spreads).draw(makeRandom(0));
    expect(world(["new", "a"]) - world(["a"])).toBeCloseTo(world(["new"]) - world([]), 9);
  });

  test("is refused where nothing was measured", () => {
    expect(() => believeFeatures([{ features: [], scores: [null] }], spreads)).toThrow(RangeError);
  });
});
