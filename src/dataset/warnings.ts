import { canonicalJson } from "../base/index.ts";
import { loadDataset } from "./load.ts";
import { normalizedInput, splitNames } from "./split.ts";
import type { Dataset, Task } from "./task.ts";

/** Below this a split can show only very large differences. */
const fewestTasks = 20;
/** Share of words two inputs have in common from which they count as nearly the same. */
const nearlySame = 0.9;

/** A dataset that loads, and what its author should look at: one sentence each. Throws as `loadDataset` does. */
export async function validateDataset(
  folderOrFile: string,
): Promise<{ readonly dataset: Dataset; readonly warnings: readonly string[] }> {
  const dataset = await loadDataset(folderOrFile);
  return { dataset, warnings: datasetWarnings(dataset) };
}

function datasetWarnings({ tasks }: Dataset): string[] {
  const small = splitNames
    .map((name) => ({ name, count: tasks.filter(({ split }) => split === name).length }))
    .filter(({ count }) => count < fewestTasks)
    .map(
      ({ name, count }) =>
        `The ${name} split has ${count} tasks; under ${fewestTasks} nearly nothing can be told apart.`,
    );
  const pairs = nearDuplicates(tasks);
  const shown = pairs.slice(0, 3).map(([a, b]) => `${a.id} and ${b.id}`);
  const more = pairs.length > shown.length ? `, and ${pairs.length - shown.length} more pairs` : "";
  return [...small, ...(pairs.length === 0 ? [] : [`Inputs are nearly the same: ${shown.join(", ")}${more}.`])];
}

/** Pairs whose inputs share at least `nearlySame` of their words (Jaccard index), in equal worlds. */
function nearDuplicates(tasks: readonly Task[]): (readonly [Task, Task])[] {
  const texts = tasks.map((task) => ({
    task,
    world: canonicalJson(task.world ?? null),
    words: new Set(normalizedInput(task.input).match(/[\p{L}\p{N}]+/gu) ?? []),
  }));
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter((b) => a.world === b.world && jaccard(a.words, b.words) >= nearlySame)
      .map((b) => [a.task, b.task] as const),
  );
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < nearlySame * large.size) return 0;
  let both = 0;
  for (const word of small) if (large.has(word)) both += 1;
  return both / Math.max(1, a.size + b.size - both);
}
