import { AlleleError, type Clock } from "../base/index.ts";
import type { Database } from "./database.ts";

/** "Alle" in ASCII, in the header of every store: tells it from other programs' databases. */
const applicationId = 0x41_6c_6c_65;

/**
 * The road from an empty file to the present form, one numbered step each (the first is 1). A step that was ever released is
 * never changed; what is wrong with it is mended by the next.
 */
const migrations: readonly string[] = [
  `
  CREATE TABLE migrations (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    options TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  -- Who holds a run, for people. The lock itself is the operating system's.
  CREATE TABLE holders (run TEXT PRIMARY KEY, process INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE events (
    run TEXT NOT NULL REFERENCES runs (id),
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (run, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE genomes (id TEXT PRIMARY KEY, genome TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE TABLE rollouts (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    genome TEXT NOT NULL,
    task TEXT NOT NULL,
    split TEXT NOT NULL,
    repeat INTEGER NOT NULL,
    rollout TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX rollouts_by_genome ON rollouts (genome);
  -- Apart from the rollouts, so that a million scores are read without passing over their traces. Deflated JSON.
  CREATE TABLE traces (rollout INTEGER PRIMARY KEY REFERENCES rollouts (id), trace BLOB NOT NULL) STRICT;
  CREATE TABLE replies (
    run TEXT NOT NULL REFERENCES runs (id),
    key TEXT NOT NULL,
    reply TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (run, key)
  ) STRICT;
  CREATE TABLE promotions (
    position INTEGER PRIMARY KEY,
    profile TEXT NOT NULL,
    channel TEXT NOT NULL,
    genome TEXT NOT NULL,
    previous TEXT,
    kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    evidence TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX promotions_by_profile ON promotions (profile, channel);
  CREATE TABLE test_openings (
    position INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    genomes TEXT NOT NULL,
    purpose TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  `,
  `
  -- What a run came to, made from its journal when it is listed: a list of a thousand runs reads no journal.
  CREATE TABLE run_summaries (
    run TEXT PRIMARY KEY REFERENCES runs (id),
    dataset TEXT NOT NULL,
    genome TEXT NOT NULL,
    seed TEXT NOT NULL,
    winner TEXT,
    verdict TEXT,
    difference REAL,
    rollouts INTEGER NOT NULL,
    usd REAL NOT NULL,
    summary TEXT NOT NULL
  ) STRICT;
  -- Runs whose journal has grown since, or that were never summed up.
  CREATE TABLE unsummarized_runs (run TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO unsummarized_runs SELECT id FROM runs;
  CREATE INDEX runs_by_time ON runs (created_at);
  CREATE INDEX running_runs ON runs (id) WHERE status = 'running';
  CREATE INDEX test_openings_by_dataset ON test_openings (dataset);
  CREATE INDEX rollouts_by_task ON rollouts (task, genome);
  `,
  `
  -- What people said of rollouts. A list that only grows: the last word of an author about a rollout stands.
  CREATE TABLE ratings (
    position INTEGER PRIMARY KEY,
    rollout TEXT NOT NULL REFERENCES rollouts (key),
    dataset TEXT NOT NULL,
    author TEXT NOT NULL,
    score REAL,
    answer TEXT,
    comment TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX ratings_by_rollout ON ratings (rollout);
  CREATE INDEX ratings_by_dataset ON ratings (dataset);
  `,
  `
  -- What people want of a run, in the order in which they said it.
  CREATE TABLE steering (
    run TEXT NOT NULL REFERENCES runs (id),
    position INTEGER NOT NULL,
    at INTEGER NOT NULL,
    command TEXT NOT NULL,
    PRIMARY KEY (run, position)
  ) STRICT, WITHOUT ROWID;
  -- Children that are being measured, for people who look on. No part of the journal.
  CREATE TABLE under_way (
    run TEXT NOT NULL REFERENCES runs (id),
    iteration INTEGER NOT NULL,
    at INTEGER NOT NULL,
    child TEXT NOT NULL,
    PRIMARY KEY (run, iteration)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Live sessions while a challenger is tried beside what is live; the trial is a promotion of kind canary or shadow.
  CREATE TABLE sessions (
    trial INTEGER NOT NULL REFERENCES promotions (position),
    session TEXT NOT NULL,
    arm TEXT NOT NULL,
    genome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (trial, session, arm)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_by_name ON sessions (session);
  -- Question and answer only where a shadow's answers are to be compared.
  CREATE TABLE session_turns (
    position INTEGER PRIMARY KEY,
    trial INTEGER NOT NULL,
    session TEXT NOT NULL,
    arm TEXT NOT NULL,
    answered INTEGER NOT NULL,
    tokens INTEGER NOT NULL,
    usd REAL NOT NULL,
    question TEXT,
    answer TEXT,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX session_turns_by_trial ON session_turns (trial);
  CREATE TABLE session_ratings (
    position INTEGER PRIMARY KEY,
    trial INTEGER NOT NULL,
    session TEXT NOT NULL,
    arm TEXT NOT NULL,
    author TEXT NOT NULL,
    score REAL NOT NULL,
    comment TEXT NOT NULL,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX session_ratings_by_trial ON session_ratings (trial);
  `,
  `
  -- How long each reply was waited for; not known of those from before.
  ALTER TABLE replies ADD COLUMN milliseconds REAL;
  `,
];

/**
 * Brings the database to the present form, each step in its own transaction; a step that fails leaves the form before it.
 * Throws AlleleError `store-newer`, or `store-foreign` when the file is a database of another program. The first transaction
 * also shows that the file can be written, before anything is paid for.
 */
export function migrate(database: Database, file: string, clock: Clock, steps: readonly string[] = migrations): void {
  const step = database.transaction((): boolean => {
    const version = versionOf(database, file, steps.length);
    const sql = steps[version];
    if (sql === undefined) return false;
    database.exec(sql);
    database.prepare("INSERT INTO migrations (version, at) VALUES (?, ?)").run(version + 1, clock.now());
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${version + 1}`);
    return true;
  });
  while (step.immediate());
}

function versionOf(database: Database, file: string, known: number): number {
  const version = Number(database.pragma("user_version", { simple: true }));
  const owner = Number(database.pragma("application_id", { simple: true }));
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (owner !== applicationId && (owner !== 0 || version !== 0 || tables !== 0)) {
    throw new AlleleError({
      code: "store-foreign",
      message: `${file} is a database of another program`,
      hint: "Choose another path for the store.",
      where: { file },
    });
  }
  if (version > known) {
    throw new AlleleError({
      code: "store-newer",
      message: `${file} was written by a newer Allele (store version ${version}; this one knows ${known})`,
      hint: "Update Allele, or choose another path for the store.",
      where: { file },
    });
  }
  return version;
}
