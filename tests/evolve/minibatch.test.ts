import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRandom } from "../../src/base/index.ts";
import { minibatchOf } from "../../src/evolve/minibatch.ts";

test("an epoch shows every training task once before any again", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.nat(1000), (count, size, seed) => {
      const tasks = Array.from({ length: count }, (_, i) => i);
      const batch = Math.min(size, count);
      const perEpoch = Math.ceil(count / batch);
      for (const epoch of [0, 3]) {
        const seen = Array.from({ length: perEpoch }, (_, i) =>
          minibatchOf(tasks, size, epoch * perEpoch + i, makeRandom(seed)),
        );
        expect(seen.every((minibatch) => new Set(minibatch).size === batch)).toBe(true);
        expect(new Set(seen.flat()).size).toBe(count);
        expect(new Set(seen.flat().slice(0, count)).size).toBe(count);
      }
    }),
  );
});
