import { tasksOf, type Dataset, type SplitName } from "../dataset/index.ts";
import { formatScore, renderText, type Block } from "../report/index.ts";
import { pairedPlan, type PairedPlan } from "../statistics/index.ts";
import { datasetOfBoth } from "./comparison.ts";
import { measuredReader } from "./measured-reader.ts";
import { hasStore } from "./paths.ts";
import { resolveGenome, type NamedGenome } from "./references.ts";
import type { Workbench } from "./workbench.ts";

interface PlanRequest {
  readonly a: string;
  readonly b: string;
  readonly dataset?: string | undefined;
  readonly split: SplitName;
  readonly effect: number;
  readonly power: number;
}

interface ComparisonPlan extends PairedPlan, Pick<PlanRequest, "split" | "effect" | "power"> {
  readonly a: NamedGenome;
  readonly b: NamedGenome;
  readonly dataset: string;
  /** Tasks of the split. */
  readonly tasks: number;
  /** Whether tasks of the split share families, which the plan takes for independent and a comparison does not. */
  readonly hasFamilies: boolean;
}

/** How many tasks or repeats would tell a difference of the wanted size. Runs nothing: the spread is what was measured before, or assumed. */
export async function planComparison(workbench: Workbench, request: PlanRequest): Promise<ComparisonPlan> {
  const a = resolveGenome(workbench, request.a);
  const b = resolveGenome(workbench, request.b);
  const dataset = await datasetOfBoth(workbench, a, b, request.dataset);
  const { split, effect, power } = request;
  const all = tasksOf(dataset, split);
  const tasks = all.length;
  const families = all.flatMap(({ family }) => family ?? []);
  const hasFamilies = new Set(families).size < families.length;
  const differences = await measuredDifferences(workbench, dataset, split, a, b);
  return {
    ...pairedPlan(differences, { effect, power, tasks }),
    a,
    b,
    dataset: dataset.name,
    split,
    effect,
    power,
    tasks,
    hasFamilies,
  };
}

/** For each task, B - A of every repeat that both sides scored with the model and limits of the present configuration. */
async function measuredDifferences(
  workbench: Workbench,
  dataset: Dataset,
  split: SplitName,
  a: NamedGenome,
  b: NamedGenome,
): Promise<readonly (readonly number[])[]> {
  if (!hasStore(workbench)) return [];
  const read = await measuredReader(workbench, dataset);
  return tasksOf(dataset, split).map((task) => {
    const found: number[] = [];
    for (let repeat = 0; ; repeat++) {
      const [before, after] = [read(a.id, task, repeat), read(b.id, task, repeat)];
      if (before === undefined || after === undefined) return found;
      found.push(after.score - before.score);
    }
  });
}

/** The `--json` shape of `compare --plan`. */
export function comparisonPlanJson(plan: ComparisonPlan): Record<string, unknown> {
  const { a, b, needed, repeats, repeatsMeasured, powerNow, detectable, hasFamilies, ...rest } = plan;
  return {
    a: a.id,
    b: b.id,
    ...rest,
    needed,
    has_families: hasFamilies,
    repeats: repeats ?? null,
    repeats_measured: repeatsMeasured,
    power_now: powerNow,
    detectable: detectable ?? null,
  };
}

export function renderComparisonPlan(plan: ComparisonPlan): string {
  const { a, b, dataset, split, effect, power, tasks, needed, powerNow, detectable } = plan;
  const wanted = `a difference of ${formatScore(effect)}`;
  const here = `The ${tasks} tasks of ${dataset}/${split}, each run once, find ${wanted} with probability ${powerNow.toFixed(2)}`;
  const blocks: Block[] = [
    {
      kind: "paragraph",
      text: `To find ${wanted} with probability ${power} (two-sided test at 5 %): ${needed} tasks, each run once by both.`,
    },
    {
      kind: "list",
      items: [
        detectable === undefined
          ? `${here}, and no difference with probability ${power}.`
          : `${here}, and ${formatScore(detectable)} with probability ${power}.`,
        repeatsSentence(plan),
        spreadSentence(plan),
        ...(plan.hasFamilies ? [FAMILIES] : []),
      ],
    },
  ];
  return renderText(`Plan: ${a.label} (A) and ${b.label} (B) on ${dataset}/${split}`, blocks);
}

const FAMILIES =
  "Tasks share families here. The plan takes tasks for independent, a comparison takes families: more may be needed.";

function repeatsSentence({ tasks, needed, repeats, repeatsMeasured }: ComparisonPlan): string {
  if (needed <= tasks) return "They are enough: no repeats are needed.";
  const unknown = "how much of the spread is noise of the runs is not known: measure both once with --repeats 2";
  if (repeats === undefined) {
    return repeatsMeasured
      ? "No number of repeats makes them enough: the difference itself varies too much from task to task."
      : "No number of repeats makes them enough: they are too few.";
  }
  return repeatsMeasured
    ? `Or ${repeats} runs of each of them by both (--repeats ${repeats}).`
    : `Or at least ${repeats} runs of each of them by both (--repeats ${repeats}); ${unknown}.`;
}

function spreadSentence({ basis, measured, deviation }: ComparisonPlan): string {
  const spread = `standard deviation ${deviation.toFixed(3)} of the difference on a task`;
  if (basis === "assumed") {
    return `Assumed, since A and B have not both been measured here: ${spread}, as if one task in four came out differently.`;
  }
  const runs = measured.runs === 1 ? "one run" : `${Number(measured.runs.toFixed(1))} runs`;
  return `Measured on ${measured.tasks} tasks, ${runs} by both: ${spread}.`;
}
