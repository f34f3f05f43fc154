import { canonicalJson, clippedText } from "../base/index.ts";
import type { Scored } from "../evaluate/index.ts";
import type { Trace, TraceStep } from "../runtime/index.ts";

/** A step of a rollout, as reports show it. Texts are cut, with the length that is missing stated. */
export interface StepView {
  readonly kind: "plan" | "thought" | "tool" | "answer" | "end";
  /** The tool's name; empty otherwise. */
  readonly name: string;
  /** Arguments of a tool call, else what was said. */
  readonly text: string;
  /** What a tool answered. */
  readonly result?: string | undefined;
  readonly ok: boolean;
}

/** What happened in one rollout. */
export interface TraceView {
  readonly genome: string;
  readonly score: number;
  /** One sentence a check that was not met. */
  readonly feedback: readonly string[];
  readonly steps: readonly StepView[];
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
  readonly milliseconds: number;
}

/** The same task by two genomes. */
export interface TracePair {
  readonly task: string;
  /** What was asked; undefined where the dataset is gone. */
  readonly input?: string | undefined;
  readonly a: TraceView | undefined;
  readonly b: TraceView | undefined;
  /** Position of the first step that differs; undefined when none does or one side is missing. */
  readonly parting: number | undefined;
}

const MOST_STEPS = 60;
const MOST_TEXT = 1500;

export function traceView(
  genome: string,
  { score, feedback, usage, trace }: Omit<Scored, "state" | "task" | "repeat" | "objectives">,
): TraceView {
  return {
    genome,
    score,
    feedback: feedback.slice(0, 20).map((sentence) => clippedText(sentence, 500)),
    steps: stepsOf(trace),
    calls: usage.modelCalls,
    tokens: usage.inputTokens + usage.outputTokens,
    usd: usage.usd,
    milliseconds: usage.milliseconds,
  };
}

export function tracePair(
  task: string,
  input: string | undefined,
  a: TraceView | undefined,
  b: TraceView | undefined,
): TracePair {
  return {
    task,
    input: input === undefined ? undefined : clippedText(input, MOST_TEXT),
    a,
    b,
    parting: a === undefined || b === undefined ? undefined : firstDifference(a.steps, b.steps),
  };
}

function firstDifference(a: readonly StepView[], b: readonly StepView[]): number | undefined {
  const longest = Math.max(a.length, b.length);
  for (let index = 0; index < longest; index++) {
    if (canonicalJson(a[index] ?? null) !== canonicalJson(b[index] ?? null)) return index;
  }
  return undefined;
}

/** The model's last word is the answer and not told twice. */
function stepsOf({ steps, answer, stop }: Trace): readonly StepView[] {
  const told = steps.flatMap(stepOf);
  const shown = told.slice(0, MOST_STEPS);
  const more = told.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [said("end", `${more} more steps`)] : []),
    ...(stop === "answered" ? [] : [said("end", `ended by the ${stop.replace("-", " ")}`)]),
    said("answer", answer.trim() === "" ? "(none)" : answer.trim()),
  ];
}

function stepOf(step: TraceStep): readonly StepView[] {
  switch (step.kind) {
    case "plan":
      return [said("plan", step.content.trim())];
    case "model":
      return step.calls === 0 || step.content.trim() === "" ? [] : [said("thought", step.content.trim())];
    case "tool":
      return [
        {
          kind: "tool",
          name: clippedText(step.name, 100),
          text: clippedText(canonicalJson(step.arguments), MOST_TEXT),
          result: clippedText(step.result.trim(), MOST_TEXT),
          ok: step.ok,
        },
      ];
  }
}

function said(kind: StepView["kind"], text: string): StepView {
  return { kind, name: "", text: clippedText(text, MOST_TEXT), ok: true };
}
