import { canonicalJson, parseJson, type ContentHash } from "../base/index.ts";
import type { Genome } from "../genome/index.ts";
import type { Database } from "./database.ts";
import type { Store } from "./store.ts";

export function makeGenomes(database: Database): Store["genomes"] {
  const insert = database.prepare("INSERT INTO genomes VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const select = database.prepare<[string], string>("SELECT genome FROM genomes WHERE id = ?").pluck();
  const range = database
    .prepare<[string, string], ContentHash>("SELECT id FROM genomes WHERE id >= ? AND id < ? ORDER BY id")
    .pluck();
  return {
    put: (id, genome, at) => {
      insert.run(id, canonicalJson(genome), at);
    },
    get: (id) => {
      const text = select.get(id);
      return text === undefined ? undefined : (parseJson(text) as unknown as Genome);
    },
    find: (prefix) => {
      const digits = prefix.replace(/^s256:/, "");
      // "g" sorts after every hexadecimal digit: the range holds exactly the ids that begin so.
      return /^[0-9a-f]+$/.test(digits) ? range.all(`s256:${digits}`, `s256:${digits}g`) : [];
    },
  };
}
