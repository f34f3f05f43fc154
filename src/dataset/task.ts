import type { Json } from "../base/index.ts";
import type { Check } from "./check.ts";
import type { CustomChecks } from "./checks/custom.ts";

/** Shown to reflection; steering the selection; sealed until the end. */
export type SplitName = "train" | "validation" | "test";

/** One thing to be done, and how to tell whether it was. */
export interface Task {
  readonly id: string;
  /** What the user says. All that the agent sees of the task. */
  readonly input: string;
  readonly checks: readonly Check[];
  readonly tags: readonly string[];
  /** What it has in common with other tasks: a template, a conversation, a repository. Tasks of a family are not independent. */
  readonly family?: string | undefined;
  readonly split: SplitName;
  /** Given to the dataset's `createWorld`; never shown to the agent. */
  readonly world?: Json | undefined;
}

/** Tasks with their splits, and what they need to be run and scored. */
export interface Dataset {
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  /** Where the tasks come from and how they were made, where known. */
  readonly source?: string | undefined;
  readonly tasks: readonly Task[];
  /** Functions its custom checks name, for `scoreOutcome`. */
  readonly customChecks: CustomChecks;
  /** Absolute path of the TypeScript or JavaScript module with the tools and the world, when tasks need them. */
  readonly toolModule?: string | undefined;
  /** World given to `createWorld` outside tasks, for the live agent. */
  readonly defaultWorld?: Json | undefined;
  /** Absolute path of the temporal rules the agent must keep. */
  readonly policyFile?: string | undefined;
  /** Absolute folder the dataset was read from. */
  readonly folder: string;
  /** Absolute path of its dataset.yaml. */
  readonly file: string;
}
