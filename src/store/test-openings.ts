import { canonicalJson, parseJson, type ContentHash } from "../base/index.ts";
import type { Database } from "./database.ts";
import type { Store } from "./store.ts";

interface Row {
  readonly dataset: string;
  readonly genomes: string;
  readonly purpose: string;
  readonly at: number;
}

/** Every look at a sealed test split, for ever. */
export function makeTestOpenings(database: Database): Store["testOpenings"] {
  const insert = database.prepare("INSERT INTO test_openings VALUES (NULL, ?, ?, ?, ?)");
  const select = database.prepare<[string], Row>(
    "SELECT dataset, genomes, purpose, at FROM test_openings WHERE dataset = ? ORDER BY position",
  );
  const count = database.prepare<[string], number>("SELECT count(*) FROM test_openings WHERE dataset = ?").pluck();
  return {
    append: ({ dataset, genomes, purpose, at }) => {
      insert.run(dataset, canonicalJson(genomes), purpose, at);
    },
    list: (dataset) =>
      select
        .all(dataset)
        .map((row) => ({ ...row, genomes: parseJson(row.genomes) as unknown as readonly ContentHash[] })),
    count: (dataset) => count.get(dataset) ?? 0,
  };
}
