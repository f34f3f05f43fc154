export { openMemoryDatabase } from "./database.ts";
export { openStore } from "./open-store.ts";
export type {
  EventRecord,
  PromotionRecord,
  RatingRecord,
  RolloutRecord,
  RunQuery,
  RunRecord,
  RunStatus,
  SessionRating,
  Store,
  StoredRollout,
} from "./store.ts";
