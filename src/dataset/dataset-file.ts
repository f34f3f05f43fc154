import { z } from "zod";
import { parseYaml, readText, readYamlDocument, validate } from "../base/index.ts";
import { datasetUpgrades, formatTag, upgrade } from "./upgrade.ts";

const share = z.number().min(0).max(1);

/** Shares of the tasks without a split of their own. */
export const SplitShares = z
  .strictObject({ train: share, validation: share, test: share })
  .refine(({ train, validation, test }) => Math.abs(train + validation + test - 1) < 1e-6, {
    error: "the shares of train, validation and test must sum to 1",
  });
export type SplitShares = z.output<typeof SplitShares>;

/** Which CSV column holds what; by default the column of the same name, where there is one. */
export const Columns = z.strictObject({
  /** Absent: the id is made from the row's content. */
  id: z.string().optional(),
  input: z.string().default("input"),
  /** The right answer, compared by `check`. */
  expected: z.string().optional(),
  /** Checks as a JSON list. */
  checks: z.string().optional(),
  /** Tags parted by commas or semicolons. */
  tags: z.string().optional(),
  family: z.string().optional(),
  split: z.string().optional(),
  /** World as JSON. */
  world: z.string().optional(),
});
export type Columns = z.output<typeof Columns>;

const path = z.string().min(1);

/** `dataset.yaml`. Paths are relative to its folder. */
const DatasetFile = z.strictObject({
  allele: z.literal(formatTag("dataset", datasetUpgrades)),
  name: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "a name is lower case words joined by hyphens"),
  description: z.string().min(1),
  licence: z.string().min(1),
  /** Where the tasks come from and how they were made. */
  source: z.string().min(1),
  /** A `.jsonl`, `.yaml` or `.csv` file. */
  tasks: path.regex(/\.(jsonl|ya?ml|csv)$/i, "tasks must be a .jsonl, .yaml or .csv file"),
  columns: Columns.prefault({}),
  /** How the `expected` column of a CSV file is compared: a check without its value. */
  check: z.record(z.string(), z.json()).default({ type: "equals" }),
  splits: SplitShares.default({ train: 0.4, validation: 0.3, test: 0.3 }),
  /** Module that exports `createTools`. */
  tools: path.optional(),
  /** World of the live agent, outside tasks. */
  world: z.json().optional(),
  /** Temporal rules the agent must keep. */
  policy: path.optional(),
});
export type DatasetFile = z.output<typeof DatasetFile>;

/** Reads and checks `dataset.yaml`, of this version of the format or an older one. `lineOf` tells where a member stands. */
export function readDatasetFile(file: string): {
  readonly described: DatasetFile;
  readonly lineOf: (member: keyof DatasetFile) => number;
} {
  const text = readText(file);
  const { document, value: written } = readYamlDocument(text, z.unknown(), file);
  const present = upgrade(written, "dataset", datasetUpgrades, { file, line: 1 });
  const described =
    present === written ? parseYaml(text, DatasetFile, file) : validate(DatasetFile, present, () => ({ file }));
  const lineOf = (member: keyof DatasetFile): number => {
    const node = document.get(member, true) as { range?: readonly number[] } | undefined;
    return text.slice(0, node?.range?.[0] ?? 0).split("\n").length;
  };
  return { described, lineOf };
}
