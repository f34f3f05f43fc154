import { canonicalJson, parseJson } from "../base/index.ts";
import { withoutSync, type Database } from "./database.ts";
import { runMissing } from "./run-missing.ts";
import type { Store } from "./store.ts";

interface CommandRow {
  readonly position: number;
  readonly at: number;
  readonly command: string;
}

interface ChildRow {
  readonly iteration: number;
  readonly at: number;
  readonly child: string;
}

/** What people want of a run: a list that only grows. */
export function makeSteering(database: Database): Store["steering"] {
  const runKnown = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const next = database
    .prepare<[string], number>("SELECT coalesce(max(position) + 1, 0) FROM steering WHERE run = ?")
    .pluck();
  const insert = database.prepare("INSERT INTO steering VALUES (?, ?, ?, ?)");
  const select = database.prepare<[string, number], CommandRow>(
    "SELECT position, at, command FROM steering WHERE run = ? AND position >= ? ORDER BY position",
  );
  const append = database.transaction((run: string, command: string, at: number): number => {
    if (runKnown.get(run) === undefined) throw runMissing(run);
    const position = next.get(run) ?? 0;
    insert.run(run, position, at, command);
    return position;
  });
  return {
    append: (run, command, at) => append.immediate(run, canonicalJson(command), at),
    list: (run, from = 0) =>
      select.all(run, from).map(({ command, ...row }) => ({ ...row, command: parseJson(command) })),
  };
}

/** Which children are being measured: for people who look on. The journal holds whole iterations only, and so loses nothing with them. */
export function makeUnderWay(database: Database): Store["underWay"] {
  const runKnown = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const insert = database.prepare("INSERT OR REPLACE INTO under_way VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM under_way WHERE run = ? AND iteration <= ?");
  const select = database.prepare<[string], ChildRow>(
    "SELECT iteration, at, child FROM under_way WHERE run = ? ORDER BY iteration",
  );
  return {
    put: (run, iteration, child, at) => {
      if (runKnown.get(run) === undefined) throw runMissing(run);
      withoutSync(database, () => insert.run(run, iteration, at, canonicalJson(child)));
    },
    removeUpTo: (run, iteration) => {
      remove.run(run, iteration);
    },
    list: (run) => select.all(run).map(({ child, ...row }) => ({ ...row, child: parseJson(child) })),
  };
}
