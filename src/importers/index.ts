export { importSet } from "./import-set.ts";
export type { ImportResult } from "./import-set.ts";
export { readRows } from "./rows.ts";
export { forms } from "./registry.ts";
export type { Settings } from "./form.ts";
