import { tasksOf, type SplitName, type Task } from "../dataset/index.ts";
import { makeProgress, summarize, type Rollout, type Summary } from "../evaluate/index.ts";
import { checkAgainstTools } from "../genome/index.ts";
import { modelIdentity } from "../providers/index.ts";
import {
  calibrationSentence,
  formatCount,
  formatEstimate,
  formatMoney,
  formatScore,
  liveEvaluationLine,
  liveEvaluationLines,
  renderText,
  shortId,
  type Block,
  type Look,
  type RunReport,
} from "../report/index.ts";
import { judgeOfTasks } from "./judge-calibration.ts";
import { openLaboratory, type OpenLaboratory } from "./laboratory.ts";
import { resolveDataset, resolveGenome, type NamedGenome } from "./references.ts";
import { startTelemetry, type TelemetryOptions } from "./telemetry.ts";
import type { Workbench } from "./workbench.ts";

export interface BatchOptions {
  readonly split: SplitName;
  readonly repeats: number;
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once, with how to look at the batch while it goes on. */
  readonly onLive?: ((look: Look) => void) | undefined;
}

interface EvaluateRequest extends BatchOptions {
  readonly genome: string;
  readonly dataset: string;
  readonly concurrency?: number | undefined;
  readonly telemetry?: TelemetryOptions | undefined;
}

interface Evaluation extends Summary {
  readonly genome: string;
  readonly label: string;
  readonly dataset: string;
  readonly split: SplitName;
  readonly model: string;
  readonly simulated: boolean;
  /** Where a model has a say in the scores: who it is, and how far it agrees with people. */
  readonly judge?: RunReport["judge"];
}

/** Scores one genome on a batch of tasks. Measuring on the test split is recorded as an opening. */
export async function evaluateGenome(workbench: Workbench, request: EvaluateRequest): Promise<Evaluation> {
  const named = resolveGenome(workbench, request.genome);
  const dataset = await resolveDataset(workbench, request.dataset);
  const model = workbench.config.models.task;
  const telemetry = startTelemetry(workbench, request.telemetry, { dataset: dataset.name, model });
  const laboratory = await openLaboratory(workbench, {
    dataset,
    model,
    limits: workbench.config.limits,
    concurrency: request.concurrency ?? workbench.config.concurrency,
    watch: telemetry?.watch,
  });
  const { rollouts, tasks } = await measure(workbench, laboratory, [named], request, `evaluate ${named.label}`).catch(
    async (error: unknown) => {
      await telemetry?.finish();
      throw error;
    },
  );
  const summary = summarize(rollouts[0] ?? [], tasks);
  const { n, score, rollouts: count, errors: failed_rollouts, tokens, usd } = summary;
  await telemetry?.finish(() => ({ rollouts: count, failed_rollouts, tokens, usd, ...(n > 0 && { score }) }));
  const judge = judgeOfTasks(workbench, dataset.name, tasks);
  return {
    ...summary,
    genome: named.id,
    label: named.label,
    dataset: dataset.name,
    split: request.split,
    model: modelIdentity(model),
    simulated: model.kind === "simulated",
    ...(judge !== undefined && { judge }),
  };
}

/** Measures several genomes on the same tasks. The first member of `rollouts` belongs to the first genome, and so on. */
export async function measure(
  workbench: Workbench,
  laboratory: OpenLaboratory,
  genomes: readonly NamedGenome[],
  options: BatchOptions,
  purpose: string,
): Promise<{ readonly rollouts: readonly (readonly Rollout[])[]; readonly tasks: readonly Task[] }> {
  const { dataset, evaluator, tools } = laboratory;
  const tasks = tasksOf(dataset, options.split).slice(0, options.limit);
  for (const { genome } of genomes) checkAgainstTools(genome, tools?.tools.map((tool) => tool.name) ?? []);
  const { store, clock } = workbench;
  for (const { id, genome } of genomes) store.genomes.put(id, genome, clock.now());
  if (options.split === "test") {
    store.testOpenings.append({
      dataset: dataset.name,
      genomes: genomes.map(({ id }) => id),
      purpose,
      at: clock.now(),
    });
  }
  const progress = makeProgress(tasks.length * options.repeats * genomes.length, clock);
  const view = { title: `${purpose} on ${dataset.name}/${options.split}`, since: clock.now() };
  options.onLive?.({
    lines: (width, paint) => liveEvaluationLines({ ...view, ...progress.now() }, width, clock.now(), paint),
    line: () => liveEvaluationLine({ ...view, ...progress.now() }),
  });
  const rollouts: Rollout[][] = [];
  for (const { genome } of genomes) {
    const scored: Rollout[] = [];
    for (let repeat = 0; repeat < options.repeats; repeat++) {
      const batch = await evaluator.evaluate(genome, tasks, {
        repeat,
        signal: options.signal,
        onRollout: progress.add,
      });
      scored.push(...batch);
    }
    rollouts.push(scored);
  }
  return { rollouts, tasks };
}

/** The promised `--json` shape of `evaluate`. */
export function evaluationJson(evaluation: Evaluation): Record<string, unknown> {
  const { byTag, ...rest } = evaluation;
  return { ...rest, by_tag: byTag };
}

export function renderEvaluation(evaluation: Evaluation, width?: number): string {
  const { n, score, interval, errors } = evaluation;
  const blocks: Block[] = [
    { kind: "paragraph", text: `score ${formatEstimate({ n, score, interval })}` },
    {
      kind: "table",
      head: ["tag", "n", "score"],
      rows: Object.entries(evaluation.byTag).map(([tag, row]) => [tag, row.n, formatScore(row.score)]),
      right: [1, 2],
    },
    {
      kind: "list",
      items: [
        `genome ${shortId(evaluation.genome)}, model ${evaluation.model}`,
        `${evaluation.rollouts} rollouts, ${formatCount(evaluation.tokens)} tokens, ${formatMoney(evaluation.usd)}`,
        ...(errors > 0 ? [`${errors} rollouts failed outside and are in no score`] : []),
        ...(evaluation.judge === undefined
          ? []
          : [calibrationSentence(evaluation.judge.model, evaluation.judge.calibrations)]),
        ...(evaluation.simulated ? ["these figures come from the simulated model"] : []),
      ],
    },
  ];
  return renderText(`${evaluation.label} on ${evaluation.dataset}/${evaluation.split}`, blocks, width);
}
