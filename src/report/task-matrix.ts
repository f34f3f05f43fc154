import { PASS_MARK } from "./pass-mark.ts";

/** What is striking about a task. */
export type TaskMark =
  /** The seed failed it and the finalist passes. */
  | "fixed"
  /** The seed passed it and the finalist fails. */
  | "broken"
  /** The same genome passed it in one run and failed it in another. */
  | "flaky"
  /** Whoever was measured on it passes: it tells nobody from anybody. */
  | "saturated"
  /** Nobody who was measured on it passes. */
  | "unsolved";

export interface MatrixTask {
  readonly task: string;
  readonly split: "train" | "validation" | "test";
  readonly tags: readonly string[];
  readonly marks: readonly TaskMark[];
  /** Candidates that were scored on it, and how many of them passed. */
  readonly scored: number;
  readonly passed: number;
}

/** What every candidate of a run scored on every task. */
export interface TaskMatrix {
  /** Sealed test first, then validation, then train, each in the order in which they were first measured. */
  readonly tasks: readonly MatrixTask[];
  /** Positions in the pool, in their order. */
  readonly candidates: readonly number[];
  /** A row a candidate, a member a task: null where it was not measured, "failed" where the outside failed. */
  readonly scores: readonly (readonly (number | "failed" | null)[])[];
  /** Tasks of which more than one run by the seed or the finalist is known; of the others nobody knows whether they are flaky. */
  readonly repeated: number;
}

/** Scores of one candidate by task id; null where the outside failed. */
type CandidateScores = Readonly<Record<MatrixTask["split"], ReadonlyMap<string, number | null>>>;

export interface MatrixInputs {
  /** In the order of the pool, the seed first. */
  readonly candidates: readonly CandidateScores[];
  /** Position in the pool; undefined before there is one. */
  readonly finalist: number | undefined;
  readonly tagsOf: (task: string) => readonly string[];
  /** Scores of several runs of the same genome on a task, by task; more than one genome may be among them. */
  readonly repeats: ReadonlyMap<string, readonly (readonly number[])[]>;
}

const splits = ["test", "validation", "train"] as const;

/** At least so many candidates must have been measured on a task before it is called saturated or unsolved. */
const ENOUGH = 2;

/** Lays out who scored what, and marks the tasks that are striking. */
export function taskMatrix({ candidates, finalist, tagsOf, repeats }: MatrixInputs): TaskMatrix {
  const columns = splits.flatMap((split) => {
    const ids = new Set(candidates.flatMap((candidate) => [...candidate[split].keys()]));
    return [...ids].map((task) => ({ task, split }));
  });
  const scores = candidates.map((candidate) =>
    columns.map(({ task, split }) => {
      const score = candidate[split].get(task);
      return score === undefined ? null : (score ?? "failed");
    }),
  );
  const seedRow = scores[0];
  const finalRow = finalist === undefined ? undefined : scores[finalist];
  const tasks = columns.map(({ task, split }, column): MatrixTask => {
    const known = scores.map((row) => row[column]).filter((score) => typeof score === "number");
    const passed = known.filter((score) => score >= PASS_MARK).length;
    const marks = marksOf({
      before: seedRow?.[column],
      after: finalRow?.[column],
      scored: known.length,
      passed,
      repeats: repeats.get(task) ?? [],
    });
    return { task, split, tags: tagsOf(task), marks, scored: known.length, passed };
  });
  const repeated = columns.filter(({ task }) => repeats.get(task)?.some((runs) => runs.length > 1)).length;
  return { tasks, candidates: candidates.map((_, index) => index), scores, repeated };
}

function marksOf(facts: {
  readonly before: number | "failed" | null | undefined;
  readonly after: number | "failed" | null | undefined;
  readonly scored: number;
  readonly passed: number;
  readonly repeats: readonly (readonly number[])[];
}): readonly TaskMark[] {
  const { before, after, scored, passed, repeats } = facts;
  const marks: TaskMark[] = [];
  if (typeof before === "number" && typeof after === "number") {
    if (before < PASS_MARK && after >= PASS_MARK) marks.push("fixed");
    if (before >= PASS_MARK && after < PASS_MARK) marks.push("broken");
  }
  const isFlaky = repeats.some(
    (runs) => runs.some((score) => score >= PASS_MARK) && runs.some((score) => score < PASS_MARK),
  );
  if (isFlaky) marks.push("flaky");
  if (scored >= ENOUGH && passed === scored) marks.push("saturated");
  if (scored >= ENOUGH && passed === 0) marks.push("unsolved");
  return marks;
}
