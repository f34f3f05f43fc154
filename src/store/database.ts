import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import SQLite from "better-sqlite3";
import { AlleleError, messageOf } from "../base/index.ts";

export type Database = SQLite.Database;

/** How long a statement waits for another process's write, in milliseconds. Writes here take a few. */
const busyTimeout = 10_000;

/**
 * Opens the database file, making it and its folder when missing.
 *
 * WAL lets readers and one writer work side by side. `synchronous = FULL` syncs the log at every commit: with NORMAL a killed
 * process loses nothing either, but a power cut would lose the last commits, and what they hold was paid for. A sync costs
 * about half a millisecond, next to a model call of seconds; many small writes are grouped by `Store.transaction`.
 */
export function openDatabase(file: string): Database {
  return withClearErrors(file, () => {
    if (file !== ":memory:") makeFolder(dirname(file), file);
    const database = new SQLite(file, { timeout: busyTimeout });
    try {
      database.pragma("journal_mode = WAL");
      database.pragma("synchronous = FULL");
      database.pragma("foreign_keys = ON");
      return database;
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

/**
 * A fresh database in memory, empty or a copy of a serialized one: the world of one rollout. Made and thrown away thousands of
 * times, so without any setting.
 */
export function openMemoryDatabase(serialized?: Uint8Array): Database {
  return new SQLite(serialized === undefined ? ":memory:" : Buffer.from(serialized));
}

/**
 * Takes the operating system's lock on a small file, so that it is freed however this process ends. Returns the release, or
 * undefined when another process (or another store of this one) holds it. The file stays: deleting it would let two processes
 * hold locks on two files of one name.
 */
export function tryLockFile(file: string): (() => void) | undefined {
  return withClearErrors(file, () => {
    makeFolder(dirname(file), file);
    const database = new SQLite(file, { timeout: 0 });
    try {
      database.exec("BEGIN EXCLUSIVE");
      return () => {
        database.close();
      };
    } catch (error) {
      database.close();
      if (codeOf(error).startsWith("SQLITE_BUSY")) return undefined;
      throw error;
    }
  });
}

/**
 * Runs a write whose loss in a power cut would do no harm, and does not wait until it is on the disk; the next write that is waited for takes it
 * along. Not to be called within a transaction.
 */
export function withoutSync(database: Database, write: () => void): void {
  database.exec("PRAGMA synchronous = NORMAL");
  try {
    write();
  } finally {
    database.exec("PRAGMA synchronous = FULL");
  }
}

/** Runs work on the database and turns SQLite's complaints into errors a user can act on. */
export function withClearErrors<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw clearError(error, file);
  }
}

const complaints: readonly { prefix: string; code: string; says: string; hint: string }[] = [
  {
    prefix: "SQLITE_FULL",
    code: "store-full",
    says: "the disk is full",
    hint: "Free some space and go on: everything stored so far is kept.",
  },
  {
    prefix: "SQLITE_READONLY",
    code: "store-readonly",
    says: "the file or its folder is read-only",
    hint: "Make the file and its folder writable, or choose another path.",
  },
  {
    prefix: "SQLITE_CANTOPEN",
    code: "store-readonly",
    says: "the file cannot be opened or made",
    hint: "Check that the folder exists and is writable, or choose another path.",
  },
  {
    prefix: "SQLITE_CORRUPT",
    code: "store-corrupt",
    says: "the file is damaged",
    hint: "Restore it from a copy, or move it away to start with an empty store.",
  },
  {
    prefix: "SQLITE_NOTADB",
    code: "store-corrupt",
    says: "the file is not an SQLite database, or its beginning is damaged",
    hint: "Check the path; restore the file from a copy, or move it away to start with an empty store.",
  },
  {
    prefix: "SQLITE_BUSY",
    code: "store-busy",
    says: "another process kept it locked too long",
    hint: "Try again when the other process is done.",
  },
  {
    prefix: "SQLITE_IOERR",
    code: "store-unwritable",
    says: "reading or writing failed",
    hint: "Check the disk and the free space: everything stored so far is kept.",
  },
];

function clearError(error: unknown, file: string): unknown {
  const complaint = complaints.find(({ prefix }) => codeOf(error).startsWith(prefix));
  if (complaint === undefined) return error;
  return new AlleleError({
    code: complaint.code,
    message: `cannot use the store ${file}: ${complaint.says} (${messageOf(error)})`,
    hint: complaint.hint,
    kind: "outside",
    where: { file },
    cause: error,
  });
}

function codeOf(error: unknown): string {
  return error instanceof SQLite.SqliteError ? error.code : "";
}

function makeFolder(folder: string, file: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new AlleleError({
      code: "store-readonly",
      message: `cannot make the folder of the store ${file}: ${messageOf(error)}`,
      hint: "Make the folder above writable, or choose another path.",
      kind: "outside",
      where: { file },
      cause: error,
    });
  }
}
