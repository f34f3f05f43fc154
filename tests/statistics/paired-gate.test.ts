import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { makeRandom, type Random } from "../../src/base/index.ts";
import {
  gateDecision,
  gateWealth,
  newGate,
  observePair,
  testLevel,
  type GateDecision,
  type PairedGate,
} from "../../src/statistics/index.ts";
import { pairDrawer, type Landscape } from "./landscape.ts";

const options = { alpha: 0.1, futility: 0.05 };
const ROUNDS = 1500;
const PAIRS = 400;

/** Looks after every pair, the way a race does, and stops at the first answer. */
function race(
  draw: (random: Random) => number,
  random: Random,
  futility = options.futility,
): { decision: GateDecision; n: number } {
  let gate = newGate;
  for (let i = 0; i < PAIRS; i++) {
    gate = observePair(gate, draw(random));
    const decision = gateDecision(gate, { ...options, futility });
    if (decision !== "more") return { decision, n: gate.n };
  }
  return { decision: "more", n: gate.n };
}

const shareOf = (wanted: GateDecision, draw: (random: Random) => number, futility?: number): number =>
  Array.from({ length: ROUNDS }, (_, round) => race(draw, makeRandom(`gate-${round}`), futility).decision).filter(
    (decision) => decision === wanted,
  ).length / ROUNDS;

const noGain: readonly (readonly [string, (random: Random) => number])[] = [
  ["binary scores that differ on half the tasks", (random) => [-1, 0, 1][random.weighted([0.25, 0.5, 0.25])] ?? 0],
  ["differences on every task", (random) => (random.next() < 0.5 ? -1 : 1)],
  ["many small gains and rare large losses", (random) => (random.next() < 0.9 ? 0.1 : -0.9)],
  ["many small losses and rare large gains", (random) => (random.next() < 0.9 ? -0.1 : 0.9)],
  ["a true loss", (random) => [-1, 0, 1][random.weighted([0.3, 0.5, 0.2])] ?? 0],
];

