import type { ContentHash } from "../base/index.ts";
import { judgeChecksIn, type Task } from "../dataset/index.ts";
import type { JudgeVerdict } from "../evaluate/index.ts";
import { modelIdentity } from "../providers/index.ts";
import type { JudgeCalibration, JudgedBy } from "../report/index.ts";
import type { Trace } from "../runtime/index.ts";
import { cohenKappa, mean, normalQuantile, type Agreement } from "../statistics/index.ts";
import { GOOD, listLabels, type LabelFilter } from "./rated-rollouts.ts";
import type { Workbench } from "./workbench.ts";

/** One answer that a judge and people judged. */
interface Judged {
  readonly verdict: JudgeVerdict;
  readonly human: number;
  readonly at: number;
  readonly rollout: ContentHash;
}

/** Fewer than this many verdicts are not parted in an earlier and a later half. */
const fewestForDrift = 20;
const fewestForLength = 8;

/**
 * Holds what judges said against what people said of the same answers: apart for every judge model, version of how it is asked, and
 * rubric, so that a change of any of them shows. People's score is the mean of the last of each author; good begins at 0.5 for both.
 */
export function calibrateJudges(workbench: Workbench, filter: LabelFilter = {}): readonly JudgeCalibration[] {
  const judged = listLabels(workbench, filter).flatMap(({ verdicts, human, at, rollout }) =>
    human === null ? [] : verdicts.map((verdict): Judged => ({ verdict, human, at, rollout })),
  );
  const groups = Map.groupBy(judged, ({ verdict }) => [verdict.judge, verdict.version, verdict.check].join("\n"));
  return [...groups.values()].map((group) => calibrationOf(workbench, group));
}

/** Who judges answers to these tasks of a dataset under the present configuration; undefined where no model has a say. */
export function judgeOfTasks(workbench: Workbench, dataset: string, tasks: readonly Task[]): JudgedBy | undefined {
  if (tasks.every(({ checks }) => judgeChecksIn(checks).length === 0)) return undefined;
  const { task, judge = task } = workbench.config.models;
  return judgedBy(workbench, dataset, modelIdentity(judge));
}

/** A judge by its identity, with its calibrations on answers of a dataset. */
export function judgedBy(workbench: Workbench, dataset: string, model: string): JudgedBy {
  return { model, calibrations: calibrateJudges(workbench, { dataset }).filter(({ judge }) => judge === model) };
}

function calibrationOf(workbench: Workbench, judged: readonly Judged[]): JudgeCalibration {
  const { kappa, interval, n, observed } = agreementOf(judged);
  const first = judged[0]?.verdict;
  return {
    judge: first?.judge ?? "",
    version: first?.version ?? "",
    rubric: first?.rubric ?? "",
    n,
    observed,
    kappa: Number.isNaN(kappa) ? null : kappa,
    interval,
    bias: mean(judged.map(errorOf)),
    drift: driftOf(judged),
    length: lengthBias(workbench, judged),
  };
}

function agreementOf(judged: readonly Judged[]): Agreement {
  const word = (score: number): string => (score >= GOOD ? "good" : "bad");
  return cohenKappa(
    judged.map(({ verdict }) => word(verdict.score)),
    judged.map(({ human }) => word(human)),
  );
}

/** By the time of the verdicts, not of the ratings: what may have moved is the judge. */
function driftOf(judged: readonly Judged[]): JudgeCalibration["drift"] {
  if (judged.length < fewestForDrift) return null;
  const inTime = judged.toSorted((a, b) => a.at - b.at);
  const middle = Math.floor(inTime.length / 2);
  const [before, after] = [agreementOf(inTime.slice(0, middle)), agreementOf(inTime.slice(middle))];
  const difference = after.kappa - before.kappa;
  if (Number.isNaN(difference)) return null;
  // Each interval reaches as far as 1.96 standard errors; independent errors add in squares.
  const reach = ({ interval: [low, high] }: Agreement): number => (high - low) / 2;
  const half = Math.hypot(reach(before), reach(after));
  return { difference, interval: [difference - half, difference + half] };
}

/** Pearson's correlation of judge minus people with the logarithm of the answer's length; interval by Fisher's transformation (1915). */
function lengthBias({ store }: Workbench, judged: readonly Judged[]): JudgeCalibration["length"] {
  if (judged.length < fewestForLength) return null;
  const lengths = judged.map(({ rollout }) => {
    const trace = store.rollouts.trace(rollout) as unknown as Trace | undefined;
    return Math.log1p(trace?.answer.length ?? 0);
  });
  const errors = judged.map(errorOf);
  const [meanLength, meanError] = [mean(lengths), mean(errors)];
  const products = mean(lengths.map((length, i) => (length - meanLength) * ((errors[i] ?? 0) - meanError)));
  const spread = Math.sqrt(
    mean(lengths.map((length) => (length - meanLength) ** 2)) * mean(errors.map((error) => (error - meanError) ** 2)),
  );
  if (spread < 1e-12) return null;
  const correlation = Math.max(-0.999_999, Math.min(0.999_999, products / spread));
  const half = normalQuantile(0.975) / Math.sqrt(judged.length - 3);
  const center = Math.atanh(correlation);
  return { correlation, interval: [Math.tanh(center - half), Math.tanh(center + half)] };
}

function errorOf({ verdict, human }: Judged): number {
  return verdict.score - human;
}
