import type { Json } from "../base/index.ts";

/** Placeholder until the check schema lands here. */
export interface Check {
  readonly type: string;
  readonly [key: string]: Json;
}
