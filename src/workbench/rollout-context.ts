import type { Task } from "../dataset/index.ts";
import type { JudgedBy } from "../report/index.ts";
import type { RatingRecord } from "../store/index.ts";
import { listDatasets, type RolloutView } from "./browse.ts";
import { judgedBy } from "./judge-calibration.ts";
import type { Workbench } from "./workbench.ts";

/** What there is to know about a rollout beside itself. */
export interface RolloutContext {
  /** Names of the datasets that it may be of: the one it was rated as, then those that have its task. */
  readonly datasets: readonly string[];
  /** The task as it is now; undefined where no dataset has it, or several do. */
  readonly task: Task | undefined;
  /** What people said of it, oldest first. */
  readonly ratings: readonly RatingRecord[];
  /** Judges that had a say in its score. */
  readonly judges: readonly JudgedBy[];
}

/** Datasets are read from their files, since a rollout knows its task by the id alone. */
export async function rolloutContext(workbench: Workbench, { record, kept }: RolloutView): Promise<RolloutContext> {
  const entries = await listDatasets(workbench);
  const having = entries.flatMap(({ dataset }) => {
    const task = dataset?.tasks.find(({ id }) => id === record.task);
    return dataset === undefined || task === undefined ? [] : [{ name: dataset.name, task }];
  });
  const ratings = workbench.store.ratings.list({ rollout: record.key });
  const datasets = [...new Set([...ratings.map(({ dataset }) => dataset), ...having.map(({ name }) => name)])];
  const [first, second] = having;
  const models = [...new Set((kept.verdicts ?? []).map(({ judge }) => judge))];
  return {
    datasets,
    task: second === undefined ? first?.task : having.find(({ name }) => name === ratings[0]?.dataset)?.task,
    ratings,
    judges: models.map((model) => judgedBy(workbench, datasets[0] ?? "", model)),
  };
}
