import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  allOf,
  anyOf,
  finalPick,
  isPlateau,
  mostCandidates,
  mostProposals,
  noImprovement,
  noProgress,
  onRequest,
  scoreReached,
  type Finalist,
  type SearchFacts,
  withStep,
} from "../../src/select/index.ts";

describe("a plateau", () => {
  const after = (gains: readonly number[]): boolean => isPlateau(gains.reduce(withStep, noProgress));
  const climb = [0.1, 0, 0.05, 0, 0.02];
  const zeros = (count: number): number[] => Array<number>(count).fill(0);

  test("is reached when the latest steps brought next to nothing of all that was gained", () => {
    expect(after([...climb, ...zeros(29)])).toBe(false);
    expect(after([...climb, ...zeros(30)])).toBe(true);
    expect(after([...climb, ...zeros(20), 0.003, ...zeros(9)])).toBe(true);
    expect(after([...climb, ...zeros(20), 0.03, ...zeros(9)])).toBe(false);
  });

  test("is reached also by a search that never gained, but not before it had its chance", () => {
    expect(after([])).toBe(false);
    expect(after(zeros(29))).toBe(false);
    expect(after(zeros(30))).toBe(true);
  });

  test("is left by a step that gains, and a loss takes nothing back", () => {
    expect(after([...climb, ...zeros(40), 0.1])).toBe(false);
    expect(after([...climb, ...zeros(29), -0.1])).toBe(true);
  });
});

const plain: Finalist = { score: 0.8, standardError: 0.02, cost: 1, length: 1000 };

describe("the final pick", () => {
  test("takes the shorter and cheaper of two that the scores cannot tell apart", () => {
    expect(finalPick([plain, { ...plain, score: 0.79, length: 500 }], 100)).toBe(1);
    expect(finalPick([plain, { ...plain, score: 0.79, cost: 0.5 }], 100)).toBe(1);
    expect(finalPick([plain, { ...plain, score: 0.77, length: 500 }], 100)).toBe(0);
  });

  test("takes one task for the band where the standard error is smaller, and the older of equals", () => {
    const exact = { ...plain, standardError: 0 };
    expect(finalPick([exact, { ...exact, score: 0.7, length: 1 }], 10)).toBe(1);
    expect(finalPick([exact, { ...exact, score: 0.7, length: 1 }], 20)).toBe(0);
    expect(finalPick([plain, plain], 10)).toBe(0);
    expect(finalPick([], 10)).toBeUndefined();
  });

  test("weighs a longer but cheaper one by proportion, and nothing where all is free", () => {
    expect(finalPick([plain, { ...plain, length: 1200, cost: 0.5 }], 100)).toBe(1);
    expect(finalPick([plain, { ...plain, length: 2000, cost: 0.5 }], 100)).toBe(0);
    const free = { ...plain, cost: 0 };
    expect(finalPick([free, { ...free, length: 900 }], 100)).toBe(1);
    expect(finalPick([free, { ...plain, length: 500 }], 100)).toBe(0);
  });

  test("never takes one outside the band, nor one that another in it beats in everything", () => {
    const finalist = fc.record({
      score: fc.double({ min: 0, max: 1, noNaN: true }),
      standardError: fc.double({ min: 0, max: 0.1, noNaN: true }),
      cost: fc.integer({ min: 0, max: 5 }),
      length: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.array(finalist, { minLength: 1, maxLength: 8 }), (finalists) => {
        const picked = finalists[finalPick(finalists, 50) ?? -1];
        const best = finalists.toSorted((a, b) => b.score - a.score)[0];
        if (picked === undefined || best === undefined) throw new Error("nobody was picked");
        const bar = best.score - Math.max(1 / 50, best.standardError);
        expect(picked.score).toBeGreaterThanOrEqual(bar - 1e-9);
        for (const other of finalists) {
          const beats = other.score >= bar && other.cost < picked.cost && other.length < picked.length;
          expect(beats).toBe(false);
        }
      }),
    );
  });
});

const facts: SearchFacts = { iterations: 30, sinceGain: 10, best: 0.8, candidates: 5, proposals: 28 };

describe("reasons to stop", () => {
  test.each([
    ["no-improvement", noImprovement(10), noImprovement(11)],
    ["score-reached", scoreReached(0.8), scoreReached(0.81)],
    ["most-candidates", mostCandidates(5), mostCandidates(6)],
    ["most-proposals", mostProposals(28), mostProposals(29)],
    ["stop-requested", onRequest(() => true), onRequest(() => false)],
  ] as const)("%s: there at its mark and not before", (reason, there, before) => {
    expect(there(facts)).toBe(reason);
    expect(before(facts)).toBeUndefined();
  });

  test("a score is not reached before anything was measured", () => {
    expect(scoreReached(0)({ ...facts, best: undefined })).toBeUndefined();
  });

  test("any of several ends for the first reason, all of them only together", () => {
    const [yes, no] = [mostCandidates(5), mostProposals(99)];
    expect(anyOf(no, yes, scoreReached(0))(facts)).toBe("most-candidates");
    expect(anyOf(no)(facts)).toBeUndefined();
    expect(anyOf()(facts)).toBeUndefined();
    expect(allOf(yes, no)(facts)).toBeUndefined();
    expect(allOf(yes, scoreReached(0.5))(facts)).toBe("most-candidates-and-score-reached");
    expect(allOf()(facts)).toBeUndefined();
  });

  test("a rule of one's own is a function of the same facts", () => {
    const bored = ({ iterations, candidates }: SearchFacts): string | undefined =>
      iterations > 5 * candidates ? "too-few-candidates" : undefined;
    expect(anyOf(bored)(facts)).toBe("too-few-candidates");
    expect(anyOf(bored)({ ...facts, candidates: 6 })).toBeUndefined();
  });
});
