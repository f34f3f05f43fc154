import { AlleleError, didYouMean, writeTextAtomic } from "../base/index.ts";
import { resolve } from "node:path";
import type { Task } from "../dataset/index.ts";
import type { Rollout, Scored } from "../evaluate/index.ts";
import { modelIdentity } from "../providers/index.ts";
import {
  comparisonJson,
  comparisonPage,
  comparisonViewBlocks,
  compareRollouts,
  renderMarkdown,
  renderText,
  tracePair,
  traceView,
  verdictAt,
  type Comparison,
  type ComparisonView,
  type Look,
  type TracePair,
} from "../report/index.ts";
import { holm } from "../statistics/index.ts";
import { datasetOfBoth, type CompareRequest } from "./comparison.ts";
import { measure } from "./evaluation.ts";
import { judgeOfTasks } from "./judge-calibration.ts";
import { openLaboratory } from "./laboratory.ts";
import { projectPath } from "./paths.ts";
import { resolveGenome, type NamedGenome } from "./references.ts";
import type { Workbench } from "./workbench.ts";

interface SeveralRequest extends Omit<CompareRequest, "b"> {
  /** What wants A's place. */
  readonly bs: readonly string[];
  /** Traces of tasks that flipped. */
  readonly traces?: boolean | undefined;
  /** Traces of these tasks. */
  readonly tasks?: readonly string[] | undefined;
  readonly onLive?: ((look: Look) => void) | undefined;
}

/**
 * Is one of several better than A? All on the same tasks, each measured once; p values are corrected for the number of challengers (Holm), and
 * a verdict that does not stand the correction becomes `cannot-tell`. Throws what naming and measuring throw, and `unknown-task`.
 */
export async function compareSeveral(workbench: Workbench, request: SeveralRequest): Promise<ComparisonView> {
  const a = resolveGenome(workbench, request.a);
  const bs = request.bs.map((reference) => resolveGenome(workbench, reference));
  const named = bs.findLast(({ dataset }) => dataset !== undefined) ?? a;
  const dataset = await datasetOfBoth(workbench, a, named, request.dataset);
  const model = workbench.config.models.task;
  const { limits } = workbench.config;
  const concurrency = request.concurrency ?? workbench.config.concurrency;
  const laboratory = await openLaboratory(workbench, { dataset, model, limits, concurrency });
  const asked = request.tasks ?? [];
  requireTasks(asked, dataset.tasks, request.split);
  const purpose = `compare ${[a, ...bs].map(({ label }) => label).join(" ")}`;
  const { rollouts, tasks } = await measure(workbench, laboratory, [a, ...bs], request, purpose);
  const facts = new Map(tasks.map((task) => [task.id, task]));
  const [ofA = [], ...others] = rollouts;
  const comparisons = others.map((ofB) => compareRollouts(ofA, ofB, facts));
  const corrected = holm(comparisons.map(({ p }) => p));
  return {
    a: { id: a.id, label: a.label },
    challenges: comparisons.map((raw, index) => {
      const p = corrected[index] ?? raw.p;
      const comparison = { ...raw, p, verdict: verdictAt(raw.verdict, p) };
      const b = bs[index] as NamedGenome;
      const chosen = asked.length > 0 ? asked : request.traces === true ? flipped(comparison) : [];
      return {
        b: { id: b.id, label: b.label },
        comparison,
        traces: chosen.map((task) => pairOf(facts.get(task), task, [a.id, ofA], [b.id, others[index] ?? []])),
      };
    }),
    dataset: dataset.name,
    split: request.split,
    model: modelIdentity(model),
    simulated: model.kind === "simulated",
    judge: judgeOfTasks(workbench, dataset.name, tasks),
  };
}

const MOST_TRACES = 12;

/** Broken tasks first: they are what to look at. */
function flipped({ broken, fixed }: Comparison): readonly string[] {
  return [...broken.slice(0, MOST_TRACES / 2), ...fixed.slice(0, MOST_TRACES / 2)];
}

function pairOf(
  task: Task | undefined,
  id: string,
  a: readonly [string, readonly Rollout[]],
  b: readonly [string, readonly Rollout[]],
): TracePair {
  const view = ([genome, rollouts]: typeof a) => {
    const found = rollouts.find((rollout): rollout is Scored => rollout.state === "scored" && rollout.task === id);
    return found === undefined ? undefined : traceView(genome, found);
  };
  return tracePair(id, task?.input, view(a), view(b));
}

function requireTasks(asked: readonly string[], tasks: readonly Task[], split: string): void {
  const known = tasks.filter((task) => task.split === split).map(({ id }) => id);
  const unknown = asked.find((task) => !known.includes(task));
  if (unknown === undefined) return;
  throw new AlleleError({
    code: "unknown-task",
    message: `no task "${unknown}" in the ${split} split${didYouMean(unknown, known)}`,
    hint: "Name a task of the split that is compared on; --split chooses it.",
  });
}

/** The promised `--json` shape of `compare`: of the only challenger; of several, of the first, and all of them as `challengers`. */
export function comparisonViewJson(view: ComparisonView): Record<string, unknown> {
  const { a, challenges, dataset, split, model, simulated, judge } = view;
  const rows = challenges.map(({ b, comparison, traces }) => ({
    label: b.label,
    ...comparisonJson(comparison, a.id, b.id),
    ...(traces.length > 0 && { traces }),
  }));
  const { label: _, ...first } = rows[0] ?? { label: "" };
  return {
    ...first,
    ...(rows.length > 1 && { challengers: rows }),
    dataset,
    split,
    model,
    simulated,
    ...(judge !== undefined && { judge }),
  };
}

export function renderComparisonView(view: ComparisonView, width?: number): string {
  return renderText(titleOf(view), comparisonViewBlocks(view), width);
}

/** Writes a comparison for the browser or as Markdown. Answers the path written. Throws `write-failed`. */
export function writeComparison(workbench: Workbench, view: ComparisonView, file: string, form: "html" | "md"): string {
  const path = resolve(workbench.root, file);
  writeTextAtomic(
    path,
    form === "html" ? comparisonPage(view) : renderMarkdown(titleOf(view), comparisonViewBlocks(view)),
  );
  return projectPath(workbench.root, path);
}

function titleOf({ a, challenges, dataset, split }: ComparisonView): string {
  const [only] = challenges;
  return only !== undefined && challenges.length === 1
    ? `${a.label} (A) and ${only.b.label} (B) on ${dataset}/${split}`
    : `${challenges.length} against ${a.label} on ${dataset}/${split}`;
}
