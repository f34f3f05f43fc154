import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { searchWithAllele } from "../benchmarks/peers/allele.ts";
import { arenas, describeComponents } from "../benchmarks/peers/arena.ts";
import type { CountedModel } from "../benchmarks/peers/model-server.ts";
import { readDriverResult, searchWithPeer, type Driver } from "../benchmarks/peers/peer.ts";

const arena = arenas.find(({ name }) => name === "triage");
if (arena === undefined) throw new Error("no triage");
/** With latency the task model stands behind HTTP too, so that its calls are counted. */
const latency = { task: 1, reflection: 1 };
const request = { genome: arena.textOnly, dataset: "triage", budget: 25, seed: 0, concurrency: 4, latency };
const argv = [join(import.meta.dirname, "stub-driver.ts")];
const stub: Driver = { command: process.execPath, argv, options: {}, seconds: 60 };

describe("a peer's search", () => {
  test("is counted at the server, whatever the peer says, and what began within the budget is finished", async () => {
    let asked: CountedModel | undefined;
    const found = await searchWithPeer({ ...request, onModel: (model) => (asked = model) }, stub);
    expect(found.rollouts).toBe(30);
    expect(found.ended).toBe("the server's count reached the budget");
    expect(found.calls).toMatchObject({ task: 10, reflection: 3, failed: 0 });
    expect(asked?.reflections).toHaveLength(3);
    expect(found.picks).toHaveLength(1);
    expect(found.picks[0]).toMatchObject({
      rollouts: 10,
      candidate: { system: "You read support messages.", rules: "" },
    });
  });

  test("that breaks off is a failure with its last words", async () => {
    await expect(searchWithPeer({ ...request, seed: 13 }, stub)).rejects.toThrow(/thirteen brings bad luck/);
  });

  test("whose driver is not there is a failure", async () => {
    const absent = { ...stub, command: join(import.meta.dirname, "no-such-program") };
    await expect(searchWithPeer(request, absent)).rejects.toThrow(/ENOENT/);
  });

  test("that hands over something else than a result is refused", () => {
    const pick = { seconds: 1, rollouts: 3, validation: 0.5, candidate: { system: "x" } };
    const good = { picks: [pick], ownCount: null, ended: "by itself", seconds: 2 };
    expect(readDriverResult(JSON.stringify(good), "out")).toEqual(good);
    for (const bad of [
      { ...good, picks: [] },
      { ...good, picks: [{ ...pick, validation: 7 }] },
      { ...good, picks: [{ ...pick, candidate: { system: 1 } }] },
    ])
      expect(() => readDriverResult(JSON.stringify(bad), "out")).toThrow();
  });
});

test("Allele's search stays within the budget, the sealed test apart, and counts calls up to it", async () => {
  const found = await searchWithAllele({ ...request, budget: 300, testTasks: 100 });
  expect(found.rollouts).toBeLessThanOrEqual(300);
  expect(found.rollouts).toBeGreaterThan(200);
  expect(found.calls.task).toBeLessThanOrEqual(found.rollouts);
  expect(found.calls.task).toBeGreaterThan(0.9 * found.rollouts);
  expect(found.calls.reflection).toBeGreaterThan(0);
  expect(found.picks[0]?.candidate).toEqual({});
  expect(Object.keys(arena.textOnly.genes)).toEqual(
    expect.arrayContaining(Object.keys(found.picks.at(-1)?.candidate ?? {})),
  );
});

test("every peer is told what each component is, and of frozen ones nothing", () => {
  for (const { textOnly, everything } of arenas) {
    const told = describeComponents(textOnly);
    expect(told).toEqual(describeComponents(everything));
    for (const [id, text] of Object.entries(told)) {
      expect(text.startsWith(`${id} (${everything.genes[id]?.type}):`)).toBe(true);
      expect(everything.genes[id]?.evolvable).not.toBe(false);
    }
  }
});
