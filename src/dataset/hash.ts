import { contentHash, type ContentHash } from "../base/index.ts";
import type { Dataset, Task } from "./task.ts";

/** Identity of what is asked and how it is judged: input, world and checks. Id, tags and split do not count. */
export function taskHash({ input, world, checks }: Task): ContentHash {
  return contentHash({ input, world, checks });
}

/** Identity of the tasks and their splits, whatever their order in the file. */
export function datasetHash({ tasks }: Dataset): ContentHash {
  return contentHash(tasks.map((task) => [task.id, task.split, taskHash(task)].join(" ")).toSorted());
}
