import { AlleleError, makeEventBus } from "../base/index.ts";
import { makeProgress, type Evaluator, type Rollout } from "../evaluate/index.ts";
import { measureHeadroom, type Headroom } from "../evolve/index.ts";
import { genomeId, type Genome } from "../genome/index.ts";
import { modelIdentity } from "../providers/index.ts";
import {
  formatCount,
  formatDifference,
  formatEstimate,
  formatMoney,
  formatScore,
  liveEvaluationLine,
  liveEvaluationLines,
  renderText,
  verdictSentence,
  type Block,
  type Look,
} from "../report/index.ts";
import { openStore } from "../store/index.ts";
import { datasetOf, inputsOf } from "./run-inputs.ts";
import type { RunOptions } from "./run-options.ts";
import { resolveOptions, type EvolveRequest } from "./run-request.ts";
import { seedInHand } from "./run-seed.ts";
import { startTelemetry } from "./telemetry.ts";
import type { Workbench } from "./workbench.ts";

/** Rollouts of search that find most large gains (docs/benchmarks/landscape-headroom.md). */
export const SMALL_RUN = 400;

/** What a pre-test needs besides what the run itself would be started with. */
interface HeadroomRequest extends EvolveRequest {
  /** Rollouts of search of the run in small; `SMALL_RUN` where nothing is said. */
  readonly headroom?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once, with how to look at the pre-test while it goes on. */
  readonly onLive?: ((look: Look) => void) | undefined;
}

interface HeadroomReport extends Headroom {
  readonly label: string;
  readonly dataset: string;
  readonly model: string;
  readonly simulated: boolean;
  /** Rollouts that were run now and not read back. */
  readonly paid: number;
}

/**
 * Runs a run in small and says whether the run is worth starting. It leaves nothing in the store but rollouts, which the run then does not pay again;
 * the budget of the request is that of the run, of which tokens, money and minutes bound the pre-test too. Throws `headroom-seed`,
 * `headroom-proposer`, `telemetry-target`, and what `startRun` and `continueRun` throw.
 */
export async function testHeadroom(workbench: Workbench, request: HeadroomRequest): Promise<HeadroomReport> {
  requireMeasurable(request);
  const { headroom: rollouts = SMALL_RUN } = request;
  const seed = await seedInHand(workbench, request);
  const frozen = await resolveOptions(workbench, request, seed);
  const dataset = await datasetOf(workbench, frozen);
  const { clock } = workbench;
  const total = rollouts + 2 * Math.floor(dataset.tasks.filter((t) => t.split === "validation").length / 2);
  const progress = makeProgress(total, clock);
  const view = { title: `headroom of ${seed.label} on ${dataset.name}`, since: clock.now() };
  request.onLive?.({
    lines: (width, paint) => liveEvaluationLines({ ...view, ...progress.now() }, width, clock.now(), paint),
    line: () => liveEvaluationLine({ ...view, ...progress.now() }),
  });
  const run = "headroom";
  const concurrency = request.concurrency ?? frozen.evolve.concurrency;
  const telemetry = startTelemetry(workbench, request.telemetry, { dataset: dataset.name, model: frozen.task });
  const inputs = await inputsOf(workbench, run, {
    frozen,
    seedGenome: seed.genome,
    dataset,
    concurrency,
    tell: undefined,
    stopRequested: () => false,
    watch: telemetry?.watch,
  });
  const store = openStore(":memory:");
  let figures: ReturnType<typeof headroomFigures> = {};
  try {
    store.runs.create({ id: run, options: {}, createdAt: clock.now() });
    let paid = 0;
    const known = new Set<string>();
    const evaluator = heard(inputs.evaluator, (genome, rollout, reused) => {
      const key = `${genomeId(genome)} ${rollout.task}`;
      // What the run in small has asked for before is none of its rollouts.
      if (!known.has(key)) progress.add(rollout, reused);
      known.add(key);
      if (!reused) paid += 1;
    });
    const { signal } = request;
    const found = await measureHeadroom({ ...inputs, evaluator, store, bus: makeEventBus(), signal }, rollouts);
    figures = headroomFigures(found, paid);
    return { ...found, paid, ...namesOf(frozen) };
  } finally {
    store.close();
    await telemetry?.finish(() => figures);
  }
}

/** The figures of a pre-test that trackers show, by name. They are not those of a run: what is measured here is measured on validation. */
function headroomFigures({ room, provable, small }: Headroom, paid: number): Record<string, number | undefined> {
  const { outcome, rollouts, tokens, usd } = small;
  return {
    rollouts,
    paid_rollouts: paid,
    tokens,
    usd,
    headroom_room: room,
    headroom_provable: provable,
    headroom_seed_score: outcome?.seedTest?.score,
    headroom_difference: outcome?.difference,
    headroom_difference_low: outcome?.interval[0],
    headroom_difference_high: outcome?.interval[1],
    headroom_p: outcome?.p,
  };
}

