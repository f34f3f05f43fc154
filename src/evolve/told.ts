import { AlleleError } from "../base/index.ts";
import type { Rollout, Scored } from "../evaluate/index.ts";

/** What came of a task: a score with feedback, or why there is none. */
export type Told =
  | {
      /** In [0, 1]. */
      readonly score: number;
      /** What was wrong, a sentence each; operators that reflect read it. */
      readonly feedback?: readonly string[] | undefined;
      /** What the genome made of the task; operators that show worked examples read it. */
      readonly answer?: string | undefined;
      /** What it used; nothing where left out. Counts against budgets in tokens and US dollars. */
      readonly usage?: Partial<Scored["usage"]> | undefined;
    }
  /** The outside failed: no score, never counted as a wrong answer. */
  | { readonly failed: string };

/**
 * What was told of tasks, as rollouts in the order of the tasks. Throws AlleleError: `told-incomplete` when a task is missing or was not
 * asked for, `score-out-of-range`, `told-form` for anything else that is not as `Told` says.
 */
export function rolloutsOf(
  tasks: readonly string[],
  results: Readonly<Record<string, Told>>,
  repeat: number,
): readonly Rollout[] {
  const stray = Object.keys(results).find((task) => !tasks.includes(task));
  if (stray !== undefined) throw incomplete(`task ${stray} was not asked for`);
  return tasks.map((task) => {
    const told = Object.hasOwn(results, task) ? results[task] : undefined;
    if (told === undefined || told === null) throw incomplete(`nothing is told of task ${task}`);
    return rolloutOf(task, told, repeat);
  });
}

function rolloutOf(task: string, told: Told, repeat: number): Rollout {
  if (typeof told !== "object") throw malformed(task, "a result must be an object");
  if ("failed" in told) {
    if (typeof told.failed !== "string") throw malformed(task, "failed must be a text that says why");
    return { state: "failed", task, repeat, reason: told.failed, code: "told-failed", usage: unused };
  }
  const { score, feedback = [], answer = "" } = told;
  const usage = { ...unused, ...told.usage };
  if (!(typeof score === "number" && score >= 0 && score <= 1)) throw outOfRange(task, score);
  if (!(Array.isArray(feedback) && feedback.every((line) => typeof line === "string")))
    throw malformed(task, "feedback must be a list of texts");
  if (typeof answer !== "string") throw malformed(task, "answer must be a text");
  if (!Object.values(usage).every((amount) => Number.isFinite(amount) && amount >= 0))
    throw malformed(task, "usage must be of numbers from 0 up");
  const trace = { steps: [], answer, stop: "answered" as const, usage };
  return { state: "scored", task, repeat, score, objectives: {}, feedback, usage, trace };
}

const unused = { modelCalls: 0, inputTokens: 0, outputTokens: 0, usd: 0, milliseconds: 0 };

function incomplete(what: string): AlleleError {
  return new AlleleError({
    code: "told-incomplete",
    message: what,
    hint: "Tell one result for each task of the ask and for no other, by the id of the task; { failed } where there is no score.",
  });
}

function outOfRange(task: string, score: unknown): AlleleError {
  return new AlleleError({
    code: "score-out-of-range",
    message: `task ${task} was told the score ${String(score)}, which is not a number from 0 to 1`,
    hint: "Bring scores into the range from 0 to 1, or tell { failed } where there is none.",
  });
}

function malformed(task: string, what: string): AlleleError {
  return new AlleleError({
    code: "told-form",
    message: `of task ${task}: ${what}`,
    hint: "Tell { score, feedback, answer, usage } or { failed }.",
  });
}
