import type { ContentHash } from "../base/index.ts";
import {
  historyOf,
  predictionsByOperator,
  predictionsOf,
  readRun,
  refusalCounts,
  sealedScores,
  spendByRole,
  type RunResult,
} from "../evolve/index.ts";
import { diffGenomes } from "../genome/index.ts";
import { modelIdentity, priceSource } from "../providers/index.ts";
import {
  comparePairs,
  fitText,
  oneAnswer,
  renderText,
  runBlocks,
  runSummaryBlocks,
  shortId,
  type Comparison,
  type RunReport,
} from "../report/index.ts";
import type { Trace } from "../runtime/index.ts";
import { journalReadOnce } from "./journal-read-once.ts";
import { judgedBy } from "./judge-calibration.ts";
import { projectPath, reportFile } from "./paths.ts";
import type { ReflectionConfig } from "./reflection-config.ts";
import { runOf, type RunOptions } from "./run-options.ts";
import { steeringRows } from "./steering-view.ts";
import { settleStatus } from "./run-status.ts";
import type { Workbench } from "./workbench.ts";

/** Everything a run did, as data. Reads the store only. Throws `unknown-run`. */
export function reportRun(project: Workbench, run: string): RunReport {
  const { options } = runOf(project, run);
  settleStatus(project, [run]);
  const workbench = { ...project, store: journalReadOnce(project.store) };
  const { store, clock } = workbench;
  const result = readRun(store, run, clock);
  const finalist = result.outcome?.finalist ?? result.seed.genome;
  const [seedGenome, finalGenome] = [store.genomes.get(options.seedGenome as ContentHash), store.genomes.get(finalist)];
  return {
    run,
    status: result.status,
    stop: result.stop ?? (result.status === "finished" ? "finished" : "not stopped"),
    dataset: options.datasetName,
    model: modelIdentity(options.task),
    simulated: options.task.kind === "simulated",
    seedNumber: options.evolve.seed,
    rollouts: result.rollouts,
    tokens: result.tokens,
    usd: result.usd,
    byRole: spendByRole(store, run),
    costs: {
      task: { price: priceSource(options.task), seconds: secondsOf(workbench, [options.seedGenome, finalist]) },
      reflection: { price: reflectionPrice(options.reflection), secondsOfCall: secondsOfCall(workbench, run) },
    },
    seed: { genome: options.seedGenome, test: result.seed.test },
    winner: { genome: result.outcome?.winner ?? options.seedGenome, test: result.winner.test },
    finalist,
    comparison: comparisonOf(workbench, run, result, options),
    candidates: result.candidates.map(({ parents, ...row }) => ({
      ...row,
      parents: parents.flatMap((index) => result.candidates[index]?.genome ?? []),
    })),
    iterations: result.iterations,
    refused: refusalCounts(store, run),
    steering: steeringRows(workbench, run, result),
    operators: historyOf(store.events.list(run)).operators,
    predictions: predictionsIn(workbench, run),
    failedRollouts: result.failed,
    testOpened: result.testOpened,
    testOpenings: store.testOpenings.count(options.datasetName),
    judge: judgeOf(workbench, run, options.datasetName),
    changes: seedGenome === undefined || finalGenome === undefined ? undefined : diffGenomes(seedGenome, finalGenome),
  };
}

/** Mean seconds that a rollout of these genomes took, whoever ran it; undefined where none was scored. */
function secondsOf({ store }: Workbench, genomes: readonly string[]): number | undefined {
  const taken = [...new Set(genomes)].flatMap((genome) =>
    store.rollouts.listByGenome(genome as ContentHash).map(({ rollout }) => {
      const { usage } = rollout as unknown as { readonly usage: { readonly milliseconds: number } };
      return usage.milliseconds / 1000;
    }),
  );
  return taken.length === 0 ? undefined : taken.reduce((sum, seconds) => sum + seconds, 0) / taken.length;
}

/** Mean seconds that a reply of the reflection model was waited for; undefined where none is known. */
function secondsOfCall({ store }: Workbench, run: string): number | undefined {
  const { count, milliseconds } = store.replies.waited(run);
  return count === 0 ? undefined : milliseconds / count / 1000;
}

function reflectionPrice(reflection: ReflectionConfig): string {
  if (reflection === "none") return "none: nobody is asked";
  return reflection === "files" ? "none: not counted" : priceSource(reflection);
}

