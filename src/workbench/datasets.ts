import {
  datasetStatistics,
  tasksOf,
  validateDataset,
  type DatasetStatistics,
  type SplitName,
} from "../dataset/index.ts";
import { loadToolModule } from "../evaluate/index.ts";
import { renderText, textTable } from "../report/index.ts";
import { datasetPath, resolveDataset } from "./references.ts";
import type { Workbench } from "./workbench.ts";

interface DatasetCheck {
  readonly dataset: string;
  readonly file: string;
  readonly tasks: number;
  /** Names of the tools its module brings. */
  readonly tools: readonly string[];
  readonly warnings: readonly string[];
}

/** Loads a dataset and its tools, so that every mistake shows. Throws what loading throws. */
export async function checkDataset(workbench: Workbench, reference: string): Promise<DatasetCheck> {
  const { dataset, warnings } = await validateDataset(datasetPath(workbench, reference));
  const tools = dataset.toolModule === undefined ? undefined : await loadToolModule(dataset.toolModule);
  return {
    dataset: dataset.name,
    file: dataset.file,
    tasks: dataset.tasks.length,
    tools: tools?.tools.map((tool) => tool.name) ?? [],
    warnings,
  };
}

export function renderDatasetCheck(check: DatasetCheck): string {
  const tools = check.tools.length === 0 ? "no tools" : `${check.tools.length} tools: ${check.tools.join(", ")}`;
  const warnings = check.warnings.map((warning) => `warning: ${warning}`);
  return [`${check.dataset} is valid: ${check.tasks} tasks, ${tools}`, ...warnings].join("\n");
}

interface NamedStatistics extends DatasetStatistics {
  readonly dataset: string;
}

export async function datasetStats(workbench: Workbench, reference: string): Promise<NamedStatistics> {
  const dataset = await resolveDataset(workbench, reference);
  return { dataset: dataset.name, ...datasetStatistics(dataset) };
}

export function renderDatasetStats(statistics: NamedStatistics, width?: number): string {
  const { bySplit, inputLength } = statistics;
  const tags = textTable(
    ["tag", "tasks", "train", "validation", "test"],
    [
      ["all", statistics.tasks, bySplit.train, bySplit.validation, bySplit.test],
      ...statistics.byTag.map((row) => [
        row.tag,
        row.count,
        row.bySplit.train,
        row.bySplit.validation,
        row.bySplit.test,
      ]),
    ],
    [1, 2, 3, 4],
  );
  const checks = Object.entries(statistics.byCheckType).map(([type, count]) => `${type} ${count}`);
  return renderText(
    statistics.dataset,
    [
      { kind: "code", text: tags },
      {
        kind: "list",
        items: [
          `Inputs have ${inputLength.least} to ${inputLength.most} characters, median ${inputLength.median}.`,
          `${statistics.checksPerTask.toFixed(1)} checks a task; tasks by type of check: ${checks.join(", ")}.`,
        ],
      },
    ],
    width,
  );
}

export async function splitIds(workbench: Workbench, reference: string, split: SplitName): Promise<readonly string[]> {
  return tasksOf(await resolveDataset(workbench, reference), split).map((task) => task.id);
}
