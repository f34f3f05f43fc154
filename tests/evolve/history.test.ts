import { beforeAll, describe, expect, test } from "vitest";
import { historyOf, type RunHistory } from "../../src/evolve/index.ts";
import { openStore } from "../../src/store/index.ts";
import { runScripted } from "./scripted.ts";

describe("the history of a run", () => {
  const store = openStore(":memory:");
  let history: RunHistory;
  let result: Awaited<ReturnType<typeof runScripted>>["result"];

  beforeAll(async () => {
    ({ result } = await runScripted({ store, options: { race: 5, confirm: 0, budget: { rollouts: 1500 } } }));
    history = historyOf(store.events.list(result.run));
  });

  test("has every candidate once, in the order of the pool, with what it was ahead by", () => {
    const joined = history.attempts.flatMap(({ fate }) => (fate.kind === "accepted" ? [fate] : []));
    expect(joined.map(({ candidate }) => candidate)).toEqual(result.candidates.slice(1).map(({ index }) => index));
    for (const { before, after, tasks } of joined) {
      expect(tasks).toBeGreaterThan(0);
      expect(after).toBeGreaterThan(before);
    }
    const measured = history.joined.map(({ candidate }) => candidate);
    expect(new Set(measured).size).toBe(measured.length);
    for (const index of measured) expect(result.candidates[index]?.validation.n).toBeGreaterThan(0);
    const checked = history.checks.map(({ head }) => head);
    expect(checked.length).toBeGreaterThan(0);
    expect(measured).toEqual(expect.arrayContaining(checked));
  });

  test("has the reason of everything that was thrown away", () => {
    const kinds = new Set(history.attempts.map(({ fate }) => fate.kind));
    expect([...kinds].toSorted()).toEqual(["accepted", "refused", "rejected", "seed"]);
    for (const { fate, genome, hypothesis } of history.attempts) {
      if (fate.kind === "rejected") expect(fate.after).toBeLessThanOrEqual(fate.before);
      if (fate.kind === "refused") expect(fate.reason).not.toBe("");
      if (fate.kind === "rejected") expect([genome, hypothesis]).not.toContain(undefined);
    }
  });

  test("follows the incumbent to the one that is proven best", () => {
    const committed = history.attempts.filter(({ races }) => races.some((race) => race.committed));
    expect(committed.length).toBeGreaterThan(0);
    const last = committed.at(-1)?.fate;
    expect(history.incumbents.at(-1)?.candidate).toBe(last?.kind === "accepted" ? last.candidate : undefined);
    expect(history.incumbents.map(({ rollouts }) => rollouts)).toEqual(
      history.incumbents.map(({ rollouts }) => rollouts).toSorted((a, b) => a - b),
    );
  });

  test("accounts for all rollouts: by genome, and by operator within them", () => {
    const spent = [...history.measured.values()].reduce((sum, one) => sum + one.spent.rollouts, 0);
    expect(spent).toBe(result.rollouts);
    const byOperator = history.operators.reduce((sum, { rollouts }) => sum + rollouts, 0);
    expect(byOperator).toBeGreaterThan(0);
    expect(byOperator).toBeLessThan(result.rollouts);
    const accepted = history.operators.reduce((sum, one) => sum + one.accepted, 0);
    expect(accepted).toBe(result.candidates.length - 1);
  });

  test("of a journal that was cut anywhere is still a history, and what it does not know it passes over", () => {
    const records = store.events.list(result.run);
    for (let length = 0; length <= records.length; length += 7) {
      const cut = historyOf(records.slice(0, length));
      expect(cut.joined.length).toBeLessThanOrEqual(result.candidates.length);
    }
    const strange = { index: 0, at: 0, event: { type: "from-the-future", anything: [1] } };
    expect(historyOf([strange, ...records]).joined).toEqual(history.joined);
  });
});
