import fc from "fast-check";
import { expect, test } from "vitest";
import { leanOf } from "../../src/providers/llama/lean.ts";

const rows = fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 12 })).chain(([choices, count]) =>
  fc.tuple(
    fc.array(fc.array(fc.double({ min: -4, max: 0, noNaN: true }), { minLength: choices, maxLength: choices }), {
      minLength: count,
      maxLength: count,
    }),
    fc.array(fc.nat(choices - 1), { minLength: count, maxLength: count }),
  ),
);

test("with the lean taken off, a choice is as likely in the mean as it is right, counted once more", () => {
  fc.assert(
    fc.property(rows, ([values, right]) => {
      const lean = leanOf(values, right);
      for (const [choice] of lean.entries()) {
        const likely = values.map((row) => {
          const weights = row.map((value, i) => Math.exp(value - (lean[i] ?? 0)));
          return (weights[choice] ?? 0) / weights.reduce((sum, weight) => sum + weight, 0);
        });
        const share = (1 + right.filter((one) => one === choice).length) / (values.length + lean.length);
        expect(likely.reduce((sum, p) => sum + p, 0) / values.length).toBeCloseTo(share, 3);
      }
    }),
  );
});

test("a model that always says the same is brought to tell tasks apart by what is left", () => {
  const values = [
    [-0.1, -3],
    [-0.2, -2],
    [-0.1, -3.2],
    [-0.2, -2.1],
  ];
  const [first = 0, second = 0] = leanOf(values, [0, 1, 0, 1]);
  expect(values.map(([a = 0, b = 0]) => (a - first > b - second ? 0 : 1))).toEqual([0, 1, 0, 1]);
});

test("a choice out of reach gives no number that is none", () => {
  const lean = leanOf([[0, Number.NEGATIVE_INFINITY]], [1]);
  expect(lean.every((value) => !Number.isNaN(value))).toBe(true);
});
