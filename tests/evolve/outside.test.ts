import { describe, expect, test } from "vitest";
import { AlleleError } from "../../src/base/index.ts";
import { evolve } from "../../src/evolve/index.ts";
import { ProviderError, type Provider } from "../../src/providers/index.ts";
import { openStore } from "../../src/store/index.ts";
import { runScripted, scriptedEvaluator, scriptedInputs, scriptedReflector } from "./scripted.ts";

const down = (): ProviderError =>
  new ProviderError({ code: "model-unreachable", message: "connection refused", retryable: true });

/** A reflection model that answers `calls` times and is down ever after. */
function dyingReflector(calls: number): Provider & { readonly attempts: () => number } {
  const alive = scriptedReflector();
  let attempts = 0;
  return {
    name: "dying",
    attempts: () => attempts,
    complete: (request) => {
      attempts += 1;
      return attempts > calls ? Promise.reject(down()) : alive.complete(request);
    },
  };
}

describe("when the reflection model is down", () => {
  test("the run stops early, keeps what it found, tests it and leaves the rest of the budget", async () => {
    const reflector = dyingReflector(12);
    const { result } = await runScripted({ options: { budget: { rollouts: 5000 } }, reflector });
    expect(result).toMatchObject({ status: "finished", stop: "reflection-failed" });
    expect(reflector.attempts()).toBe(12 + 3);
    expect(result.candidates.length).toBeGreaterThan(1);
    expect(result.seed.test).toMatchObject({ n: 30 });
    expect(result.rollouts).toBeLessThan(600);
  });

  test("from the start, the seed is tested and shipped", async () => {
    const { result } = await runScripted({
      options: { budget: { rollouts: 5000 }, max_reflection_failures: 1 },
      reflector: dyingReflector(0),
      evaluator: scriptedEvaluator({ strength: () => 0.3 }),
    });
    expect(result).toMatchObject({ stop: "reflection-failed", verdict: "same" });
    expect(result.winner.genome).toBe(result.seed.genome);
  });

  test("a failure now and then does not end the run", async () => {
    const alive = scriptedReflector();
    let calls = 0;
    const { result } = await runScripted({
      reflector: {
        name: "flaky",
        complete: (request) => (++calls % 3 === 0 ? Promise.reject(down()) : alive.complete(request)),
      },
    });
    expect(result.stop).not.toBe("reflection-failed");
    expect(calls).toBeGreaterThan(9);
  });
});

describe("when rollouts fail", () => {
  test("they are left out on both sides, counted, and never scored 0", async () => {
    const evaluator = scriptedEvaluator({ fails: (key) => /-(3|7|11)$/.test(key) });
    const { result, journal } = await runScripted({ evaluator, options: { budget: { rollouts: 900 } } });
    const scores = (journal as { tasks?: string[]; scores?: (number | null)[] }[]).flatMap(
      ({ tasks = [], scores: row = [] }) =>
        Array.isArray(tasks) ? tasks.map((task, i) => [task, row[i]] as const) : [],
    );
    const failed = scores.filter(([task]) => /-(3|7|11)$/.test(task));
    expect(failed.length).toBeGreaterThan(10);
    expect(failed.every(([, score]) => score === null)).toBe(true);
    expect(result.failed).toBe(failed.length);
    expect(result.seed.test).toMatchObject({ n: 27 });
    expect(result.candidates[0]?.validation).toMatchObject({ n: 17 });
    expect(result.verdict).toBe("better");
  });

  test("all of them, nothing is learnt and nothing is claimed", async () => {
    const { result } = await runScripted({
      evaluator: scriptedEvaluator({ fails: () => true }),
      options: { max_idle_iterations: 5 },
    });
    expect(result).toMatchObject({ status: "finished", stop: "nothing-left", verdict: "same" });
    expect(result.seed.test).toBeUndefined();
  });

  test("when the task model is down for good, the run is kept for later", async () => {
    const store = openStore(":memory:");
    const gone = new AlleleError({ code: "model-unreachable", message: "gone", kind: "outside" });
    let calls = 0;
    const dying = scriptedEvaluator({
      before: () => {
        if (++calls > 100) throw gone;
      },
    });
    await expect(evolve(scriptedInputs({ store, evaluator: dying }))).rejects.toBe(gone);
    expect(store.runs.get("scripted-1")?.status).toBe("interrupted");
    const whole = await runScripted();
    const { result } = await runScripted({ store });
    expect(result).toEqual(whole.result);
  });

  test.each([Number.NaN, -0.1, 1.5])("a score of %d is refused by name of the task", async (score) => {
    const honest = scriptedEvaluator();
    const evaluator: typeof honest = {
      ...honest,
      evaluate: async (...args) =>
        (await honest.evaluate(...args)).map((rollout) => ({ ...rollout, score }) as typeof rollout),
    };
    await expect(evolve(scriptedInputs({ evaluator }))).rejects.toMatchObject({
      code: "score-out-of-range",
      message: expect.stringMatching(/task validation-\d+ /),
    });
  });
});
