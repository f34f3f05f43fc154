import { mapLimit } from "../base/index.ts";
import { judgeChecksIn, type Task } from "../dataset/index.ts";
import { judgePair, type PairVerdict } from "../evaluate/index.ts";
import { modelIdentity } from "../providers/index.ts";
import type { Trace } from "../runtime/index.ts";
import { wilsonInterval } from "../statistics/index.ts";
import { listLabels, type RatedRollout } from "./rated-rollouts.ts";
import { resolveDataset } from "./references.ts";
import { providerOf, type Workbench } from "./workbench.ts";

/** What a judge does with pairs of answers that people rated differently, each pair shown in both orders. */
export interface PairCalibration {
  readonly judge: string;
  readonly pairs: number;
  /** Pairs on which the order changed nothing. */
  readonly consistent: Share;
  /** Of the verdicts that the order changed, and name an answer: how often it was the first one. Without a preference for a place, half. */
  readonly first: Share;
  /** Of the consistent pairs with a preference: how often it is that of people. */
  readonly agrees: Share;
}

interface Share {
  readonly n: number;
  readonly share: number;
  readonly interval: readonly [number, number];
}

/** People's scores must be further apart than this for the better one to be known. */
const clearly = 0.25;

/**
 * Asks the judge of the configuration about at most `most` pairs of rated answers to the same task, in both orders. Twice as many calls
 * are paid. Throws what reading the dataset and the model throw.
 */
export async function calibratePairs(
  workbench: Workbench,
  {
    dataset: reference,
    most,
    signal,
  }: { readonly dataset: string; readonly most: number; readonly signal?: AbortSignal | undefined },
): Promise<PairCalibration> {
  const dataset = await resolveDataset(workbench, reference);
  const tasks = new Map(dataset.tasks.map((task) => [task.id, task]));
  const pairs = pairsOf(listLabels(workbench, { dataset: dataset.name }), tasks).slice(0, most);
  const model = workbench.config.models.judge ?? workbench.config.models.task;
  const judge = { provider: providerOf(workbench, model), model: model.model };
  const verdicts: PairVerdict[] = [];
  await mapLimit(pairs, workbench.config.concurrency, async ({ task, better, worse }) => {
    const rubric = judgeChecksIn(task.checks)[0]?.rubric ?? "Which answer serves the request better?";
    const answers = { a: answerOf(workbench, better), b: answerOf(workbench, worse) };
    verdicts.push(await judgePair(judge, { input: task.input, rubric, ...answers }, signal));
  });
  const consistent = verdicts.filter(({ aFirst, bFirst }) => aFirst === bFirst);
  const moved = verdicts.filter(({ aFirst, bFirst }) => aFirst !== bFirst);
  const named = moved.flatMap(({ aFirst, bFirst }) => [
    ...(aFirst === "tie" ? [] : [aFirst === "a"]),
    ...(bFirst === "tie" ? [] : [bFirst === "b"]),
  ]);
  const preferring = consistent.filter(({ aFirst }) => aFirst !== "tie");
  return {
    judge: modelIdentity(model),
    pairs: verdicts.length,
    consistent: shareOf(consistent.length, verdicts.length),
    first: shareOf(named.filter(Boolean).length, named.length),
    agrees: shareOf(preferring.filter(({ aFirst }) => aFirst === "a").length, preferring.length),
  };
}

function pairsOf(
  rows: readonly RatedRollout[],
  tasks: ReadonlyMap<string, Task>,
): readonly { readonly task: Task; readonly better: RatedRollout; readonly worse: RatedRollout }[] {
  const rated = rows.filter(({ human }) => human !== null).toSorted((a, b) => (b.human ?? 0) - (a.human ?? 0));
  return [...Map.groupBy(rated, ({ task }) => task)].flatMap(([id, group]) => {
    const task = tasks.get(id);
    const [better, worse] = [group[0], group.at(-1)];
    if (task === undefined || better === undefined || worse === undefined) return [];
    return (better.human ?? 0) - (worse.human ?? 0) > clearly ? [{ task, better, worse }] : [];
  });
}

function answerOf({ store }: Workbench, { rollout }: RatedRollout): string {
  return (store.rollouts.trace(rollout) as unknown as Trace | undefined)?.answer ?? "";
}

function shareOf(count: number, n: number): Share {
  return { n, share: n === 0 ? 0 : count / n, interval: wilsonInterval(count, n) };
}