describe("the paired gate", () => {
  test.each(noGain)("looked at after every pair commits at most alpha of challengers without a gain: %s", (_, draw) => {
    // Three standard errors above alpha.
    expect(shareOf("commit", draw, 0)).toBeLessThan(options.alpha + 3 * Math.sqrt(0.09 / ROUNDS));
  });

  test("is needed: a test of fixed size looked at after every pair is wrong far more often", () => {
    const draw = noGain[0]?.[1] ?? (() => 0);
    let wrong = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const random = makeRandom(`gate-${round}`);
      let [sum, squares] = [0, 0];
      for (let n = 1; n <= PAIRS; n++) {
        const difference = draw(random);
        sum += difference;
        squares += difference ** 2;
        // One-sided normal test at 10 %.
        if (n >= 10 && sum / Math.sqrt(squares) > 1.2816) {
          wrong += 1;
          break;
        }
      }
    }
    expect(wrong / ROUNDS).toBeGreaterThan(0.35);
  });

  test("finds a gain of 0.15 within four hundred pairs, and rarely rejects it", () => {
    const draw = (random: Random): number => [-1, 0, 1][random.weighted([0.15, 0.55, 0.3])] ?? 0;
    expect(shareOf("commit", draw)).toBeGreaterThan(0.85);
    expect(shareOf("reject", draw)).toBeLessThan(0.1);
  });

  /** Share of challengers that are committed within so many pairs. */
  const committed = (landscape: Landscape, pairs: number, futility = options.futility): number => {
    const draw = pairDrawer(landscape);
    const rounds = 1000;
    let count = 0;
    for (let round = 0; round < rounds; round++) {
      const random = makeRandom(`landscape-${round}`);
      let gate = newGate;
      let decision: GateDecision = "more";
      while (decision === "more" && gate.n < pairs) {
        gate = observePair(gate, draw(random));
        decision = gateDecision(gate, { ...options, futility });
      }
      if (decision === "commit") count += 1;
    }
    return count / rounds;
  };

  test.each([
    { gain: 0.1, taste: 0, pairs: 120, least: 0.95 },
    { gain: 0.1, taste: 1, pairs: 120, least: 0.8 },
    { gain: 0.2, taste: 0, pairs: 60, least: 0.95 },
    { gain: 0.2, taste: 1, pairs: 60, least: 0.95 },
  ])("commits a challenger that gains $gain, tastes $taste, within $pairs pairs of shared noise", (row) => {
    expect(committed({ ...row, shared: true }, row.pairs)).toBeGreaterThanOrEqual(row.least);
  });

  test.each([true, false])("commits few challengers without a gain that have tastes, noise shared: %s", (shared) => {
    expect(committed({ gain: 0, taste: 1, shared }, 120, 0)).toBeLessThan(options.alpha);
  });

  test("at levels that add up commits in at most alpha of whole runs of thirty challengers without a gain", () => {
    const draw = pairDrawer({ gain: 0, taste: 1, shared: false });
    const runs = 300;
    const changed = Array.from({ length: runs }, (_, run) => {
      const random = makeRandom(`run-${run}`);
      return Array.from({ length: 30 }, (__, index) => index + 1).some((index) => {
        let gate = newGate;
        const alpha = testLevel(index, options.alpha);
        for (let pair = 0; pair < 120; pair++) {
          gate = observePair(gate, draw(random));
          if (gateDecision(gate, { alpha, futility: 0 }) === "commit") return true;
        }
        return false;
      });
    }).filter(Boolean).length;
    expect(changed / runs).toBeLessThan(options.alpha + 3 * Math.sqrt(0.09 / runs));
    const levels = Array.from({ length: 10_000 }, (_, i) => testLevel(i + 1, 0.05));
    expect(levels.reduce((sum, level) => sum + level, 0)).toBeCloseTo(0.05, 4);
    expect(testLevel(7, 0.05, 2)).toBeCloseTo(3 * testLevel(7, 0.05), 12);
  });

  test("commits few false ones among all it commits in runs where some gain, at levels that rise with each commit", () => {
    const [equal, better] = [0, 0.3].map((gain) => pairDrawer({ gain, taste: 1, shared: true }));
    const shares = Array.from({ length: 200 }, (_, run) => {
      const random = makeRandom(`shares-${run}`);
      let [wrong, commits] = [0, 0];
      for (let index = 1; index <= 30; index++) {
        const isBetter = random.next() < 0.3;
        const draw = (isBetter ? better : equal) ?? (() => 0);
        let gate = newGate;
        const alpha = testLevel(index, options.alpha, commits);
        while (gate.n < 120 && gateDecision(gate, { alpha, futility: 0 }) === "more")
          gate = observePair(gate, draw(random));
        if (gateDecision(gate, { alpha, futility: 0 }) !== "commit") continue;
        commits += 1;
        if (!isBetter) wrong += 1;
      }
      return { commits, share: wrong / Math.max(1, commits) };
    });
    expect(shares.reduce((sum, { share }) => sum + share, 0) / shares.length).toBeLessThan(options.alpha);
    expect(shares.reduce((sum, { commits }) => sum + commits, 0) / shares.length).toBeGreaterThan(7);
  });

  test("gives a true loss up soon", () => {
    const draw = (random: Random): number => [-1, 0, 1][random.weighted([0.3, 0.55, 0.15])] ?? 0;
    expect(shareOf("reject", draw)).toBeGreaterThan(0.85);
  });

  test("does not care in which order the pairs came", () => {
    const wealth = (differences: readonly number[]): number =>
      gateWealth(differences.reduce((gate: PairedGate, difference) => observePair(gate, difference), newGate));
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { maxLength: 30 }), (differences) => {
        expect(wealth(differences.toReversed()) / wealth(differences)).toBeCloseTo(1, 9);
      }),
    );
  });

  test("is a fair game: over all equally likely outcomes wealth stays what it was", () => {
    let gates = [observePair(newGate, 0.5)];
    const before = gateWealth(newGate) * gateWealth(observePair(newGate, 0.5));
    for (let i = 0; i < 8; i++) gates = gates.flatMap((gate) => [observePair(gate, 1), observePair(gate, -1)]);
    expect(gates.reduce((sum, gate) => sum + gateWealth(gate), 0) / gates.length).toBeCloseTo(before, 9);
  });

  test("starts without evidence and refuses what is no difference", () => {
    expect(gateWealth(newGate)).toBe(1);
    expect(gateDecision(newGate, options)).toBe("more");
    expect(() => observePair(newGate, 1.1)).toThrow(RangeError);
    expect(() => observePair(newGate, Number.NaN)).toThrow(RangeError);
  });
});
