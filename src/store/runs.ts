import { dirname, join } from "node:path";
import { AlleleError, canonicalJson, parseJson } from "../base/index.ts";
import { tryLockFile, type Database } from "./database.ts";
import { runMissing } from "./run-missing.ts";
import { makeRunSummaries } from "./run-summaries.ts";
import type { RunRecord, RunStatus, Store } from "./store.ts";

interface Row {
  readonly id: string;
  readonly status: RunStatus;
  readonly options: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/** `file` is the store's, or ":memory:": then locks hold within this process, which is all who can see it. */
export function makeRuns(database: Database, file: string): Store["runs"] {
  const exists = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const insert = database.prepare("INSERT INTO runs VALUES (?, 'running', ?, ?, ?)");
  const select = database.prepare<[string], Row>("SELECT * FROM runs WHERE id = ?");
  const selectAll = database.prepare<[], Row>("SELECT * FROM runs ORDER BY created_at DESC, rowid DESC");
  const selectNames = database.prepare<[], string>("SELECT id FROM runs ORDER BY created_at DESC, rowid DESC").pluck();
  const selectRunning = database.prepare<[], string>("SELECT id FROM runs WHERE status = 'running'").pluck();
  const outdate = database.prepare("INSERT INTO unsummarized_runs VALUES (?)");
  const update = database.prepare("UPDATE runs SET status = ?, updated_at = ? WHERE id = ?");
  const setHolder = database.prepare("INSERT OR REPLACE INTO holders VALUES (?, ?)");
  const getHolder = database.prepare<[string], number>("SELECT process FROM holders WHERE run = ?").pluck();
  const heldHere = new Set<string>();

  const create = database.transaction((run: Omit<RunRecord, "status" | "updatedAt">): void => {
    checkName(run.id);
    if (exists.get(run.id) !== undefined) throw runExists(run.id);
    insert.run(run.id, canonicalJson(run.options), run.createdAt, run.createdAt);
    outdate.run(run.id);
  });

  const lock = (id: string): (() => void) => {
    checkName(id);
    if (heldHere.has(id)) throw runLocked(id, process.pid);
    const unlock = file === ":memory:" ? () => {} : tryLockFile(join(dirname(file), id, "lock"));
    if (unlock === undefined) throw runLocked(id, getHolder.get(id));
    heldHere.add(id);
    setHolder.run(id, process.pid);
    return () => {
      if (heldHere.delete(id)) unlock();
    };
  };

  return {
    create: (run) => create.immediate(run),
    get: (id) => {
      const row = select.get(id);
      return row === undefined ? undefined : recordOf(row);
    },
    list: () => selectAll.all().map(recordOf),
    running: () => selectRunning.all(),
    names: () => selectNames.all(),
    ...makeRunSummaries(database),
    setStatus: (id, status, at) => {
      if (update.run(status, at, id).changes === 0) throw runMissing(id);
    },
    lock,
  };
}

function recordOf(row: Row): RunRecord {
  return {
    id: row.id,
    status: row.status,
    options: parseJson(row.options),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A run's name is also the name of its folder. */
function checkName(id: string): void {
  if (/^[a-z0-9][a-z0-9._-]{0,99}$/i.test(id)) return;
  throw new AlleleError({
    code: "run-name",
    message: `"${id}" cannot name a run`,
    hint: "Use letters, digits, dots and dashes, at most 100, beginning with a letter or digit.",
  });
}

function runExists(id: string): AlleleError {
  return new AlleleError({
    code: "run-exists",
    message: `there is already a run "${id}"`,
    hint: `Choose another name, or go on with it: allele resume ${id}`,
  });
}

function runLocked(id: string, holder: number | undefined): AlleleError {
  return new AlleleError({
    code: "run-locked",
    message: `the run "${id}" is being worked on by ${holder === undefined ? "another process" : `process ${holder}`}`,
    hint: `Wait for it, or stop it: allele stop ${id}`,
  });
}
