import { AlleleError, textHash } from "../base/index.ts";
import type { SplitShares } from "./dataset-file.ts";
import type { Dataset, SplitName, Task } from "./task.ts";

export const splitNames: readonly SplitName[] = ["train", "validation", "test"];

/**
 * The split of a task that has none of its own: a function of its family, or of what the user says, and the shares alone. So adding a task
 * never moves another, mending its checks does not move it, and tasks of one family or with the same input are never parted.
 */
export function splitOf(familyOrInput: string, shares: SplitShares): SplitName {
  const digits = textHash(normalizedInput(familyOrInput)).slice("s256:".length, "s256:".length + 13);
  const position = Number.parseInt(digits, 16) / 16 ** 13;
  if (position < shares.train) return "train";
  return position < shares.train + shares.validation ? "validation" : "test";
}

/** Inputs that differ only in case and spacing count as the same. */
export function normalizedInput(input: string): string {
  return input.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** The tasks of a split, in the order of the file. Throws AlleleError `empty-split` when there are none. */
export function tasksOf(dataset: Dataset, split: SplitName): readonly Task[] {
  const tasks = dataset.tasks.filter((task) => task.split === split);
  if (tasks.length > 0) return tasks;
  const counts = splitNames.map((name) => `${name} ${dataset.tasks.filter((task) => task.split === name).length}`);
  throw new AlleleError({
    code: "empty-split",
    message: `dataset ${dataset.name} has no tasks in its ${split} split (${counts.join(", ")})`,
    hint: "Give tasks this split, or raise its share in the splits member of dataset.yaml.",
    where: { file: dataset.file },
  });
}
