export { openMemoryDatabase } from "./database.ts";
export { openStore } from "./open-store.ts";
export type { EventRecord, PromotionRecord, RolloutRecord, RunQuery, RunRecord, RunStatus, Store } from "./store.ts";
