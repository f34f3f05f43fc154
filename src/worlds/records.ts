import { canonicalJson, contentHash } from "../base/index.ts";
import type { World } from "../runtime/index.ts";
import { openMemoryDatabase } from "../store/index.ts";

/** Records of one kind by id: those all rollouts share, and over them what this rollout changed. */
export interface Records<T> {
  get(id: string): T | undefined;
  put(id: string, record: T): void;
  /** All records, changed ones as they are now. */
  all(): readonly T[];
  /** Ids and states of records that differ from what they were. */
  changed(): readonly { readonly id: string; readonly state: string }[];
}

export function overlay<T>(base: ReadonlyMap<string, T>): Records<T> {
  const changes = new Map<string, T>();
  return {
    get: (id) => changes.get(id) ?? base.get(id),
    put: (id, record) => {
      changes.set(id, record);
    },
    all: () => [...base].map(([id, record]) => changes.get(id) ?? record),
    changed: () =>
      [...changes]
        .filter(([id, record]) => canonicalJson(record) !== canonicalJson(base.get(id) ?? null))
        .map(([id, record]) => ({ id, state: contentHash(record) }))
        .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** The query that tells what a rollout left changed: rows of kind, id and a hash of the record. Two worlds are alike when their rows are. */
export const CHANGED = "select kind, id, state from changed order by kind, id";

/**
 * The query of a world of records: SQL on `changed (kind, id, state)`, what differs from the beginning, and `messages (text)`, what was said
 * to the customer, in lower case and without commas.
 */
export function recordsQuery(
  kinds: Readonly<Record<string, Pick<Records<unknown>, "changed">>>,
  messages: readonly string[],
): NonNullable<World["query"]> {
  return (sql) => {
    const database = openMemoryDatabase();
    try {
      database.exec("create table changed (kind text, id text, state text); create table messages (text text)");
      const change = database.prepare("insert into changed values (?, ?, ?)");
      for (const [kind, records] of Object.entries(kinds)) {
        for (const { id, state } of records.changed()) change.run(kind, id, state);
      }
      const message = database.prepare("insert into messages values (?)");
      for (const text of messages) message.run(text.toLowerCase().replaceAll(",", ""));
      return database.prepare<unknown[], Record<string, unknown>>(sql).all();
    } finally {
      database.close();
    }
  };
}
