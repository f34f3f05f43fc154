import { resolve } from "node:path";
import { AlleleError, writeTextAtomic, type Json } from "../base/index.ts";
import { Check, type Dataset, type Task } from "../dataset/index.ts";
import { projectPath } from "./paths.ts";
import { distinctAnswers, listLabels } from "./rated-rollouts.ts";
import { resolveDataset } from "./references.ts";
import type { Workbench } from "./workbench.ts";

/** Checks that compare the answer with one right one. */
type LabelCheck = "equals" | "contains" | "token_f1";

export interface LabelExport {
  /** Lines of a tasks.jsonl: the labelled tasks, each with a check against the answer that people say is right. */
  readonly lines: readonly string[];
  readonly tasks: readonly string[];
  /** Tasks about which people do not agree; they are left out. */
  readonly disputed: readonly string[];
  /** Labelled tasks that the dataset does not have any more. */
  readonly gone: readonly string[];
}

/**
 * Turns labelled answers into checks. Everything else of a task stays as it is, its id included, so that the lines may take the place of
 * the old ones or stand in a dataset of their own. Throws `unknown-dataset`, `no-labels`, and what loading throws.
 */
export async function exportLabels(
  workbench: Workbench,
  reference: string,
  { check = "equals" }: { readonly check?: LabelCheck | undefined } = {},
): Promise<LabelExport> {
  const dataset = await resolveDataset(workbench, reference);
  const labelled = listLabels(workbench, { dataset: dataset.name }).filter(({ answers }) => answers.length > 0);
  if (labelled.length === 0) throw noLabels(dataset);
  const tasks = new Map(dataset.tasks.map((task) => [task.id, task]));
  const byTask = [...Map.groupBy(labelled, ({ task }) => task)].map(([id, rows]) => ({
    id,
    task: tasks.get(id),
    // Right is right, whichever rollout it was said of.
    answers: distinctAnswers(rows.flatMap(({ answers }) => answers)),
  }));
  const known = byTask.flatMap(({ task, answers }) => (task === undefined ? [] : [{ task, answers }]));
  const agreed = known.filter(({ answers }) => answers.length === 1);
  return {
    lines: agreed.map(({ task, answers }) => lineOf(task, check, answers[0] ?? "")),
    tasks: agreed.map(({ task }) => task.id),
    disputed: known.filter(({ answers }) => answers.length > 1).map(({ task }) => task.id),
    gone: byTask.filter(({ task }) => task === undefined).map(({ id }) => id),
  };
}

/** Writes the lines of an export; answers where. Throws `write-failed`. */
export function saveLabels(workbench: Workbench, { lines }: LabelExport, file: string): string {
  const path = resolve(workbench.root, file);
  writeTextAtomic(path, `${lines.join("\n")}\n`);
  return projectPath(workbench.root, path);
}

function lineOf({ id, input, tags, family, split, world }: Task, type: LabelCheck, value: string): string {
  const check = { type, value };
  // Whatever a dataset would refuse is refused here.
  Check.parse(check);
  const task: Record<string, Json | undefined> = {
    id,
    input,
    checks: [check],
    tags: [...new Set([...tags, "human-labelled"])],
    family,
    split,
    world,
  };
  return JSON.stringify(task);
}

function noLabels({ name }: Dataset): AlleleError {
  return new AlleleError({
    code: "no-labels",
    message: `nobody has said yet what a right answer to a task of ${name} is`,
    hint: 'Say it of a rollout: allele rate RUN TASK --answer "..."',
  });
}