function namesOf({
  seedLabel,
  datasetName,
  task,
}: RunOptions): Pick<HeadroomReport, "label" | "dataset" | "model" | "simulated"> {
  return { label: seedLabel, dataset: datasetName, model: modelIdentity(task), simulated: task.kind === "simulated" };
}

function heard(evaluator: Evaluator, hear: (genome: Genome, rollout: Rollout, reused: boolean) => void): Evaluator {
  return {
    evaluate: (genome, tasks, options = {}) =>
      evaluator.evaluate(genome, tasks, {
        ...options,
        onRollout: (rollout, reused) => {
          hear(genome, rollout, reused);
          options.onRollout?.(rollout, reused);
        },
      }),
  };
}

function requireMeasurable({ describe, proposer }: HeadroomRequest): void {
  if (describe !== undefined) {
    throw new AlleleError({
      code: "headroom-seed",
      message: "--headroom needs a seed that is there: one that is only described would be written anew for the run",
      hint: "Write it first with `allele genome create NAME --describe TEXT`, then give it with --genome.",
    });
  }
  if (proposer !== "files") return;
  throw new AlleleError({
    code: "headroom-proposer",
    message: "--headroom cannot wait for proposals by files: its changes would be made for nothing",
    hint: "Start the run itself; what was proposed there is kept.",
  });
}

/** The answer in a sentence. */
export function headroomSentence({ verdict, small, room, provable }: HeadroomReport): string {
  if (small.outcome === undefined)
    return "Interrupted before there was an answer. Rollouts are kept; run the same again.";
  if (verdict === "yes") return "Worth running: a run in small found something better.";
  if (verdict === "no") {
    return provable === undefined
      ? "Not worth running as it is: so small a sealed test proves no gain of any size."
      : `Not worth running as it is: the seed leaves room for ${formatScore(room ?? 0)}, and the sealed test proves ${formatScore(provable)} or more. Give the test more tasks, or harder ones.`;
  }
  return "Cannot tell: a run in small found nothing that is proven better. A longer one may; nothing speaks for a large budget yet.";
}

/** What the answer rests on, a sentence each. */
export function headroomFacts({ small, room, provable, paid, model, simulated }: HeadroomReport): readonly string[] {
  const { outcome } = small;
  const tested = outcome?.seedTest;
  return [
    ...(tested === undefined
      ? []
      : [`seed ${formatEstimate(tested)} on validation: room for ${formatScore(room ?? 0)} at most`]),
    provable === undefined
      ? "the sealed test has too few tasks to prove any gain"
      : `the sealed test finds a gain of ${formatDifference(provable)} or more in four cases of five`,
    ...(outcome === undefined || tested === undefined
      ? []
      : [
          outcome.finalist === small.seed.genome
            ? `run in small: ${small.iterations} iterations, ${small.candidates.length - 1} children kept, none ahead of the seed`
            : `run in small, ${small.iterations} iterations: ${verdictSentence({ ...outcome, n: tested.n }, "the seed", "its finalist")}`,
        ]),
    `${small.rollouts} rollouts, ${paid} of them paid now and kept for the run; ${formatCount(small.tokens)} tokens, ${formatMoney(small.usd)}; model ${model}`,
    ...(simulated ? ["these figures come from the simulated model"] : []),
  ];
}

export function renderHeadroom(report: HeadroomReport, width?: number): string {
  const { label, dataset } = report;
  const blocks: Block[] = [
    { kind: "paragraph", text: headroomSentence(report) },
    { kind: "list", items: headroomFacts(report) },
  ];
  return renderText(`headroom of ${label} on ${dataset}`, blocks, width);
}

/** The pre-test as plain data. */
export function headroomJson({ small, ...report }: HeadroomReport): Record<string, unknown> {
  const { verdict, room, provable, paid, label, dataset, model, simulated } = report;
  const { outcome, rollouts, tokens, usd, iterations, status } = small;
  const found = outcome && {
    seed: outcome.seedTest,
    finalist: outcome.finalistTest,
    difference: outcome.difference,
    interval: outcome.interval,
    p: outcome.p,
    verdict: outcome.verdict,
  };
  return {
    genome: label,
    dataset,
    verdict,
    status,
    room,
    provable,
    small: found,
    iterations,
    rollouts,
    paid,
    tokens,
    usd,
    model,
    simulated,
  };
}