/** The run's own word on who judged, when it began. */
function judgeOf(workbench: Workbench, run: string, dataset: string): RunReport["judge"] {
  const first = workbench.store.events.list(run)[0]?.event as
    | { readonly identity?: { readonly surroundings?: { readonly judge?: string } } }
    | undefined;
  const model = first?.identity?.surroundings?.judge;
  return model === undefined ? undefined : judgedBy(workbench, dataset, model);
}

function predictionsIn({ store }: Workbench, run: string): RunReport["predictions"] {
  const byChild = predictionsOf(store.events.list(run));
  return { byOperator: predictionsByOperator(byChild), byChild };
}

/** What decided, from the journal: the outcome's own figures, with tags and tasks beside them. */
function comparisonOf(
  workbench: Workbench,
  run: string,
  result: RunResult,
  options: RunOptions,
): Comparison | undefined {
  const { outcome } = result;
  if (outcome === undefined) return undefined;
  const scores = sealedScores(workbench.store, run);
  const [a, b] = [scores.get(result.seed.genome), scores.get(outcome.finalist)];
  if (a === undefined || b === undefined) return undefined;
  const pairs = [...a.scores].flatMap(([task, left]) => {
    const right = b.scores.get(task);
    return left === null || right === null || right === undefined ? [] : [{ task, a: left, b: right }];
  });
  const { testTags, testFamilies } = options;
  const answer = oneAnswer(sealedTraces(workbench, outcome.finalist, b.scores));
  const facts = new Map(Object.entries(testTags).map(([task, tags]) => [task, { tags, family: testFamilies[task] }]));
  const { difference, interval, p, verdict } = outcome;
  return {
    ...comparePairs(pairs, facts, {
      a: { usd: a.usd, tokens: a.tokens },
      b: { usd: b.usd, tokens: b.tokens, ...(answer !== undefined && { oneAnswer: answer }) },
      excluded: a.scores.size - pairs.length,
    }),
    difference,
    interval,
    p,
    verdict,
  };
}

/** What a genome did on the tasks of the sealed test, one after the other as it is asked for; by score, as `makeTraceReader` finds it. */
function* sealedTraces(
  { store }: Workbench,
  genome: ContentHash,
  scores: ReadonlyMap<string, number | null>,
): Generator<Trace | undefined> {
  for (const { key, task, rollout } of store.rollouts.listByGenome(genome)) {
    if (scores.get(task) === (rollout as unknown as { readonly score: number }).score)
      yield store.rollouts.trace(key) as unknown as Trace | undefined;
  }
}

/** The short form of `renderRun`, for the end of a run. */
export function renderRunSummary(report: RunReport, width?: number): string {
  return renderText(`Run ${report.run} (${report.status})`, runSummaryBlocks(report), width);
}

/** The whole report as plain text. */
export function renderRun(report: RunReport, width?: number): string {
  return renderText(`Run ${report.run} (${report.status})`, runBlocks(report), width);
}

/** The candidates of a run as an indented tree, children below their first parent. */
export function renderTree(report: RunReport, width = Number.POSITIVE_INFINITY): string {
  const lines: string[] = [];
  const show = (genome: string | undefined, depth: number): void => {
    for (const row of report.candidates) {
      if (row.parents[0] !== genome) continue;
      const mark = row.genome === report.winner.genome ? " *" : "";
      const { n, score } = row.validation;
      lines.push(
        `${"  ".repeat(depth)}#${row.index} ${shortId(row.genome)}  ${score.toFixed(3)} n=${n}  ${row.origin}${mark}`,
      );
      show(row.genome, depth + 1);
    }
  };
  show(undefined, 0);
  return [...lines, "* winner"].map((line) => (line.length > width ? fitTree(line, width) : line)).join("\n");
}

/** The indentation says where a candidate belongs, so it is kept. */
function fitTree(line: string, width: number): string {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return indent + fitText(line.slice(indent.length), width - indent.length);
}

/** What a person may want to type after a run. */
export function nextSteps(workbench: Workbench, report: RunReport): string {
  const { run, seed, finalist } = report;
  const changes = finalist === seed.genome ? "" : `, allele genome diff ${shortId(seed.genome)} ${shortId(finalist)}`;
  const lines = [
    `Report: ${projectPath(workbench.root, reportFile(workbench, run, "html"))}`,
    `Look closer: allele show ${run}${changes}`,
  ];
  return report.comparison?.verdict === "better"
    ? [...lines, `Put it to use: allele promote ${run} --profile NAME`].join("\n")
    : [
        ...lines,
        "Nothing was proven better, so there is nothing to promote. A larger budget or more tasks may tell.",
      ].join("\n");
}
