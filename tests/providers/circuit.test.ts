import { expect, test } from "vitest";
import { manualClock } from "../../src/base/index.ts";
import { withCircuit } from "../../src/providers/circuit.ts";
import type { ProviderErrorCode } from "../../src/providers/provider-error.ts";
import { ask, codeOf, failing, reply, scripted } from "./scripted.ts";

/** A provider behind a circuit that fails with `state.code`, or answers without one. */
function behindCircuit() {
  const clock = manualClock(1000);
  const state: { code: ProviderErrorCode | undefined } = { code: "model-unreachable" };
  const inner = scripted(() => {
    if (state.code !== undefined) throw failing(state.code, { retryable: true });
    return reply;
  });
  const provider = withCircuit(inner, { failures: 3, pause: 1000, clock });
  const call = (): Promise<string> => codeOf(provider.complete(ask()));
  return { clock, state, inner, call, provider };
}

test("after three unreachable calls in a row the next fail at once, with the same message and no wish to be tried again", async () => {
  const { inner, call, provider } = behindCircuit();
  for (let index = 0; index < 50; index++) expect(await call()).toBe("model-unreachable");
  expect(inner.calls.length).toBe(3);
  await expect(provider.complete(ask())).rejects.toMatchObject({
    message: "scripted model-unreachable",
    hint: "None.",
    retryable: false,
  });
});

test("after the pause a single call looks, and the endpoint stays closed when it fails", async () => {
  const { clock, inner, call } = behindCircuit();
  for (let index = 0; index < 3; index++) await call();
  clock.advance(1000);
  expect(await Promise.all([call(), call(), call()])).toEqual(Array(3).fill("model-unreachable"));
  expect(inner.calls.length).toBe(4);
  await call();
  expect(inner.calls.length).toBe(4);
});

test("after the pause all calls go through again once one was answered", async () => {
  const { clock, state, inner, call } = behindCircuit();
  for (let index = 0; index < 3; index++) await call();
  clock.advance(1000);
  state.code = undefined;
  expect(await call()).toBe("answered");
  expect(await Promise.all([call(), call(), call()])).toEqual(Array(3).fill("answered"));
  expect(inner.calls.length).toBe(7);
});

test("an answer in between, even a refusal, begins the count anew", async () => {
  const { state, inner, call } = behindCircuit();
  const codes = ["model-unreachable", "model-unreachable", "model-rate-limited"] as const;
  for (const code of [...codes, ...codes, ...codes]) {
    state.code = code;
    await call();
  }
  expect(inner.calls.length).toBe(9);
});

test("a cancelled call says nothing about the endpoint", async () => {
  const { state, inner, call } = behindCircuit();
  for (const code of ["model-unreachable", "model-unreachable", "model-cancelled", "model-unreachable"] as const) {
    state.code = code;
    await call();
  }
  await call();
  expect(inner.calls.length).toBe(4);
});
