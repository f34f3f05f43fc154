import type { Check } from "./check.ts";
import { splitNames } from "./split.ts";
import type { Dataset, SplitName } from "./task.ts";

export interface DatasetStatistics {
  readonly tasks: number;
  readonly bySplit: Readonly<Record<SplitName, number>>;
  readonly byTag: readonly {
    readonly tag: string;
    readonly count: number;
    readonly bySplit: Readonly<Record<SplitName, number>>;
  }[];
  /** Characters of the inputs. */
  readonly inputLength: {
    readonly least: number;
    readonly median: number;
    readonly mean: number;
    readonly most: number;
  };
  /** How many tasks use each type of check, those inside `all`, `any` and `not` included. */
  readonly byCheckType: Readonly<Record<string, number>>;
  readonly checksPerTask: number;
}

/** What a dataset consists of. Tags and check types come most frequent first. */
export function datasetStatistics({ tasks }: Dataset): DatasetStatistics {
  const lengths = tasks.map(({ input }) => input.length).toSorted((a, b) => a - b);
  const tags = [...new Set(tasks.flatMap((task) => task.tags))];
  return {
    tasks: tasks.length,
    bySplit: countSplits(tasks),
    byTag: tags
      .map((tag) => tasks.filter((task) => task.tags.includes(tag)))
      .map((tagged, index) => ({ tag: tags[index] ?? "", count: tagged.length, bySplit: countSplits(tagged) }))
      .toSorted((a, b) => b.count - a.count || (a.tag < b.tag ? -1 : 1)),
    inputLength: {
      least: lengths[0] ?? 0,
      median: ((lengths[(lengths.length - 1) >> 1] ?? 0) + (lengths[lengths.length >> 1] ?? 0)) / 2,
      mean: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length),
      most: lengths.at(-1) ?? 0,
    },
    byCheckType: countTypes(tasks.map((task) => new Set(task.checks.flatMap(typesIn)))),
    checksPerTask: tasks.reduce((sum, task) => sum + task.checks.length, 0) / Math.max(1, tasks.length),
  };
}

function countSplits(tasks: readonly { readonly split: SplitName }[]): Record<SplitName, number> {
  const counts = splitNames.map((name) => [name, tasks.filter(({ split }) => split === name).length]);
  return Object.fromEntries(counts) as Record<SplitName, number>;
}

function countTypes(types: readonly ReadonlySet<string>[]): Record<string, number> {
  const groups = Map.groupBy(
    types.flatMap((set) => [...set]),
    (type) => type,
  );
  const counts = [...groups].map(([type, members]): [string, number] => [type, members.length]);
  return Object.fromEntries(counts.toSorted(([, a], [, b]) => b - a));
}

function typesIn(check: Check): string[] {
  if (check.type === "all" || check.type === "any") return [check.type, ...check.checks.flatMap(typesIn)];
  return check.type === "not" ? [check.type, ...typesIn(check.check)] : [check.type];
}
