import fc from "fast-check";
import { expect, test } from "vitest";
import { manualClock, systemClock, type Clock } from "../../src/base/index.ts";
import { withLimits } from "../../src/providers/limits.ts";
import { estimateInputTokens } from "../../src/providers/tokens.ts";
import { ask, codeOf, failing, reply, scripted } from "./scripted.ts";

/** A clock whose time moves only after everything that is ready has run. */
function unhurriedClock(): Clock {
  const clock = manualClock();
  return {
    ...clock,
    sleep: async (milliseconds, signal) => {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.sleep(milliseconds, signal);
    },
  };
}

test("no sixty seconds see more requests than allowed, and all are answered in the order asked", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 40 }), async (allowed, asked) => {
      const clock = unhurriedClock();
      const at: number[] = [];
      const inner = scripted(() => {
        at.push(clock.now());
        return reply;
      });
      const provider = withLimits(inner, { requestsPerMinute: allowed, clock });
      const texts = Array.from({ length: asked }, (_, index) => `question ${index}`);
      await Promise.all(texts.map((text) => provider.complete(ask(text))));
      expect(inner.calls.map(({ messages }) => messages[0]?.content)).toEqual(texts);
      for (const start of at) {
        expect(at.filter((time) => time >= start && time < start + 60_000).length).toBeLessThanOrEqual(allowed);
      }
      expect(clock.now()).toBe((Math.ceil(asked / allowed) - 1) * 60_000);
    }),
  );
});

test("tokens really used count, not the estimate", async () => {
  const clock = manualClock();
  const inner = scripted(() => ({ ...reply, usage: { inputTokens: 600, outputTokens: 300 } }));
  const provider = withLimits(inner, { tokensPerMinute: 1000, clock });
  expect(estimateInputTokens(ask())).toBeLessThan(100);
  await provider.complete(ask());
  expect(clock.now()).toBe(0);
  await provider.complete(ask());
  expect(clock.now()).toBe(0);
  await provider.complete(ask());
  expect(clock.now()).toBe(60_000);
});

test("a request that alone is over the token limit waits for an empty minute instead of for ever", async () => {
  const clock = manualClock();
  const provider = withLimits(
    scripted(() => reply),
    { tokensPerMinute: 100, clock },
  );
  const long = ask("x".repeat(4000));
  await provider.complete(ask());
  await provider.complete(long);
  expect(clock.now()).toBe(60_000);
});

test("never more calls than allowed are under way, first come first served, and a failed one frees its place", async () => {
  let underWay = 0;
  let most = 0;
  const inner = scripted(async (_request, _options, call) => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((resolve) => setTimeout(resolve, call % 3));
    underWay -= 1;
    if (call % 4 === 0) throw failing("model-server-error", { retryable: true });
    return reply;
  });
  const provider = withLimits(inner, { concurrency: 3, clock: systemClock });
  const texts = Array.from({ length: 40 }, (_, index) => `question ${index}`);
  const codes = await Promise.all(texts.map((text) => codeOf(provider.complete(ask(text)))));
  expect(codes.filter((code) => code === "answered").length).toBe(30);
  expect(most).toBe(3);
  expect(inner.calls.map(({ messages }) => messages[0]?.content)).toEqual(texts);
});

test("a cancelled call leaves the queue at once, and those behind it move up", async () => {
  const gate = Promise.withResolvers<void>();
  const inner = scripted(async () => {
    await gate.promise;
    return reply;
  });
  const provider = withLimits(inner, { concurrency: 1, clock: systemClock });
  const head = new AbortController();
  const middle = new AbortController();
  const first = codeOf(provider.complete(ask("first")));
  const second = codeOf(provider.complete(ask("second"), { signal: head.signal }));
  const third = codeOf(provider.complete(ask("third"), { signal: middle.signal }));
  const fourth = codeOf(provider.complete(ask("fourth")));
  await new Promise((resolve) => setImmediate(resolve));
  middle.abort();
  expect(await third).toBe("model-cancelled");
  head.abort();
  expect(await second).toBe("model-cancelled");
  gate.resolve();
  expect(await Promise.all([first, fourth])).toEqual(["answered", "answered"]);
  expect(inner.calls.map(({ messages }) => messages[0]?.content)).toEqual(["first", "fourth"]);
});

test("cancelling ends the wait for the next minute", async () => {
  const provider = withLimits(
    scripted(() => reply),
    { requestsPerMinute: 1, clock: systemClock },
  );
  await provider.complete(ask());
  const controller = new AbortController();
  const waiting = codeOf(provider.complete(ask(), { signal: controller.signal }));
  setImmediate(() => controller.abort());
  expect(await waiting).toBe("model-cancelled");
});

test("cancelling at any moment loses no place", async () => {
  const inner = scripted(async (_request, options) => {
    await new Promise((resolve) => setImmediate(resolve));
    if (options?.signal?.aborted === true) throw failing("model-cancelled", { retryable: false });
    return reply;
  });
  const provider = withLimits(inner, { concurrency: 2, clock: systemClock });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 12 }), async (moments) => {
      const calls = moments.map(async (moment) => {
        const controller = new AbortController();
        const call = codeOf(provider.complete(ask(), { signal: controller.signal }));
        for (let step = 0; step < moment; step++) await Promise.resolve();
        if (moment < 25) controller.abort();
        return call;
      });
      const codes = await Promise.all(calls);
      expect(codes.every((code, index) => code === "model-cancelled" || (moments[index] ?? 0) >= 25)).toBe(true);
      expect(await codeOf(provider.complete(ask()))).toBe("answered");
    }),
  );
});
