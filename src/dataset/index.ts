export type { Check } from "./check.ts";
export type { CheckResult, Outcome } from "./outcome.ts";
export type { Dataset, SplitName, Task } from "./task.ts";
