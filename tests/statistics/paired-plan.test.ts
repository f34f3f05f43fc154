import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  ASSUMED_DEVIATION,
  pairedComparison,
  pairedPlan,
  requiredBinaryPairs,
  requiredPairs,
} from "../../src/statistics/index.ts";

const repeat = (count: number, ...values: number[]): number[][] => Array<number[]>(count).fill(values);
const wanted = { effect: 0.05, power: 0.8, tasks: 160 };

describe("a plan for a comparison", () => {
  test("of what was never measured, or on too few tasks, rests on the assumption", () => {
    const plan = pairedPlan([], wanted);
    expect(plan).toMatchObject({ basis: "assumed", deviation: ASSUMED_DEVIATION, repeatsMeasured: false });
    expect(plan.needed).toBe(requiredPairs(0.05, { deviation: 0.5 }));
    expect(plan.measured).toEqual({ tasks: 0, runs: 0 });
    expect(pairedPlan(repeat(7, 0.5), wanted)).toEqual(plan);
  });

  test("of scores of 0 and 1 counts tables", () => {
    const differences = [...repeat(12, 1), ...repeat(4, -1), ...repeat(84, 0)];
    const plan = pairedPlan(differences, wanted);
    const share = 17 / 102;
    expect(plan.needed).toBe(requiredBinaryPairs({ fixed: (share + 0.05) / 2, broken: (share - 0.05) / 2 }));
    expect(plan).toMatchObject({ basis: "measured", measured: { tasks: 100, runs: 1 }, repeatsMeasured: false });
    expect(pairedPlan(differences, { ...wanted, effect: 0.5 }).needed).toBe(
      requiredBinaryPairs({ fixed: 0.5, broken: 0 }),
    );
  });

  test("of graded scores takes their spread, and one never seen for more than none", () => {
    const differences = Array.from({ length: 60 }, (_, i) => [[-0.25, 0, 0.25, 0.5][i % 4] ?? 0]);
    const plan = pairedPlan(differences, wanted);
    expect(plan.deviation).toBeCloseTo(0.2819, 3);
    expect(plan.needed).toBe(requiredPairs(0.05, { deviation: plan.deviation }));
    const calm = pairedPlan([...repeat(40, 0), ...repeat(2, 0.5)], wanted);
    expect(calm.deviation).toBeGreaterThan(0.15);
    expect(calm.needed).toBeGreaterThan(wanted.tasks / 2);
  });

  test("asks for repeats where runs are noisy, and for tasks where tasks differ", () => {
    const noisy = pairedPlan(repeat(100, 0.4, -0.4, 0.2, -0.2), wanted);
    expect(noisy).toMatchObject({ repeatsMeasured: true, measured: { tasks: 100, runs: 4 } });
    expect(noisy.needed).toBeGreaterThan(wanted.tasks);
    expect(noisy.repeats).toBeGreaterThan(1);
    const various = pairedPlan([...repeat(60, 0.5, 0.5), ...repeat(60, -0.5, -0.4)], wanted);
    expect(various.needed).toBeGreaterThan(wanted.tasks);
    expect(various.repeats).toBeUndefined();
    expect(pairedPlan([], { ...wanted, tasks: 1 })).toMatchObject({ repeats: undefined, detectable: undefined });
  });

  test("asks for repeats exactly where tasks are too few", () => {
    const differences = [...repeat(15, 1), ...repeat(5, -1), ...repeat(80, 0)];
    const { needed } = pairedPlan(differences, { ...wanted, effect: 0.1 });
    for (const tasks of [needed - 1, needed]) {
      const { repeats } = pairedPlan(differences, { ...wanted, effect: 0.1, tasks });
      expect(repeats).toBe(tasks < needed ? 2 : 1);
    }
  });

  test("says what the tasks that exist can tell, in agreement with what is needed", () => {
    for (const differences of [[], [...repeat(12, 1), ...repeat(8, -1), ...repeat(80, 0)]]) {
      const { detectable = 1, powerNow } = pairedPlan(differences, wanted);
      expect(pairedPlan(differences, { ...wanted, effect: detectable }).needed).toBeLessThanOrEqual(wanted.tasks);
      expect(pairedPlan(differences, { ...wanted, effect: detectable - 0.004 }).needed).toBeGreaterThan(wanted.tasks);
      expect(powerNow).toBeLessThan(0.8);
    }
  });

  test("comes true: with the tasks needed four comparisons in five say better", () => {
    const [fixed, broken] = [0.16, 0.06];
    const differences = [...repeat(160, 1), ...repeat(60, -1), ...repeat(780, 0)];
    const { needed } = pairedPlan(differences, { effect: 0.1, power: 0.8, tasks: 1000 });
    const rounds = 120;
    let better = 0;
    for (let round = 0; round < rounds; round++) {
      const random = makeRandom(`plan-${round}`);
      const outcomes = Array.from({ length: needed }, () => random.weighted([fixed, broken, 0.4, 0.38]));
      const a = outcomes.map((outcome) => Number(outcome === 1 || outcome === 2));
      const b = outcomes.map((outcome) => Number(outcome === 0 || outcome === 2));
      if (pairedComparison(a, b, random).verdict === "better") better += 1;
    }
    // Three standard errors about 0.8.
    expect(better / rounds).toBeGreaterThan(0.69);
    expect(better / rounds).toBeLessThan(0.91);
  });
});
