import { canonicalJson, parseJson } from "../base/index.ts";
import type { Database } from "./database.ts";
import { runMissing } from "./run-missing.ts";
import type { Store } from "./store.ts";

export function makeReplies(database: Database): Store["replies"] {
  const runKnown = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const insert = database.prepare("INSERT INTO replies VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const select = database.prepare<[string, string], string>("SELECT reply FROM replies WHERE run = ? AND key = ?");
  select.pluck();
  return {
    put: (run, key, reply, at) => {
      try {
        insert.run(run, key, canonicalJson(reply), at);
      } catch (error) {
        if (runKnown.get(run) === undefined) throw runMissing(run);
        throw error;
      }
    },
    get: (run, key) => {
      const text = select.get(run, key);
      return text === undefined ? undefined : parseJson(text);
    },
  };
}
