import { canonicalJson, textHash } from "../base/index.ts";
import { normalizedInput, splitNames, splitOf, type SplitName, type SplitShares } from "../dataset/index.ts";
import type { ImportedTask, LeftOut } from "./form.ts";

export interface SampleOptions {
  readonly seed: number;
  /** Of the tasks without a split of their own. */
  readonly shares: SplitShares;
  /** At most this many tasks of a split; absent: all. */
  readonly limits: Partial<Readonly<Record<SplitName, number>>>;
  /** The same number of tasks of every label in each split. */
  readonly balance: boolean;
  /** Divides all tasks by `shares`, whatever split the source gives them. */
  readonly divide?: boolean | undefined;
}

export interface Sample {
  readonly tasks: readonly (ImportedTask & { readonly split: SplitName })[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Settles the splits, and draws from them. Rows with an input seen before are left out, those of a test last. The source's test stays the
 * sealed test, whole. Where the source has all three splits they are kept; else what is not test is divided by `shares`. Both the division and
 * the draw follow from a hash of the seed and the input (or the family): rows that are added move no others.
 */
export function sample(found: readonly ImportedTask[], options: SampleOptions): Sample {
  const { kept, leftOut } = withoutRepeats(found);
  const divided = divide(kept, options);
  const drawn = new Set(
    splitNames.flatMap((split) =>
      draw(
        divided.filter((task) => task.split === split),
        split,
        options,
      ),
    ),
  );
  return { tasks: divided.filter((task) => drawn.has(task)), leftOut };
}

/** The seed is part of what is hashed, so that another seed gives another division. */
const keyOf = (task: ImportedTask, seed: number): string =>
  `seed ${seed} ${normalizedInput(task.family ?? `${task.input}${canonicalJson(task.world ?? null)}`)}`;

function withoutRepeats(found: readonly ImportedTask[]): {
  kept: readonly ImportedTask[];
  leftOut: readonly LeftOut[];
} {
  const contentOf = (task: ImportedTask): string => canonicalJson([normalizedInput(task.input), task.world ?? null]);
  const first = new Map<string, ImportedTask>();
  for (const task of [...found.filter(({ split }) => split === "test"), ...found]) {
    if (!first.has(contentOf(task))) first.set(contentOf(task), task);
  }
  const kept = new Set(first.values());
  return {
    kept: found.filter((task) => kept.has(task)),
    leftOut: found
      .filter((task) => !kept.has(task))
      .map(({ where }) => ({ where, reason: "the same input as another row" })),
  };
}

type Placed = ImportedTask & { readonly split: SplitName };

function divide(
  found: readonly ImportedTask[],
  { seed, shares, divide: anew = false }: SampleOptions,
): readonly Placed[] {
  const tasks = anew ? found.map((task) => ({ ...task, split: undefined })) : found;
  const named = new Set(tasks.map(({ split }) => split));
  if (splitNames.every((split) => named.has(split)) && !named.has(undefined)) return tasks as readonly Placed[];
  const hasTest = named.has("test");
  const open = shares.train + shares.validation;
  const left =
    hasTest && open > 0 ? { train: shares.train / open, validation: shares.validation / open, test: 0 } : shares;
  return tasks.map((task) => ({
    ...task,
    split: task.split === "test" ? "test" : splitOf(keyOf(task, seed), left),
  }));
}

function draw(tasks: readonly Placed[], split: SplitName, { seed, limits, balance }: SampleOptions): readonly Placed[] {
  const orderOf = new Map(tasks.map((task) => [task, textHash(`draw ${keyOf(task, seed)} ${task.input}`)]));
  const ordered = tasks.toSorted((a, b) => ((orderOf.get(a) ?? "") < (orderOf.get(b) ?? "") ? -1 : 1));
  const limit = limits[split] ?? tasks.length;
  if (!balance) return ordered.slice(0, limit);
  const labels = [...Map.groupBy(ordered, ({ label }) => label).values()];
  const each = Math.min(Math.floor(limit / Math.max(1, labels.length)), ...labels.map((group) => group.length));
  return labels.flatMap((group) => group.slice(0, each));
}
