import { spawnSync } from "node:child_process";
import { chmodSync, closeSync, cpSync, existsSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { manualClock } from "../../src/base/index.ts";
import { openStore } from "../../src/store/index.ts";
import { openDatabase, type Database } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrations.ts";
import { storeOn } from "../../src/store/open-store.ts";
import { genomeId, rolloutRecord } from "./rollout-record.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function opened(file: string): Database {
  const database = openDatabase(file);
  onTestFinished(() => {
    database.close();
  });
  return database;
}

/** Runs a program as someone who may not write the folder: root may write anything, so root becomes nobody. */
function asReader(...args: string[]): string {
  const reader = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", ...reader });
  return stdout + stderr;
}

const openAndTell = fileURLToPath(new URL("open-and-tell.ts", import.meta.url));
const pragma = (database: Database, name: string): unknown => database.pragma(name, { simple: true });

describe("the file of a store", () => {
  test("is brought from an empty file to the present form, each step recorded", () => {
    const file = join(temporaryFolder(), "allele.db");
    writeFileSync(file, "");
    openStore(file, { clock: manualClock(42) }).close();
    const database = opened(file);
    expect(pragma(database, "user_version")).toBe(6);
    expect(database.prepare("SELECT * FROM migrations").all()).toEqual(
      [1, 2, 3, 4, 5, 6].map((version) => ({ version, at: 42 })),
    );
  });

  test("is brought from an older form step by step, keeping what is in it", () => {
    const file = join(temporaryFolder(), "allele.db");
    const database = opened(file);
    const steps = [
      "CREATE TABLE migrations (version INTEGER PRIMARY KEY, at INTEGER); CREATE TABLE a (x); INSERT INTO a VALUES (1)",
      "ALTER TABLE a ADD COLUMN y DEFAULT 2",
      "UPDATE a SET y = y + 1",
    ];
    migrate(database, file, manualClock(1), steps.slice(0, 1));
    migrate(database, file, manualClock(2), steps);
    migrate(database, file, manualClock(3), steps);
    expect(database.prepare("SELECT * FROM a").all()).toEqual([{ x: 1, y: 3 }]);
    expect(database.prepare("SELECT version, at FROM migrations").raw().all()).toEqual([
      [1, 1],
      [2, 2],
      [3, 2],
    ]);
  });

  test("of before the time of replies was kept has its replies, and no time of them", () => {
    const file = join(temporaryFolder(), "allele.db");
    const before = openStore(file);
    before.runs.create({ id: "desk-1", options: null, createdAt: 1 });
    before.replies.put("desk-1", "s256:01", { reply: "old", milliseconds: 5 }, 1);
    before.close();
    opened(file).exec(
      "ALTER TABLE replies DROP COLUMN milliseconds; DELETE FROM migrations WHERE version = 6; PRAGMA user_version = 5",
    );
    const store = openStore(file);
    onTestFinished(() => store.close());
    store.replies.put("desk-1", "s256:02", { reply: "new", milliseconds: 40 }, 2);
    expect(store.replies.get("desk-1", "s256:01")).toBe("old");
    expect(store.replies.waited("desk-1")).toEqual({ count: 1, milliseconds: 40 });
  });

  test("stays in the form before a step that fails", () => {
    const file = join(temporaryFolder(), "allele.db");
    const database = opened(file);
    const good = "CREATE TABLE migrations (version INTEGER PRIMARY KEY, at INTEGER)";
    expect(() => migrate(database, file, manualClock(), [good, "CREATE TABLE b (x); CREATE TABLE b (x)"])).toThrow();
    expect(pragma(database, "user_version")).toBe(1);
    expect(database.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["migrations"]);
  });

  test("is refused when a newer version wrote it, and left as it was", () => {
    const file = join(temporaryFolder(), "allele.db");
    openStore(file).close();
    const database = opened(file);
    database.pragma("user_version = 99");
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: "store-newer" }));
    expect(pragma(database, "user_version")).toBe(99);
  });

  test("is refused when another program wrote it", () => {
    const file = join(temporaryFolder(), "other.db");
    opened(file).exec("CREATE TABLE recipes (name)");
    expect(() => openStore(file)).toThrow(expect.objectContaining({ code: "store-foreign" }));
  });

  test("is refused when it is not a database, or a damaged one", () => {
    const folder = temporaryFolder();
    const text = join(folder, "text.db");
    writeFileSync(text, "this is no database, whatever its name says".repeat(100));
    expect(() => openStore(text)).toThrow(expect.objectContaining({ code: "store-corrupt", kind: "outside" }));

    const damaged = join(folder, "damaged.db");
    openStore(damaged).close();
    const descriptor = openSync(damaged, "r+");
    writeSync(descriptor, Buffer.alloc(3000, 0xee), 0, 3000, 100);
    closeSync(descriptor);
    expect(() => openStore(damaged)).toThrow(expect.objectContaining({ code: "store-corrupt" }));
  });

  test("says so at once when it or its folder is read-only", () => {
    const folder = temporaryFolder();
    const file = join(folder, "allele.db");
    openStore(file).close();
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    expect(asReader(openAndTell, file)).toContain("store-readonly");
    expect(asReader(openAndTell, join(folder, "new.db"))).toContain("store-readonly");
    expect(asReader(openAndTell, join(folder, "deeper", "new.db"))).toContain("store-readonly");
    expect(existsSync(join(folder, "new.db"))).toBe(false);
    chmodSync(folder, 0o755);
  });

  test("says so when it cannot grow, and keeps what was stored", () => {
    const file = join(temporaryFolder(), "allele.db");
    const database = opened(file);
    migrate(database, file, manualClock());
    const store = storeOn(database, file);
    database.pragma(`max_page_count = ${Number(pragma(database, "page_count")) + 3}`);
    let stored = 0;
    expect(() => {
      for (; stored < 10_000; stored++) store.rollouts.put(rolloutRecord(stored), 1);
    }).toThrow(expect.objectContaining({ code: "store-full", kind: "outside" }));
    expect(stored).toBeGreaterThan(5);
    expect(store.rollouts.listByGenome(genomeId)).toHaveLength(stored);
    expect(store.rollouts.trace(rolloutRecord(stored - 1).key)).toBeDefined();
  });

  test("answers from its indexes, never by passing over all rollouts", () => {
    const database = opened(join(temporaryFolder(), "allele.db"));
    migrate(database, "allele.db", manualClock());
    const plan = (sql: string): string =>
      database
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => detail)
        .join();
    expect(plan("SELECT rollout FROM rollouts WHERE key = 'k'")).toContain("SEARCH rollouts USING INDEX");
    expect(plan("SELECT rollout FROM rollouts WHERE genome = 'g' ORDER BY id")).not.toMatch(/SCAN|TEMP/);
    expect(
      plan("SELECT trace FROM traces JOIN rollouts ON rollouts.id = traces.rollout WHERE key = 'k'"),
    ).not.toContain("SCAN");
    expect(plan("SELECT rollout FROM rollouts WHERE task = 't' AND genome = 'g' ORDER BY id")).not.toContain("SCAN");
    expect(plan("SELECT count(*) FROM test_openings WHERE dataset = 'd'")).not.toContain("SCAN");
    expect(plan("SELECT id FROM runs ORDER BY created_at DESC, rowid DESC LIMIT 20")).not.toContain("TEMP");
    expect(plan("SELECT * FROM events WHERE run = 'r' ORDER BY position")).not.toMatch(/SCAN|TEMP/);
  });

  test("can be copied while it is open: what was committed is in the file and its log", () => {
    const folder = temporaryFolder();
    const file = join(folder, "allele.db");
    const store = openStore(file);
    onTestFinished(() => store.close());
    for (let i = 0; i < 20; i++) store.rollouts.put(rolloutRecord(i), 1);
    expect(readFileSync(`${file}-wal`).length).toBeGreaterThan(0);
    for (const end of ["", "-wal"]) cpSync(file + end, join(folder, `copy.db${end}`));
    const copy = openStore(join(folder, "copy.db"));
    onTestFinished(() => copy.close());
    expect(copy.rollouts.listByGenome(genomeId)).toHaveLength(20);
  });
});
