import { fitWords } from "./text-width.ts";
import type { Trace } from "../runtime/index.ts";

/** Of fewer tasks all may well have the same right answer. */
const FEWEST = 10;

/**
 * The answer that an agent gave to every task, at least ten of them, without calling a tool; undefined where there is none, or where a trace was not
 * kept. Reads no further than to the first trace that differs.
 */
export function oneAnswer(traces: Iterable<Pick<Trace, "answer" | "steps"> | undefined>): string | undefined {
  let first: string | undefined;
  let count = 0;
  for (const trace of traces) {
    if (trace === undefined || trace.steps.some(({ kind }) => kind === "tool")) return undefined;
    first ??= trace.answer.trim();
    if (trace.answer.trim() !== first) return undefined;
    count++;
  }
  return count < FEWEST ? undefined : first;
}

/** What has to be known of a score that one answer alone earns. */
export function oneAnswerWarning(name: string, answer: string, n: number): string {
  const told = answer === "" ? "no answer at all" : `the same answer, "${fitWords(answer, 60)}"`;
  return `Warning: to all ${n} tasks ${name} gave ${told}. Its score is what that alone earns: it does not tell one task from another.`;
}

interface Cautioned {
  readonly comparison: { readonly n: number; readonly b: { readonly oneAnswer?: string | undefined } } | undefined;
  readonly notes: readonly string[];
}

/** What a reader has to know before the figures of a run: that the finalist has one answer alone, and the notes there are. */
export function cautionsOf({ comparison, notes }: Cautioned): readonly string[] {
  const answer = comparison?.b.oneAnswer;
  if (comparison === undefined || answer === undefined) return notes;
  return [oneAnswerWarning("the finalist", answer, comparison.n), ...notes];
}
