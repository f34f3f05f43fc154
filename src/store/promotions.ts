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
  const selectProfiles = database
    .prepare<[], string>("SELECT DISTINCT profile FROM promotions ORDER BY profile")
    .pluck();
  const selectLast = (condition: string) =>
    database.prepare<[string, string], Row>(
      `SELECT * FROM promotions WHERE profile = ? AND channel = ? ${condition} ORDER BY position DESC LIMIT 1`,
    );
  const selectLatest = selectLast("");
  const selectCurrent = selectLast("AND kind IN ('promote', 'rollback')");
  const one = (row: Row | undefined): PromotionRecord | undefined => (row === undefined ? undefined : recordOf(row));
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
    profiles: () => selectProfiles.all(),
    latest: (profile, channel) => one(selectLatest.get(profile, channel)),
    current: (profile, channel) => one(selectCurrent.get(profile, channel)),
  };
}

function recordOf({ position, previous, evidence, ...row }: Row): PromotionRecord {
  return { index: position, ...row, previous: previous ?? undefined, evidence: parseJson(evidence) };
}
