export type { EventRecord, PromotionRecord, RolloutRecord, RunRecord, RunStatus, Store, TestOpening } from "./store.ts";
