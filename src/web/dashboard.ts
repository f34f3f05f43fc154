import type { BackgroundRuns, Workbench } from "../workbench/index.ts";
import type { Aside } from "./aside.ts";
import type { Chats } from "./chats.ts";
import type { Jobs } from "./jobs.ts";

/** What pages work with. */
export interface Dashboard {
  readonly workbench: Workbench;
  readonly runs: BackgroundRuns;
  readonly jobs: Jobs;
  readonly aside: Aside;
  readonly chats: Chats;
  /** Changes with everything that happens to the store, here or in other processes. */
  readonly version: () => string;
}
