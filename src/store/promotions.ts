import { canonicalJson, parseJson, type ContentHash } from "../base/index.ts";
import type { Database } from "./database.ts";
import type { PromotionRecord, Store } from "./store.ts";

interface Row extends Omit<PromotionRecord, "index" | "previous" | "evidence"> {
  readonly position: number;
  readonly previous: ContentHash | null;
  readonly evidence: string;
}

/** A list that only grows: a rollback is one more entry. */
export function makePromotions(database: Database): Store["promotions"] {
  const insert = database.prepare("INSERT INTO promotions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const selectAll = database.prepare<[], Row>("SELECT * FROM promotions ORDER BY position");
  const selectByProfile = database.prepare<[string], Row>(
    "SELECT * FROM promotions WHERE profile = ? ORDER BY position",
  );
  const selectCurrent = database
    .prepare<[string, string], ContentHash>(
      `SELECT genome FROM promotions WHERE profile = ? AND channel = ? AND kind NOT IN ('canary', 'shadow')
       ORDER BY position DESC LIMIT 1`,
    )
    .pluck();
  return {
    append: (promotion) => {
      const { profile, channel, genome, previous, kind, verdict, evidence, reason, at } = promotion;
      const { lastInsertRowid } = insert.run(
        profile,
        channel,
        genome,
        previous ?? null,
        kind,
        verdict,
        canonicalJson(evidence),
        reason,
        at,
      );
      return { ...promotion, index: Number(lastInsertRowid) };
    },
    list: (profile) => (profile === undefined ? selectAll.all() : selectByProfile.all(profile)).map(recordOf),
    current: (profile, channel) => selectCurrent.get(profile, channel),
  };
}

function recordOf({ position, previous, evidence, ...row }: Row): PromotionRecord {
  return { index: position, ...row, previous: previous ?? undefined, evidence: parseJson(evidence) };
}
