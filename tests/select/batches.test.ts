import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import {
  batchSamplers,
  brokenAnchors,
  chooseAnchors,
  discriminatingSize,
  discriminationChances,
  type BatchSampler,
} from "../../src/select/index.ts";

const rates = (tasks: number, failing: number): number[] =>
  Array.from({ length: tasks }, (_, task) => (task < failing ? 0 : 1));

describe("the size of a minibatch", () => {
  test("has the published chances: 7 of 56 tasks failing, 34, 68 and 92 % in 3, 8 and 16", () => {
    const chances = discriminationChances(rates(56, 7), 16);
    expect(chances[0]).toBeCloseTo(0, 12);
    expect(chances[3]).toBeCloseTo(0.34, 2);
    expect(chances[8]).toBeCloseTo(0.68, 2);
    expect(chances[16]).toBeCloseTo(0.92, 2);
    expect(discriminatingSize(rates(56, 7))).toBe(11);
  });

  test("agrees with all batches counted one by one, whatever the pass rates", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 1, maxLength: 7 }), (passRates) => {
        const chances = discriminationChances(passRates, 7);
        for (const [size, chance] of chances.entries()) {
          const batches = subsets(passRates).filter((batch) => batch.length === size);
          const none = batches.map((batch) => batch.reduce((product, rate) => product * rate, 1));
          expect(chance).toBeCloseTo(1 - none.reduce((sum, one) => sum + one, 0) / batches.length, 10);
        }
      }),
    );
  });

  test("is 3 where most tasks tell, 16 where hardly one does, and never more than there are", () => {
    expect(discriminatingSize(rates(50, 30))).toBe(3);
    expect(discriminatingSize(rates(400, 1))).toBe(16);
    expect(discriminatingSize(rates(2, 0))).toBe(2);
    expect(discriminatingSize([])).toBe(0);
    expect(discriminatingSize(rates(56, 7), { chance: 0.6, most: 10 })).toBeLessThan(9);
  });
});

describe.each(Object.entries<BatchSampler>(batchSamplers))("the sampler %s", (name, sampler) => {
  test("gives tasks that are there, each once, as many as wanted, the same for the same seed", () => {
    expect(sampler.name).toBe(name);
    fc.assert(
      fc.property(fc.nat(20), fc.integer({ min: 1, max: 25 }), fc.nat(40), (tasks, size, turn) => {
        const scores = Array.from({ length: tasks }, (_, task) => (task % 3 === 0 ? null : ((task % 2) as number)));
        const sample = (): readonly number[] => sampler.sample({ tasks, size, turn, random: makeRandom(turn), scores });
        const batch = sample();
        expect(batch).toHaveLength(Math.min(size, tasks));
        expect(new Set(batch).size).toBe(batch.length);
        for (const task of batch) expect(task >= 0 && task < tasks).toBe(true);
        expect(sample()).toEqual(batch);
      }),
    );
  });

  test("comes to every task in time", () => {
    const random = makeRandom(name);
    const scores = Array.from({ length: 30 }, (_, task) => (task < 5 ? 0 : 1));
    const seen = new Set(
      Array.from({ length: 120 }, (_, turn) => sampler.sample({ tasks: 30, size: 6, turn, random, scores })).flat(),
    );
    expect(seen.size).toBe(30);
  });
});

describe("what sets the samplers apart", () => {
  test("epoch-shuffled shows each task once before any again, in another order in the next epoch", () => {
    const random = makeRandom(1);
    const turns = Array.from({ length: 8 }, (_, turn) =>
      batchSamplers["epoch-shuffled"].sample({ tasks: 12, size: 3, turn, random }),
    );
    expect(
      turns
        .slice(0, 4)
        .flat()
        .toSorted((a, b) => a - b),
    ).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(turns.slice(4).flat()).not.toEqual(turns.slice(0, 4).flat());
  });

  test("failing-first fills two thirds with failing tasks of every stratum, the rest with tasks to keep", () => {
    const scores = Array.from({ length: 30 }, (_, task) => (task < 9 ? 0.4 : 1));
    const strata = Array.from({ length: 30 }, (_, task) => ["refunds", "orders", "talk"][task % 3] ?? "");
    for (let turn = 0; turn < 20; turn++) {
      const batch = batchSamplers["failing-first"].sample({
        tasks: 30,
        size: 9,
        turn,
        random: makeRandom(2),
        scores,
        strata,
      });
      const failing = batch.filter((task) => task < 9);
      expect(failing).toHaveLength(6);
      for (const part of [failing, batch.filter((task) => task >= 9)])
        expect(new Set(part.map((task) => strata[task])).size).toBe(3);
    }
  });

  test("failing-first shows strata in proportion, so that rare kinds do not crowd out common ones", () => {
    const strata = Array.from({ length: 40 }, (_, task) => (task < 32 ? "common" : "rare"));
    for (let turn = 0; turn < 20; turn++) {
      const batch = batchSamplers["failing-first"].sample({
        tasks: 40,
        size: 15,
        turn,
        random: makeRandom(5),
        scores: strata.map(() => 0),
        strata,
      });
      const rare = batch.filter((task) => task >= 32).length;
      expect(Math.abs(rare - 3)).toBeLessThanOrEqual(1);
    }
  });

  test("failing-first holds a task that can tell where a blind batch of the same size mostly holds none", () => {
    const scores = rates(56, 3);
    const hits = (sampler: BatchSampler): number =>
      Array.from({ length: 300 }, (_, turn) =>
        sampler.sample({ tasks: 56, size: 3, turn, random: makeRandom(3), scores }),
      ).filter((batch) => batch.some((task) => task < 3)).length;
    expect(hits(batchSamplers["failing-first"])).toBe(300);
    expect(hits(batchSamplers.uniform)).toBeLessThan(100);
  });

  test("failing-first fills up with the other kind where one runs out", () => {
    const sample = (scores: readonly number[]): readonly number[] =>
      batchSamplers["failing-first"].sample({ tasks: 6, size: 6, turn: 0, random: makeRandom(4), scores });
    expect(sample([0, 0, 0, 0, 0, 0])).toHaveLength(6);
    expect(sample([1, 1, 1, 1, 1, 1])).toHaveLength(6);
  });
});

describe("anchors", () => {
  test("are tasks that everybody passed who was measured, of every stratum", () => {
    const scores = [
      [1, 1, 0, 1, null, 1],
      [1, null, 1, 0.9, null, 1],
    ];
    expect(new Set(chooseAnchors(scores, 9, makeRandom(1)))).toEqual(new Set([0, 1, 5]));
    const two = chooseAnchors(scores, 2, makeRandom(1), ["a", "b", "a", "a", "a", "a"]);
    expect(two).toHaveLength(2);
    expect(two).toContain(1);
    expect(chooseAnchors([], 3, makeRandom(1))).toEqual([]);
  });

  test("are broken where the child falls behind by more than the tolerance, and not where it was not measured", () => {
    expect(brokenAnchors([0, 1, 2, 3], [1, 1, 1, 1], [1, 0, 0.95, null])).toEqual([1, 2]);
    expect(brokenAnchors([0, 1, 2, 3], [1, 1, 1, 1], [1, 0, 0.95, null], 0.1)).toEqual([1]);
  });
});

function subsets(items: readonly number[]): readonly (readonly number[])[] {
  return items.reduce<readonly (readonly number[])[]>(
    (found, item) => [...found, ...found.map((one) => [...one, item])],
    [[]],
  );
}
