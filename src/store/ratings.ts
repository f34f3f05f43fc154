import type { ContentHash } from "../base/index.ts";
import type { Database } from "./database.ts";
import type { RatingRecord, Store } from "./store.ts";

interface Row extends Omit<RatingRecord, "index" | "score" | "answer"> {
  readonly position: number;
  readonly score: number | null;
  readonly answer: string | null;
}

/** A list that only grows: who thinks better of it says so again. */
export function makeRatings(database: Database): Store["ratings"] {
  const insert = database.prepare("INSERT INTO ratings VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)");
  const selectAll = database.prepare<[], Row>("SELECT * FROM ratings ORDER BY position");
  const selectByDataset = database.prepare<[string], Row>("SELECT * FROM ratings WHERE dataset = ? ORDER BY position");
  const selectByRollout = database.prepare<[ContentHash], Row>(
    "SELECT * FROM ratings WHERE rollout = ? ORDER BY position",
  );
  return {
    append: (rating) => {
      const { rollout, dataset, author, score, answer, comment, at } = rating;
      const { lastInsertRowid } = insert.run(rollout, dataset, author, score ?? null, answer ?? null, comment, at);
      return { ...rating, index: Number(lastInsertRowid) };
    },
    list: (of) => {
      if (of === undefined) return selectAll.all().map(recordOf);
      return ("dataset" in of ? selectByDataset.all(of.dataset) : selectByRollout.all(of.rollout)).map(recordOf);
    },
  };
}

function recordOf({ position, score, answer, ...row }: Row): RatingRecord {
  return { index: position, ...row, score: score ?? undefined, answer: answer ?? undefined };
}
