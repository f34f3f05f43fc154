import { expect, test } from "vitest";
import { makeRandom, manualClock, systemClock, type Clock } from "../../src/base/index.ts";
import { withRetry } from "../../src/providers/retry.ts";
import { ask, codeOf, failing, reply, scripted } from "./scripted.ts";

/** A clock that writes down how long it was asked to sleep. */
function noting(): Clock & { readonly slept: readonly number[] } {
  const clock = manualClock();
  const slept: number[] = [];
  return {
    ...clock,
    slept,
    sleep: (milliseconds, signal) => {
      slept.push(milliseconds);
      return clock.sleep(milliseconds, signal);
    },
  };
}

test("what can pass is tried again until it passes", async () => {
  const clock = noting();
  const inner = scripted((_request, _options, call) => {
    if (call < 4) throw failing("model-server-error", { retryable: true });
    return reply;
  });
  expect(await withRetry(inner, { retries: 3, clock, random: makeRandom(1) }).complete(ask())).toBe(reply);
  expect(inner.calls.length).toBe(4);
});

test("the waits double, and chance takes up to half of each", async () => {
  const clock = noting();
  const inner = scripted(() => {
    throw failing("model-unreachable", { retryable: true });
  });
  const call = withRetry(inner, { retries: 9, clock, random: makeRandom(1) }).complete(ask());
  expect(await codeOf(call)).toBe("model-unreachable");
  const full = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000];
  expect(clock.slept.length).toBe(full.length);
  for (const [index, wait] of clock.slept.entries()) {
    expect(wait).toBeLessThanOrEqual(full[index] ?? 0);
    expect(wait).toBeGreaterThanOrEqual((full[index] ?? 0) / 2);
  }
});

test("the same seed waits the same, another seed does not", async () => {
  const waits = async (seed: number): Promise<readonly number[]> => {
    const clock = noting();
    const inner = scripted(() => {
      throw failing("model-timeout", { retryable: true });
    });
    await codeOf(withRetry(inner, { retries: 4, clock, random: makeRandom(seed) }).complete(ask()));
    return clock.slept;
  };
  expect(await waits(1)).toEqual(await waits(1));
  expect(await waits(1)).not.toEqual(await waits(2));
});

test("the server's own wish is honoured", async () => {
  const clock = noting();
  const inner = scripted((_request, _options, call) => {
    if (call === 1) throw failing("model-rate-limited", { retryable: true, retryAfter: 45_000 });
    return reply;
  });
  await withRetry(inner, { retries: 4, clock, random: makeRandom(1) }).complete(ask());
  expect(clock.slept).toEqual([45_000]);
});

test("a server that asks for an hour is not waited for", async () => {
  const clock = noting();
  const inner = scripted(() => {
    throw failing("model-rate-limited", { retryable: true, retryAfter: 3_600_000 });
  });
  expect(await codeOf(withRetry(inner, { retries: 4, clock, random: makeRandom(1) }).complete(ask()))).toBe(
    "model-rate-limited",
  );
  expect(clock.slept).toEqual([]);
});

test("what cannot pass is tried once", async () => {
  const clock = noting();
  const inner = scripted(() => {
    throw failing("model-unauthorized", { retryable: false });
  });
  expect(await codeOf(withRetry(inner, { retries: 4, clock, random: makeRandom(1) }).complete(ask()))).toBe(
    "model-unauthorized",
  );
  expect(inner.calls.length).toBe(1);
});

test("a defect is never tried again", async () => {
  const inner = scripted(() => {
    throw new TypeError("a defect");
  });
  const provider = withRetry(inner, { retries: 4, clock: noting(), random: makeRandom(1) });
  await expect(provider.complete(ask())).rejects.toThrow("a defect");
  expect(inner.calls.length).toBe(1);
});

test("cancelling ends the wait", async () => {
  const controller = new AbortController();
  const inner = scripted(() => {
    setImmediate(() => controller.abort());
    throw failing("model-rate-limited", { retryable: true, retryAfter: 100_000 });
  });
  const provider = withRetry(inner, { retries: 4, clock: systemClock, random: makeRandom(1) });
  expect(await codeOf(provider.complete(ask(), { signal: controller.signal }))).toBe("model-cancelled");
  expect(inner.calls.length).toBe(1);
});
