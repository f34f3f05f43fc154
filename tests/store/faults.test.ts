import { join } from "node:path";
import { expect, test } from "vitest";
import { contentHash, manualClock } from "../../src/base/index.ts";
import type { Store } from "../../src/store/index.ts";
import { openDatabase } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { storeOn } from "../../src/store/open-store.ts";
import { genome, genomeId, rolloutRecord } from "./rollout-record.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const tables = [
  "runs",
  "events",
  "genomes",
  "rollouts",
  "traces",
  "replies",
  "promotions",
  "test_openings",
  "ratings",
  "run_summaries",
];

/** One of everything, each call a transaction of its own. */
const session: readonly ((store: Store) => void)[] = [
  (store) => store.runs.create({ id: "desk-1", options: null, createdAt: 1 }),
  (store) => store.genomes.put(genomeId, genome, 1),
  (store) =>
    store.events.append(
      "desk-1",
      [0, 1, 2].map((index) => ({ index, at: 1, event: "x" })),
    ),
  (store) => store.rollouts.put(rolloutRecord(0), 1),
  (store) =>
    store.transaction(() => {
      for (const number of [1, 2, 3]) store.rollouts.put(rolloutRecord(number), 1);
      store.events.append("desk-1", [{ index: 3, at: 1, event: "y" }]);
    }),
  (store) => store.replies.put("desk-1", contentHash("request"), { reply: "reply", milliseconds: 1 }, 1),
  (store) => store.testOpenings.append({ dataset: "desk", genomes: [genomeId], purpose: "promotion", at: 1 }),
  (store) => store.runs.setStatus("desk-1", "finished", 2),
  (store) =>
    store.ratings.append({
      rollout: rolloutRecord(0).key,
      dataset: "desk",
      author: "ada",
      score: 1,
      answer: undefined,
      comment: "",
      at: 3,
    }),
  (store) =>
    store.runs.summarize("desk-1", {
      dataset: "desk",
      genome: "desk",
      seed: genomeId,
      winner: undefined,
      verdict: undefined,
      difference: undefined,
      rollouts: 4,
      usd: 0,
      summary: null,
    }),
];

/** Runs the session with the `failing`-th write refused by SQLite; counts the calls that were done. */
function runSession(failing: number): { writes: number; done: number; counts: readonly number[] } {
  const file = join(temporaryFolder(), "allele.db");
  const database = openDatabase(file);
  migrate(database, file, manualClock());
  let writes = 0;
  database.function("count_write", () => {
    writes += 1;
    if (writes === failing) throw new Error("fault");
    return null;
  });
  for (const table of tables) {
    for (const change of ["INSERT", "UPDATE"]) {
      database.exec(
        `CREATE TEMP TRIGGER ${change}_${table} BEFORE ${change} ON main.${table} BEGIN SELECT count_write(); END`,
      );
    }
  }
  const store = storeOn(database, file);
  let done = 0;
  try {
    for (; done < session.length; done++) session[done]?.(store);
  } catch (error) {
    expect(String(error)).toContain("fault");
  }
  database.close();

  const after = openDatabase(file);
  expect(after.pragma("integrity_check", { simple: true })).toBe("ok");
  expect(after.pragma("foreign_key_check")).toEqual([]);
  const counts = tables.map((table) => Number(after.prepare(`SELECT count(*) FROM ${table}`).pluck().get()));
  after.close();
  return { writes, done, counts };
}

/** Rows of each table after so many calls of the session. */
const countsAfter: readonly (readonly number[])[] = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  [1, 0, 1, 0, 0, 0, 0, 0, 0, 0],
  [1, 3, 1, 0, 0, 0, 0, 0, 0, 0],
  [1, 3, 1, 1, 1, 0, 0, 0, 0, 0],
  [1, 4, 1, 4, 4, 0, 0, 0, 0, 0],
  [1, 4, 1, 4, 4, 1, 0, 0, 0, 0],
  [1, 4, 1, 4, 4, 1, 0, 1, 0, 0],
  [1, 4, 1, 4, 4, 1, 0, 1, 0, 0],
  [1, 4, 1, 4, 4, 1, 0, 1, 1, 0],
  [1, 4, 1, 4, 4, 1, 0, 1, 1, 1],
];

test("whichever write fails, every call before it is kept whole and the one it belongs to leaves nothing", () => {
  const whole = runSession(Number.POSITIVE_INFINITY);
  expect(whole).toMatchObject({ done: session.length, counts: countsAfter.at(-1) });
  expect(whole.writes).toBeGreaterThan(15);
  for (let failing = 1; failing <= whole.writes; failing++) {
    const { done, counts } = runSession(failing);
    expect(done).toBeLessThan(session.length);
    expect(counts, `write ${failing}`).toEqual(countsAfter[done]);
  }
});
