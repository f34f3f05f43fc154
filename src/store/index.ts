export { openMemoryDatabase } from "./database.ts";
export { openStore } from "./open-store.ts";
export type { PromotionRecord, RolloutRecord, RunRecord, RunStatus, Store } from "./store.ts";
