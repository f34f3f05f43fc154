import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { AlleleError, canonicalJson } from "../base/index.ts";
import { loadCustomChecks, modulePath, withVersions } from "./custom-modules.ts";
import { readDatasetFile, type DatasetFile } from "./dataset-file.ts";
import { normalizedInput, splitOf } from "./split.ts";
import { readTasks, type WrittenTask } from "./task-files.ts";
import type { Dataset, Task } from "./task.ts";

/**
 * Reads a dataset: a folder with a `dataset.yaml`, or that file. Throws AlleleError with file, line and, as far as known, column for
 * anything malformed, unknown or missing, and `empty-dataset`, `duplicate-id` or `splits-overlap` for tasks that do not go together.
 */
export async function loadDataset(folderOrFile: string): Promise<Dataset> {
  const file = datasetFileOf(resolve(folderOrFile));
  const folder = dirname(file);
  const { described, lineOf } = readDatasetFile(file);
  const pathOf = (member: "tools" | "policy"): string | undefined => {
    const path = described[member];
    return path === undefined ? undefined : modulePath(folder, path, { file, line: lineOf(member) });
  };
  const tasksFile = resolve(folder, described.tasks);
  const written = readTasks(tasksFile, described);
  if (written.length === 0) {
    throw new AlleleError({
      code: "empty-dataset",
      message: `dataset ${described.name} has no tasks`,
      hint: "Add tasks, one JSON object per line, or correct the tasks member of dataset.yaml.",
      where: { file: tasksFile },
    });
  }
  refuseDuplicateIds(written);
  const customChecks = await loadCustomChecks(folder, written);
  const tasks = written.map((task) => toTask(task, described, folder));
  refuseOverlap(tasks, written);
  return {
    name: described.name,
    description: described.description,
    licence: described.licence,
    source: described.source,
    tasks,
    customChecks,
    toolModule: pathOf("tools"),
    defaultWorld: described.world,
    policyFile: pathOf("policy"),
    folder,
    file,
  };
}

function datasetFileOf(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder) return join(path, "dataset.yaml");
  if (/\.(jsonl|csv)$/i.test(path)) {
    throw new AlleleError({
      code: "not-a-dataset",
      message: `${path} holds tasks, not a dataset`,
      hint: "Name the folder or its dataset.yaml, which says what the tasks are and points to them.",
      where: { file: path },
    });
  }
  return path;
}

function toTask({ record }: WrittenTask, { splits }: DatasetFile, folder: string): Task {
  return {
    id: record.id,
    input: record.input,
    checks: record.checks.map((check) => withVersions(check, folder)),
    tags: record.tags,
    family: record.family,
    split: record.split ?? splitOf(record.family ?? record.input, splits),
    world: record.world,
  };
}

function refuseDuplicateIds(written: readonly WrittenTask[]): void {
  const first = new Map<string, WrittenTask>();
  for (const task of written) {
    const earlier = first.get(task.record.id);
    if (earlier !== undefined) {
      throw new AlleleError({
        code: "duplicate-id",
        message: `two tasks have the id "${task.record.id}": lines ${earlier.where.line} and ${task.where.line}`,
        hint: "Give each task an id of its own.",
        where: task.where,
      });
    }
    first.set(task.record.id, task);
  }
}

/** The same question about the same world in two splits would let a genome be tested on what it was trained on. */
function refuseOverlap(tasks: readonly Task[], written: readonly WrittenTask[]): void {
  const first = new Map<string, number>();
  for (const [index, task] of tasks.entries()) {
    const key = canonicalJson([normalizedInput(task.input), task.world]);
    const earlier = first.get(key);
    const other = earlier === undefined ? undefined : tasks[earlier];
    if (other !== undefined && earlier !== undefined && other.split !== task.split) {
      const lines = `lines ${written[earlier]?.where.line} and ${written[index]?.where.line}`;
      throw new AlleleError({
        code: "splits-overlap",
        message: `tasks "${other.id}" (${other.split}) and "${task.id}" (${task.split}) have the same input: ${lines}`,
        hint: "Put them in the same split or remove one: a test on tasks seen before proves nothing.",
        where: written[index]?.where,
      });
    }
    if (earlier === undefined) first.set(key, index);
  }
}
