import { expect, test } from "vitest";
import { makeSimulatedProvider } from "../../src/providers/index.ts";
import { measure, referenceGenome, seedGenome } from "../benchmarks/desk-laboratory.ts";

test("on the simulated model the plain seed is poor and the hand-written reference good", async () => {
  const provider = makeSimulatedProvider({ seed: 0 });
  const seed = await measure(provider, seedGenome, "test");
  const reference = await measure(provider, referenceGenome, "test");
  expect(seed.score).toBeGreaterThanOrEqual(0.3);
  expect(seed.score).toBeLessThanOrEqual(0.5);
  expect(reference.score).toBeGreaterThanOrEqual(0.9);
});
