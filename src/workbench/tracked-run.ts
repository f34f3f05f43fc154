import type { RunView } from "../report/index.ts";

/** A run as MLflow's tracking has it. */
export interface TrackedRun {
  readonly name: string;
  readonly status: "RUNNING" | "FINISHED" | "FAILED" | "KILLED";
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly params: readonly Pair[];
  readonly tags: readonly Pair[];
  readonly metrics: readonly Metric[];
}

interface Pair {
  readonly key: string;
  readonly value: string;
}
interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

/** Characters of a value that every server takes. */
const LONGEST = 500;
const statuses = { running: "RUNNING", interrupted: "KILLED", finished: "FINISHED", failed: "FAILED" } as const;

/**
 * What is asked, what came of it, and how the best validation score rose over rollouts. No prompt and no answer is among it: genomes go by their
 * ids. `figures` are those of the end, by name.
 */
export function trackedRun(view: RunView, figures: Readonly<Record<string, number | undefined>>): TrackedRun {
  const { asked, run, status, progress, rollouts } = view;
  const [start, end] = [Date.parse(asked.started), Date.parse(asked.updated)];
  const pair = (key: string, value: string | number): Pair => ({ key, value: String(value).slice(0, LONGEST) });
  const rising = progress.joined.map(({ rollouts: step, score }, place) => ({
    key: "validation_score",
    value: score,
    timestamp: start + place,
    step,
  }));
  const last = Object.entries(figures).flatMap(([key, value]): readonly Metric[] =>
    value === undefined || !Number.isFinite(value) ? [] : [{ key, value, timestamp: end, step: rollouts }],
  );
  return {
    name: run,
    status: statuses[status as keyof typeof statuses],
    start,
    end,
    params: [
      pair("dataset", view.dataset),
      pair("seed_genome", view.seed.genome),
      pair("seed_label", asked.seedLabel),
      pair("task_model", asked.taskModel),
      pair("reflection_model", asked.reflectionModel),
      pair("seed", view.seedNumber),
      ...Object.entries(asked.budget).map(([key, value]) => pair(`budget_${key}`, value)),
      ...Object.entries(asked.tasks).map(([key, value]) => pair(`tasks_${key}`, value)),
    ],
    tags: [
      pair("allele.run", run),
      pair("allele.winner", view.winner.genome),
      pair("allele.verdict", view.comparison?.verdict ?? "none"),
      pair("allele.simulated", String(view.simulated)),
      pair("mlflow.note.content", view.sentence),
      pair("mlflow.source.name", "allele"),
    ],
    metrics: [...rising, ...last],
  };
}
