import { canonicalJson, parseJson } from "../base/index.ts";
import type { Database } from "./database.ts";
import { runMissing } from "./run-missing.ts";
import type { Store } from "./store.ts";

export function makeReplies(database: Database): Store["replies"] {
  const runKnown = database.prepare<[string], 1>("SELECT 1 FROM runs WHERE id = ?").pluck();
  const insert = database.prepare("INSERT INTO replies VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const select = database.prepare<[string, string], string>("SELECT reply FROM replies WHERE run = ? AND key = ?");
  select.pluck();
  const sum = database.prepare<[string], { readonly count: number; readonly milliseconds: number }>(
    "SELECT count(milliseconds) AS count, total(milliseconds) AS milliseconds FROM replies WHERE run = ?",
  );
  return {
    put: (run, key, { reply, milliseconds }, at) => {
      try {
        insert.run(run, key, canonicalJson(reply), at, milliseconds);
      } catch (error) {
        if (runKnown.get(run) === undefined) throw runMissing(run);
        throw error;
      }
    },
    get: (run, key) => {
      const text = select.get(run, key);
      return text === undefined ? undefined : parseJson(text);
    },
    waited: (run) => sum.get(run) ?? { count: 0, milliseconds: 0 },
  };
}
