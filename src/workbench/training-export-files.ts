import { resolve } from "node:path";
import { writeTextAtomic } from "../base/index.ts";
import { projectPath } from "./paths.ts";
import type { TrainingExport } from "./training-export.ts";
import type { Workbench } from "./workbench.ts";

/** Writes the lines, and beside them what they are, whose, and what each was made of; answers both paths. Throws `write-failed`. */
export function saveTraining(workbench: Workbench, made: TrainingExport, file: string): readonly string[] {
  const path = resolve(workbench.root, file);
  const about = `${path}.about.json`;
  writeTextAtomic(path, `${made.lines.join("\n")}\n`);
  writeTextAtomic(about, `${JSON.stringify(aboutTraining(made, workbench.clock.now()), null, 2)}\n`);
  return [path, about].map((one) => projectPath(workbench.root, one));
}

/** Where the data come from, under which licence they stand, and line by line whose rollouts they are. */
function aboutTraining(made: TrainingExport, now: number): Record<string, unknown> {
  const { dataset, label, genomes } = made.source;
  return {
    allele: "export/1",
    format: made.format,
    at: new Date(now).toISOString(),
    from: label,
    genomes,
    model: made.model,
    simulated: made.simulated,
    dataset: {
      name: dataset.name,
      description: dataset.description,
      licence: dataset.licence,
      source: dataset.source ?? null,
    },
    by_split: bySplit(made),
    holds_sealed_test: (bySplit(made)["test"] ?? 0) > 0,
    left_out: made.without,
    lines: made.origins,
  };
}

/** How many lines are of tasks of each split. */
function bySplit({ origins }: TrainingExport): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(origins, ({ split }) => split)].map(([name, rows]) => [name, rows.length]));
}

/** What somebody should know who uses the lines. */
export function renderTraining(made: TrainingExport): string {
  const { dataset } = made.source;
  const tasks = new Set(made.origins.map(({ task }) => task)).size;
  const people = made.origins.filter(({ chosen, rejected }) => [chosen.by, rejected?.by].includes("people")).length;
  const splits = Object.entries(bySplit(made)).map(([split, count]) => `${split} ${count}`);
  const left = Object.entries(made.without).filter(([, count]) => count > 0);
  return [
    `${made.lines.length} ${made.format === "sft" ? "examples" : "pairs"} of ${tasks} tasks of ${dataset.name}, from ${made.rollouts} rollouts${splits.length > 0 ? ` (${splits.join(", ")})` : ""}`,
    ...(people > 0 ? [`${people} rest on the word of people, the others on checks`] : []),
    ...(left.length > 0
      ? [`tasks without a line: ${left.map(([why, count]) => `${count} ${whys[why as keyof typeof whys]}`).join(", ")}`]
      : []),
    `licence ${dataset.licence}; source: ${dataset.source ?? "not stated"}`,
    ...(made.simulated
      ? ["the answers are those of the simulated model: good for trying a pipeline, not for training"]
      : []),
    ...(made.splits.includes("test")
      ? [
          "the sealed test is in these data, which is recorded: a model trained on them cannot be measured by it any more",
        ]
      : made.splits.includes("validation")
        ? ["validation tasks are in these data: with a model trained on them, only the sealed test still tells"]
        : []),
  ].join("\n");
}

const whys: Readonly<Record<keyof TrainingExport["without"], string>> = {
  "no-example": "without a good enough answer",
  "no-pair": "without two different answers far enough apart",
  "too-long": "longer than --longest",
  "several-turns": "of several turns, which this format cannot hold",
};
